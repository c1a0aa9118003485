// The known name most like one that is not known: what `difflib.get_close_matches` of Python finds,
// so that refusals have the same words in every engine.
//
// J. W. Ratcliff and D. Metzener, Pattern Matching: The Gestalt Approach (1988): the longest common
// piece, then the same to its left and to its right.

const LEAST = 0.6; // what is less alike is no guess
const LONG = 200; // from this length on, characters that stand everywhere do not count

/** The name most like it, of equals the last in the alphabet; null where none is like it. */
export function nearest_name(name, known) {
  const wanted = [...name];
  const places = places_of(wanted);
  let best = null;
  for (const other of known) {
    const likeness = likeness_of([...other], wanted, places);
    if (likeness < LEAST) continue;
    if (best === null || likeness > best[0] || (likeness === best[0] && other > best[1])) {
      best = [likeness, other];
    }
  }
  return best === null ? null : best[1];
}

/** Where each character stands; without those that stand everywhere in a long text. */
function places_of(characters) {
  const places = new Map();
  characters.forEach((character, place) => {
    if (!places.has(character)) places.set(character, []);
    places.get(character).push(place);
  });
  if (characters.length >= LONG) {
    const most = Math.floor(characters.length / 100) + 1;
    for (const [character, found] of [...places]) {
      if (found.length > most) places.delete(character);
    }
  }
  return places;
}

/** Twice the common characters, as a share of all characters. */
function likeness_of(first, second, places) {
  const length = first.length + second.length;
  if (length === 0) return 1;
  let common = 0;
  const waiting = [[0, first.length, 0, second.length]];
  while (waiting.length > 0) {
    const [from, to, start, end] = waiting.pop();
    const [i, j, size] = longest_piece(first, second, places, [from, to, start, end]);
    if (size === 0) continue;
    common += size;
    if (from < i && start < j) waiting.push([from, i, start, j]);
    if (i + size < to && j + size < end) waiting.push([i + size, to, j + size, end]);
  }
  return (2 * common) / length;
}

/** Where the longest common piece begins, in both, and how long it is. */
function longest_piece(first, second, places, [from, to, start, end]) {
  let [i, j, size] = [from, start, 0];
  let lengths = new Map();
  for (let here = from; here < to; here += 1) {
    const longer = new Map();
    for (const there of places.get(first[here]) ?? []) {
      if (there < start) continue;
      if (there >= end) break;
      const length = (lengths.get(there - 1) ?? 0) + 1;
      longer.set(there, length);
      if (length > size) [i, j, size] = [here - length + 1, there - length + 1, length];
    }
    lengths = longer;
  }
  // Characters that do not count by themselves still belong to the piece beside them.
  while (i > from && j > start && first[i - 1] === second[j - 1]) {
    [i, j, size] = [i - 1, j - 1, size + 1];
  }
  while (i + size < to && j + size < end && first[i + size] === second[j + size]) size += 1;
  return [i, j, size];
}
