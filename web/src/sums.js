/** How many were killed, wounded and brought down, over a selection: as a range, with what is silent or left out. */

/** @typedef {import("./model.js").Incidents} Incidents */
/** @typedef {import("./model.js").Numbers} Numbers */

/**
 * @typedef {object} Sum
 * @property {number} low the sum of the lowest numbers that reports give
 * @property {number} high the sum of the highest
 * @property {boolean} open whether an incident has no highest number ("at least 5")
 * @property {number} silent incidents of which no report says how many
 * @property {number} largest the highest number of a single incident
 */

/**
 * @typedef {object} Sums
 * @property {Sum} killed
 * @property {Sum} wounded
 * @property {Sum} intercepted
 * @property {number} counted incidents that were summed
 * @property {number} background incidents left out as older context
 * @property {number} series incidents left out since they stand for many
 */

/**
 * @param {Incidents} incidents
 * @param {number[]} rows
 * @returns {Sums}
 */
export function sumsOf({ columns }, rows) {
  const summed = rows.filter((row) => !columns.background[row] && !columns.series[row]);
  const background = rows.filter((row) => columns.background[row]).length;
  return {
    killed: sumOf(columns.killed_low, columns.killed_high, summed),
    wounded: sumOf(columns.wounded_low, columns.wounded_high, summed),
    intercepted: sumOf(columns.intercepted_low, columns.intercepted_high, summed),
    counted: summed.length,
    background,
    series: rows.length - summed.length - background,
  };
}

/**
 * @param {Numbers} lows
 * @param {Numbers} highs
 * @param {number[]} rows
 * @returns {Sum}
 */
function sumOf(lows, highs, rows) {
  const sum = { low: 0, high: 0, open: false, silent: 0, largest: 0 };
  for (const row of rows) {
    const low = lows[row];
    const high = highs[row];
    if (low == null && high == null) sum.silent += 1;
    else if (high == null) sum.open = true;
    const top = high ?? low ?? 0;
    sum.low += low ?? 0;
    sum.high += top;
    sum.largest = Math.max(sum.largest, top);
  }
  return sum;
}

/**
 * A number or a range as people write it; null where nothing is said.
 * @param {number | null} low
 * @param {number | null} high
 */
export function rangeText(low, high) {
  if (low == null && high == null) return null;
  if (low === high) return grouped(Number(low));
  if (high == null) return `${grouped(Number(low))} or more`;
  return low == null ? `up to ${grouped(high)}` : `${grouped(low)}–${grouped(high)}`;
}

/** @param {Sum} sum */
export function sumText(sum) {
  const range = sum.low === sum.high ? grouped(sum.low) : `${grouped(sum.low)}–${grouped(sum.high)}`;
  return sum.open ? `${range} or more` : range;
}

/** @param {number} number */
export function grouped(number) {
  return number.toLocaleString("en");
}
