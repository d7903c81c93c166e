/** An excerpt with marks that may overlap, as stretches of text that do not. */

/** @typedef {import("./model.js").Passage} Passage */

/**
 * @param {Passage} passage offsets in UTF-16 code units, as JavaScript counts
 * @returns {{ text: string, read: string[] }[]} the stretches in order, and what was read from each
 */
export function stretchesOf([text, marks]) {
  const cuts = new Set([0, text.length]);
  for (const [from, to] of marks) cuts.add(from).add(to);
  const places = [...cuts].sort((one, other) => one - other);
  const stretches = [];
  for (let at = 0; at + 1 < places.length; at += 1) {
    const [from, to] = [places[at], places[at + 1]];
    const read = marks.filter((mark) => mark[0] <= from && mark[1] >= to).map((mark) => mark[2]);
    stretches.push({ text: text.slice(from, to), read: [...new Set(read)] });
  }
  return stretches;
}
