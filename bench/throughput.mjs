// Times of the checker in JavaScript: node throughput.mjs CHECKER.mjs PARTICIPANTS.jsonl RECORD.json
// ROUNDS. Writes one JSON object: seconds of every round, and all outcomes as a text.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, participants, example, rounds] = process.argv.slice(2);
const before = performance.now();
const checker = await import(pathToFileURL(module).href);
const imported = performance.now() - before;

const lines = readFileSync(participants, "utf8").split("\n").filter(Boolean);
const everyone = lines.map((line) => Object.assign(checker.blank(), JSON.parse(line)));
const record = checker.parse_record(readFileSync(example, "utf8"));

function seconds(decide, all) {
  const start = performance.now();
  for (const values of all) decide(values);
  return (performance.now() - start) / 1000;
}

const times = { outcomes: [], verdict: [], screen: [] };
const records = Array(300).fill(record);
for (let round = 0; round < Number(rounds); round += 1) {
  times.outcomes.push(seconds(checker.outcomes, everyone));
  times.verdict.push(seconds(checker.verdict, everyone));
  times.screen.push(seconds(checker.screen, records));
}
const letters = new Map([
  [true, "t"],
  [false, "f"],
  [null, "-"],
]);
const found = everyone.map((values) => checker.outcomes(values).map((o) => letters.get(o)).join(""));
console.log(JSON.stringify({ imported, times, found }));
