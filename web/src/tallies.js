/**
 * Aggregate statements ("at least 24 attacks since 17 October") and the incidents that they count.
 *
 * A statement counts an incident where all that it says fits: its days (an incident surely falls within them), its
 * kind of attack, its country or place, one of its attackers. A statement without days counts nothing here: nobody
 * could say which incidents it speaks of.
 */

import { fallsWithin } from "./selection.js";

/** @typedef {import("./model.js").Incidents} Incidents */

/**
 * @typedef {object} Tally
 * @property {string} tally_id
 * @property {string} what
 * @property {string} event_type
 * @property {number | null} count_low
 * @property {number | null} count_high
 * @property {number | null} killed_low
 * @property {number | null} killed_high
 * @property {number | null} wounded_low
 * @property {number | null} wounded_high
 * @property {number | null} since
 * @property {number | null} until
 * @property {string[]} perpetrators
 * @property {string | null} place_name
 * @property {string | null} country
 * @property {string | null} source
 * @property {string | null} url
 * @property {string | null} title
 * @property {string | null} day when the statement was published
 * @property {string[]} quotes
 */

const ANY_KIND = "attack";

/**
 * @param {Incidents} incidents
 * @param {Tally} tally
 * @param {number} row
 */
export function counts({ words, columns }, tally, row) {
  if (tally.since == null && tally.until == null) return false;
  const until = tally.until ?? dayOfTally(tally);
  if (!fallsWithin(columns.date_earliest[row], columns.date_latest[row], tally.since, until, true)) return false;
  if (tally.event_type !== ANY_KIND && words[columns.event_type[row]] !== tally.event_type) return false;
  if (tally.country && words[columns.country[row]] !== tally.country) return false;
  const where = [columns.place_name[row], columns.admin1[row], columns.facility[row]].map((word) => words[word]);
  if (!tally.country && tally.place_name && !where.includes(tally.place_name)) return false;
  const who = [...columns.perpetrators[row], ...columns.claimed_by[row]].map((word) => words[word]);
  return !tally.perpetrators.length || tally.perpetrators.some((name) => who.includes(name));
}

/**
 * The day on which a statement was published: it cannot count later incidents.
 * @param {Tally} tally
 */
function dayOfTally(tally) {
  return tally.day == null ? null : Date.parse(`${tally.day}T00:00:00Z`) / 86_400_000;
}

/**
 * @param {Incidents} incidents
 * @param {Tally[]} tallies
 * @param {number} row
 * @returns {Tally[]} the statements that count an incident, at most 20
 */
export function talliesOf(incidents, tallies, row) {
  return tallies.filter((tally) => counts(incidents, tally, row)).slice(0, 20);
}

/**
 * How many incidents of the page a statement counts.
 * @param {Incidents} incidents
 * @param {Tally} tally
 */
export function heldOf(incidents, tally) {
  let held = 0;
  for (let row = 0; row < incidents.count; row += 1) if (counts(incidents, tally, row)) held += 1;
  return held;
}
