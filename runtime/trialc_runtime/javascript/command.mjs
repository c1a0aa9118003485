// The command line of a checker: one record in, its screening out as JSON. For node; elsewhere
// nothing happens.

import { RecordRefused, shown } from "./refusals.mjs";

const EXIT_CODES = { eligible: 0, ineligible: 3, undetermined: 4 };
const REFUSED = 2;
/** The verdict could not be written, so that no exit code tells it either. */
const UNWRITTEN = 74;

/** Runs the command where node was started with the file of this address. */
export async function run_if_asked(address, screen) {
  const node = globalThis.process;
  const started = node?.versions?.node && node.argv[1];
  if (!started || !address.startsWith("file:")) return;
  // By names that no bundler for browsers looks up.
  const names = ["node:fs", "node:url"];
  const [files, { fileURLToPath }] = await Promise.all(
    names.map((name) => import(/* webpackIgnore: true */ /* @vite-ignore */ name)),
  );
  if (!files.existsSync(started)) return;
  if (files.realpathSync(started) !== files.realpathSync(fileURLToPath(address))) return;
  node.exitCode = run_command(screen, node.argv.slice(2), files);
}

/**
 * Screens the record in the file that the only argument names; the exit code tells the verdict.
 *
 * 0 eligible, 3 ineligible, 4 undetermined; 2 for a record that is refused, with every fault on
 * the error stream; 74 where the answer cannot be written.
 */
function run_command(screen, named, files) {
  const complain = (reason) => (write(files, 2, reason), REFUSED);
  if (named.length !== 1 || named[0] === "-h" || named[0] === "--help") {
    return complain("usage: checker.mjs RECORD.json\n");
  }
  let record;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(files.readFileSync(named[0]));
    record = parse_record(text);
  } catch (error) {
    return complain(`the record cannot be read: ${String(error.message).slice(0, 300)}\n`);
  }
  let result;
  try {
    result = screen(record);
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error;
    return complain(error.faults.map((fault) => `${fault}\n`).join(""));
  }
  const failure = write(files, 1, `${JSON.stringify(result, null, 2)}\n`);
  if (!failure) return EXIT_CODES[result.verdict];
  complain(`the answer cannot be written: ${failure.slice(0, 300)}\n`);
  return UNWRITTEN;
}

/** Why a text could not be written; "" if it was. */
function write(files, stream, text) {
  let rest = new TextEncoder().encode(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(files.writeSync(stream, rest));
    } catch (error) {
      if (error.code !== "EAGAIN") return error.message;
    }
  }
  return "";
}

/**
 * A record from its JSON text. SyntaxError where it is none, and where a key stands twice in one
 * object, for then nobody knows which value counts (`JSON.parse` takes the last one).
 */
export function parse_record(text) {
  const record = JSON.parse(text);
  const open = [];
  for (const [token, , colon] of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (colon) {
      const key = JSON.parse(token.slice(0, token.length - colon.length));
      if (open.at(-1).has(key)) {
        throw new SyntaxError(`${shown(key)} stands twice in one object: keep one of the two`);
      }
      open.at(-1).add(key);
    }
  }
  return record;
}
