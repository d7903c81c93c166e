/** Incidents for tests, from short descriptions. */

import { incidentsOf } from "../src/model.js";

const CODES = ["event_type", "status", "outcome", "date_precision", "date_basis", "place_name", "facility", "facility_type", "admin1", "country", "geo_precision"];
const LISTS = ["perpetrators", "targets", "claimed_by"];
const DEFAULTS = {
  incident_id: "i-0", weapons: [], attributions: [], date_earliest: null, date_latest: null, first_reported_at: null,
  last_reported_at: null, intercepted_low: null, intercepted_high: null, killed_low: null, killed_best: null,
  killed_high: null, wounded_low: null, wounded_best: null, wounded_high: null, latitude: null, longitude: null,
  mention_count: 1, article_count: 1, source_count: 1, background: 0, series: 0, confidence: 50, conflicts: 0,
};

/** @param {Record<string, any>[]} descriptions words as words, the rest as the page has it */
export function incidents(...descriptions) {
  const words = [""];
  const code = (word) => {
    if (word == null) return 0;
    if (!words.includes(word)) words.push(word);
    return words.indexOf(word);
  };
  const columns = {};
  const put = (name, value) => (columns[name] ??= []).push(value);
  for (const [row, told] of descriptions.entries()) {
    for (const name of CODES) put(name, code(told[name] ?? (name === "geo_precision" ? "unknown" : null)));
    for (const name of LISTS) put(name, (told[name] ?? []).map(code));
    for (const [name, value] of Object.entries(DEFAULTS)) {
      if (name === "weapons") put(name, (told.weapons ?? []).map((weapon) => [code(weapon), null, null]));
      else put(name, told[name] ?? (name === "incident_id" ? `i-${row}` : value));
    }
  }
  return incidentsOf({ words, columns, kinds: [] });
}
