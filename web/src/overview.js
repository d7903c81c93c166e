/** What the page says of itself and of the selection: counts, sums, what is left out, what the map cannot show. */

import { intervalText } from "./days.js";
import { el } from "./dom.js";
import { TRAY } from "./explanations.js";
import { plainWords } from "./model.js";
import { withoutPoint } from "./places.js";
import { grouped, rangeText, sumText, sumsOf } from "./sums.js";

/** @typedef {import("./model.js").Incidents} Incidents */
/** @typedef {import("./model.js").About} About */

/**
 * @param {number} selected
 * @param {Incidents} incidents
 */
export function countText(selected, { count }) {
  return `${grouped(selected)} of ${grouped(count)} incidents`;
}

/**
 * @param {Incidents} incidents
 * @param {number[]} rows
 * @returns {HTMLElement[]}
 */
export function sumsList(incidents, rows) {
  const sums = sumsOf(incidents, rows);
  const items = /** @type {const} */ ([["killed", "killed"], ["wounded", "wounded"], ["intercepted", "brought down"]]).map(([name, label]) => {
    const sum = sums[name];
    const says = sums.counted - sum.silent;
    const notes = [`${grouped(sum.silent)} say nothing`, says > 1 && sum.largest ? `up to ${grouped(sum.largest)} in one` : null];
    return el("li", { id: `sum-${name}` }, el("b", {}, says ? sumText(sum) : "–"), ` ${label} `, el("small", {}, notes.filter(Boolean).join(", ")));
  });
  const left = [sums.background && `${grouped(sums.background)} background`, sums.series && `${grouped(sums.series)} series`].filter(Boolean);
  if (left.length) items.push(el("li", {}, el("small", {}, `not summed: ${left.join(", ")}`)));
  return items;
}

/**
 * @param {About} about
 * @returns {string} what the page shows, and of when
 */
export function scopeText(about) {
  const parts = [
    about.known_on ? `as known on ${about.known_on}; reports as they are linked today` : null,
    about.written ? `database of run ${about.run}, ${about.written.slice(0, 16).replace("T", " ")} UTC` : "no run yet",
    about.where ? `only where ${about.where}` : null,
    about.since ? `from ${about.since}` : null,
    about.until ? `until ${about.until}` : null,
    about.undated ? `${grouped(about.undated)} without a date left out` : null,
    about.words === "quotes" ? "with the reports’ quotes only" : null,
    about.words === "none" && !about.live ? "without the reports’ words" : null,
  ];
  return parts.filter(Boolean).join(" · ");
}

/**
 * The incidents that have no point, as buttons that list them.
 * @param {Incidents} incidents
 * @param {number[]} rows
 * @param {(precision: string) => void} choose
 * @returns {(HTMLElement | string)[]}
 */
export function trayOf(incidents, rows, choose) {
  const found = [...withoutPoint(incidents, rows)];
  if (!found.length) return ["all are on the map"];
  const buttons = found.map(([precision, members]) => {
    const text = `${grouped(members.length)} ${TRAY.get(precision) ?? `without a point (${plainWords(precision)})`}`;
    return el("button", { type: "button", click: () => choose(precision) }, text);
  });
  return ["not on the map: ", ...buttons.flatMap((button, place) => (place ? [", ", button] : [button]))];
}

/**
 * The selection as a table, for paper.
 * @param {Incidents} incidents
 * @param {number[]} rows
 * @param {number} most
 * @returns {HTMLElement}
 */
export function printTable(incidents, rows, most) {
  const { words, columns } = incidents;
  const names = (/** @type {number[]} */ parties) => parties.map((party) => words[party]).join("; ");
  const lines = rows.slice(0, most).map((row) => {
    const where = [columns.place_name[row], columns.country[row]].map((word) => words[word]).filter(Boolean).join(", ");
    const cells = [
      intervalText(columns.date_earliest[row], columns.date_latest[row]), plainWords(words[columns.event_type[row]]), where,
      names(columns.perpetrators[row]), names(columns.targets[row]),
      rangeText(columns.killed_low[row], columns.killed_high[row]) ?? "", String(columns.source_count[row]),
    ];
    return el("tr", {}, ...cells.map((cell) => el("td", {}, cell)));
  });
  const head = ["when", "what", "where", "by", "against", "killed", "publishers"].map((name) => el("th", { scope: "col" }, name));
  const more = rows.length > most ? `the first ${grouped(most)} of ${grouped(rows.length)}` : `${grouped(rows.length)} incidents`;
  return el("table", {}, el("caption", {}, more), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...lines));
}
