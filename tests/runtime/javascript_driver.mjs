// Calls functions of the runtime: a call [module, function, argument, ...] on each line of standard
// input, what it gives on each of standard output.

import { readFileSync, writeFileSync } from "node:fs";

const folder = process.argv[2];
const modules = new Map();
const written = [];
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [module, name, ...given] = JSON.parse(line);
  if (!modules.has(module)) modules.set(module, await import(`${folder}/${module}.mjs`));
  let found;
  try {
    found = modules.get(module)[name](...given);
  } catch (error) {
    found = error.constructor.name;
  }
  written.push(JSON.stringify(found ?? null));
}
writeFileSync(1, written.map((line) => `${line}\n`).join(""));
