/** An incident's fields as the rows of its panel: what, when, where, who, how many, each with how it is known. */

import { intervalText } from "./days.js";
import { BASES, PRECISIONS, STATUSES, WORDS_ON_WHO } from "./explanations.js";
import { plainWords } from "./model.js";
import { rangeText } from "./sums.js";

/** @typedef {import("./model.js").Incidents} Incidents */

/**
 * @typedef {object} Row
 * @property {string} name what the row is called
 * @property {string} [read] what its words were read for, unless that is its name
 * @property {string | null} value null: no report says
 * @property {string} [note] how it is known
 */

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {Row[]}
 */
export function rowsOf(incidents, row) {
  const { words, columns } = incidents;
  const code = (/** @type {number} */ number) => plainWords(words[number]) || null;
  return [
    { name: "what", value: code(columns.event_type[row]) },
    whenOf(incidents, row),
    whereOf(incidents, row),
    { name: "site", value: words[columns.facility[row]] || null, note: code(columns.facility_type[row]) ?? "" },
    { name: "against", value: partiesOf(incidents, columns.targets[row]) },
    ...whoOf(incidents, row),
    { name: "weapons", value: weaponsOf(incidents, row) },
    { name: "killed", value: rangeText(columns.killed_low[row], columns.killed_high[row]), note: bestOf(columns.killed_best[row], columns.killed_low[row], columns.killed_high[row]) },
    { name: "wounded", value: rangeText(columns.wounded_low[row], columns.wounded_high[row]), note: bestOf(columns.wounded_best[row], columns.wounded_low[row], columns.wounded_high[row]) },
    { name: "brought down", value: rangeText(columns.intercepted_low[row], columns.intercepted_high[row]) },
    { name: "outcome", value: words[columns.outcome[row]] === "unknown" ? null : code(columns.outcome[row]) },
    { name: "status", value: STATUSES.get(words[columns.status[row]]) ?? code(columns.status[row]) },
  ];
}

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {Row}
 */
function whenOf({ words, columns }, row) {
  const [earliest, latest] = [columns.date_earliest[row], columns.date_latest[row]];
  if (earliest == null) return { name: "when", value: null };
  const precision = words[columns.date_precision[row]];
  const basis = BASES.get(words[columns.date_basis[row]]) ?? words[columns.date_basis[row]];
  return { name: "when", value: intervalText(earliest, latest), note: `known to the ${precision}; ${basis}` };
}

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {Row}
 */
function whereOf({ words, columns }, row) {
  const names = [columns.place_name[row], columns.admin1[row], columns.country[row]].map((word) => words[word]);
  const value = [...new Set(names.filter(Boolean))].join(", ") || null;
  return { name: "where", value, note: value ? PRECISIONS.get(words[columns.geo_precision[row]]) ?? "" : "" };
}

/**
 * Who did it. What people say of it is kept apart, where the database does so; else who is named and who claims.
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {Row[]}
 */
function whoOf(incidents, row) {
  const { words, columns } = incidents;
  const by = { name: "by", value: partiesOf(incidents, columns.perpetrators[row]), note: "named as attacker" };
  const claimed = { name: "claimed by", value: partiesOf(incidents, columns.claimed_by[row]) };
  const said = columns.attributions[row];
  if (!said.length) return [by, claimed];
  const rows = WORDS_ON_WHO.map((kind) => {
    const told = said.filter(([, word]) => words[word] === kind);
    const texts = told.map(([who, , speaker]) => words[who] + (speaker && speaker !== who ? ` (so says ${words[speaker]})` : ""));
    return { name: NAMES.get(kind) ?? kind, read: "who did it", value: [...new Set(texts)].join("; ") || null };
  });
  return [by, ...rows];
}

const NAMES = new Map([["claimed", "claimed by"], ["blamed", "blamed"], ["denied", "denied by"], ["confirmed", "confirmed"]]);

/**
 * @param {Incidents} incidents
 * @param {number[]} parties
 */
function partiesOf({ words, kinds }, parties) {
  const texts = parties.map((party) => {
    const kind = words[kinds.get(party) ?? 0];
    return kind && kind !== "unknown" && kind !== words[party] ? `${words[party]} (${plainWords(kind)})` : words[party];
  });
  return texts.join("; ") || null;
}

/**
 * @param {Incidents} incidents
 * @param {number} row
 */
function weaponsOf({ words, columns }, row) {
  const texts = columns.weapons[row].map(([weapon, low, high]) => {
    const count = rangeText(low, high);
    return plainWords(words[weapon]) + (count ? ` (${count})` : "");
  });
  return texts.join("; ") || null;
}

/**
 * @param {number | null} best
 * @param {number | null} low
 * @param {number | null} high
 */
function bestOf(best, low, high) {
  return best == null || low === high ? "" : `best estimate ${best}`;
}
