// Values of one record that cannot all be right: limits of normal that cross, days out of order
// (docs/semantics.md section 1).

import { SAME_UNIT, convert } from "./decimals.mjs";
import { general, number_text } from "./number_text.mjs";
import { RecordFault } from "./refusals.mjs";
import { Reported } from "./values.mjs";

/**
 * The faults of one input against what its value must not be below or above. What is unknown
 * contradicts nothing.
 */
export function contradictions(item, inputs, reading) {
  const found = [];
  const own = reading.values.get(item.path);
  if (!(own instanceof Reported)) return found;
  for (const [relation, name] of item.order) {
    const [other, said] = other_side(item, name, inputs, reading);
    if (other === null || (relation === "<=" ? own.value <= other : own.value >= other)) continue;
    let side = relation === ">=" ? "before" : "after";
    if (item.kind !== "date") side = relation === ">=" ? "below" : "above";
    found.push(new RecordFault(item.path, `is ${side} ${said}`));
  }
  return found;
}

/** What is compared with, in the unit of the input, and in words; null while it is not known. */
function other_side(item, name, inputs, reading) {
  if (typeof name !== "string") {
    const words = `${general(name)} ${item.unit_words}`;
    return [name, `${words}, the other limit of normal: check it`];
  }
  if (name === "as_of") {
    return [reading.as_of || null, `\`as_of\`, ${reading.as_of}: correct one of the two`];
  }
  const other = reading.values.get(name);
  if (!(other instanceof Reported)) return [null, ""];
  let value = other.value;
  if (item.kind === "quantity") {
    const unit = inputs.get(name).unit;
    value = convert(value, unit === item.unit ? SAME_UNIT : item.units.get(unit));
  }
  const reported =
    typeof other.reported === "number" ? number_text(other.reported) : other.reported;
  return [value, `\`${name}\`, ${`${reported} ${other.unit}`.trimEnd()}: correct one of the two`];
}
