// Faults of what is handed in: each names its field and the way out; all are reported at once.

import { nearest_name } from "./nearest_name.mjs";
import { number_text } from "./number_text.mjs";

const LONGEST = 60;

/** One fault: the field (a path, or a part of one such as `lab.esr.on`), and the way out. */
export class RecordFault {
  constructor(field, message) {
    this.field = field;
    this.message = message;
  }

  toString() {
    return `${this.field}: ${this.message}`;
  }
}

/** A record that cannot be used; `faults` are all of them, in reading order. */
export class RecordRefused extends Error {
  constructor(faults) {
    super(faults.join("\n"));
    this.name = "RecordRefused";
    this.faults = faults;
  }
}

/** Something handed in, fit for one line of a message: never long, never a control character. */
export function shown(value) {
  if (typeof value === "string") {
    let text = [...value.slice(0, 2 * (LONGEST + 1))].slice(0, LONGEST + 1);
    if (!text.every(is_printable)) text = [...escaped(text)];
    const end = text.length <= LONGEST ? "" : "...";
    return `\`${text.slice(0, LONGEST).join("")}${end}\``;
  }
  if (typeof value === "boolean") return value ? "`true`" : "`false`";
  if (typeof value === "number") return `\`${number_text(value)}\``;
  return kind_of(value);
}

function is_printable(character) {
  return character === " " || !/[\p{C}\p{Z}]/u.test(character);
}

/** Characters as `ascii` of Python writes them. */
function escaped(characters) {
  const quotes = characters.includes("'") && characters.includes('"') ? "'" : "";
  const names = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const written = characters.map((character) => {
    if (character === quotes) return "\\'";
    if (Object.hasOwn(names, character)) return names[character];
    const code = character.codePointAt(0);
    if (code >= 32 && code < 127) return character;
    const hexadecimal = code.toString(16);
    if (code < 256) return `\\x${hexadecimal.padStart(2, "0")}`;
    if (code < 65536) return `\\u${hexadecimal.padStart(4, "0")}`;
    return `\\U${hexadecimal.padStart(8, "0")}`;
  });
  return written.join("");
}

/** What sort of thing was handed in, in the words of JSON. */
export function kind_of(value) {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "boolean") return "true or false";
  if (typeof value === "number") return "a number";
  if (typeof value === "string") return "a text";
  if (is_object(value)) return "an object";
  return Array.isArray(value) ? "a list" : "something that JSON does not know";
}

/** Whether something handed in has named parts. (In Python: `fields.is_object`.) */
export function is_object(raw) {
  return Object.prototype.toString.call(raw) === "[object Object]";
}

/** "; did you mean `x`?" for the nearest known name, else "". */
export function did_you_mean(name, known) {
  if (typeof name !== "string" || [...name].length > 4 * LONGEST) return "";
  const near = nearest_name(name, known);
  return near === null ? "" : `; did you mean \`${near}\`?`;
}

/** `a`, `b` or `c`. */
export function listed(names) {
  const quoted = [...names].map((name) => `\`${name}\``);
  if (quoted.length < 2) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
