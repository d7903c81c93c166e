/** The selection as CSV and as GeoJSON. The columns are named as those of the database. */

import { isoOf } from "./days.js";

/** @typedef {import("./model.js").Incidents} Incidents */
/** @typedef {Record<string, string | number | boolean | null>} Fields */

const CODES = /** @type {const} */ ([
  "event_type", "status", "outcome", "date_precision", "date_basis", "place_name", "facility", "facility_type", "admin1",
  "country", "geo_precision",
]);
const PARTIES = /** @type {const} */ (["perpetrators", "targets", "claimed_by"]);
const NUMBERS = /** @type {const} */ ([
  "latitude", "longitude", "intercepted_low", "intercepted_high", "killed_low", "killed_best", "killed_high",
  "wounded_low", "wounded_best", "wounded_high", "mention_count", "article_count", "source_count",
]);

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {Fields}
 */
export function fieldsOf({ words, columns }, row) {
  const day = (/** @type {number | null} */ number) => (number == null ? null : isoOf(number));
  /** @type {Fields} */
  const fields = { incident_id: columns.incident_id[row] };
  fields.date_earliest = day(columns.date_earliest[row]);
  fields.date_latest = day(columns.date_latest[row]);
  for (const name of CODES) fields[name] = words[columns[name][row]] || null;
  fields.background = columns.background[row] === 1;
  for (const name of PARTIES) fields[name] = columns[name][row].map((word) => words[word]).join("; ") || null;
  fields.weapons = columns.weapons[row].map(([word]) => words[word]).join("; ") || null;
  for (const name of NUMBERS) fields[name] = columns[name][row];
  fields.confidence = columns.confidence[row] / 100;
  return fields;
}

/**
 * Rows with a header, for a spreadsheet. Cells that a spreadsheet would take for a formula begin with an apostrophe.
 * @param {Incidents} incidents
 * @param {number[]} rows
 */
export function csvOf(incidents, rows) {
  const names = Object.keys(fieldsOf(incidents, rows[0] ?? 0));
  const lines = rows.map((row) => Object.values(fieldsOf(incidents, row)).map(cellOf).join(","));
  return `\ufeff${[names.join(","), ...lines].join("\r\n")}\r\n`;
}

/**
 * @param {string | number | boolean | null} value
 * @returns {string}
 */
export function cellOf(value) {
  if (value == null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Features as RFC 7946 has them; an incident without a point has a null geometry.
 * @param {Incidents} incidents
 * @param {number[]} rows
 */
export function geojsonOf(incidents, rows) {
  const features = rows.map((row) => {
    const { incident_id: id, latitude, longitude, ...properties } = fieldsOf(incidents, row);
    const geometry = latitude == null ? null : { type: "Point", coordinates: [longitude, latitude] };
    return { type: "Feature", id, geometry, properties: { incident_id: id, ...properties } };
  });
  return JSON.stringify({ type: "FeatureCollection", features });
}
