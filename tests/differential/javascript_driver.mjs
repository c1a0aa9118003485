// Answers of a checker in JavaScript: a question on each line of standard input, an answer on each
// of standard output. node javascript_driver.mjs CHECKER.mjs

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const checker = await import(pathToFileURL(process.argv[2]).href);

/** As `Engines.screened` in engines.py: the fast path must say the same as `screen`. */
function screened(record, at) {
  const found = checker.screen(record, at);
  if (at !== null) return found;
  const values = checker.load(record);
  const fast = checker.outcomes(values);
  found.criteria.forEach((item, index) => {
    if (item.outcome !== fast[index]) item.outcome = [item.outcome, `but ${fast[index]} when fast`];
  });
  const verdict = checker.verdict(values);
  if (verdict !== found.verdict) found.verdict += `, but ${verdict} on the fast path`;
  return found;
}

function answer({ call, given }) {
  try {
    return call === "screen" ? screened(...given) : checker[call](...given);
  } catch (error) {
    if (error instanceof checker.RecordRefused) return { faults: error.faults.map(String) };
    if (error instanceof RangeError) return { refused: error.message };
    return { crashed: error.stack };
  }
}

const questions = readFileSync(0, "utf8").split("\n").filter(Boolean);
const answers = questions.map((line) => JSON.stringify(answer(JSON.parse(line))));
writeFileSync(1, answers.map((line) => `${line}\n`).join(""));
