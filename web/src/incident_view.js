/** The panel of one incident: its fields, what the reports disagree on, the reports' own words, and its history. */

import { el, link } from "./dom.js";
import { ROW_OF } from "./explanations.js";
import { rowsOf } from "./incident_rows.js";
import { plainWords } from "./model.js";
import { stretchesOf } from "./passages.js";
import { grouped, rangeText } from "./sums.js";
import { heldOf, talliesOf } from "./tallies.js";

/** @typedef {import("./model.js").Incidents} Incidents */
/** @typedef {import("./model.js").Detail} Detail */
/** @typedef {import("./model.js").Report} Report */
/** @typedef {import("./tallies.js").Tally} Tally */

/**
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {HTMLElement[]} what is known without the reports
 */
export function headOf(incidents, row) {
  const { words, columns } = incidents;
  const where = words[columns.facility[row]] || words[columns.place_name[row]] || words[columns.country[row]];
  const kind = plainWords(words[columns.event_type[row]]);
  const tags = [
    `${count(columns.mention_count[row], "report")}, ${count(columns.source_count[row], "publisher")}`,
    `confidence ${(columns.confidence[row] / 100).toFixed(2)}`,
    columns.background[row] ? "background: told as older context" : null,
    columns.series[row] ? "series: stands for many, never summed" : null,
  ];
  return [
    el("h2", { id: "title", tabindex: -1 }, `${kind[0].toUpperCase()}${kind.slice(1)} — ${where || "place not said"}`),
    el("p", { class: "tags" }, ...tags.filter(Boolean).map((tag) => el("span", { class: "tag" }, tag))),
  ];
}

/**
 * The fields. A button lights up the words that a field was read from.
 * @param {Incidents} incidents
 * @param {number} row
 * @param {Detail | null} detail
 * @param {(name: string) => void} light
 */
export function fieldsTable(incidents, row, detail, light) {
  const rows = rowsOf(incidents, row);
  const lines = rows.filter(({ value }) => value != null).map((line) => fieldLine(line, detail, light));
  const silent = rows.filter(({ value }) => value == null).map(({ name }) => name);
  if (silent.length) lines.push(el("tr", { class: "silent" }, el("th", { scope: "row" }, "no report says"), el("td", {}, silent.join(", "))));
  return el("table", { class: "fields" }, el("caption", { class: "hidden" }, "What is known"), el("tbody", {}, ...lines));
}

/**
 * @param {import("./incident_rows.js").Row} line
 * @param {Detail | null} detail
 * @param {(name: string) => void} light
 */
function fieldLine({ name, read = name, value, note }, detail, light) {
  const reports = detail?.reports ?? [];
  const telling = reports.filter(({ passages }) => passages.some(([, marks]) => marks.some((mark) => mark[2] === read))).length;
  const label = telling
    ? el("button", { type: "button", class: "field", "data-row": read, "aria-pressed": "false", click: () => light(read) }, name)
    : name;
  const notes = [note, telling && reports.length > 1 ? `in ${telling} of ${reports.length} reports` : null].filter(Boolean);
  return el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, value, notes.length ? el("small", {}, notes.join(" · ")) : null));
}

/**
 * @param {Detail} detail
 * @returns {HTMLElement | null}
 */
export function conflictsTable({ conflicts }) {
  if (!conflicts.length) return null;
  let last = "";
  const lines = conflicts.map(([field, value, reports]) => {
    const name = field === last ? "" : ROW_OF.get(field) ?? plainWords(field);
    last = field;
    const links = reports.flatMap((report, place) => [place ? ", " : "", el("a", { href: `#report-${report + 1}`, "data-report": report + 1 }, String(report + 1))]);
    return el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, conflictText(value)), el("td", {}, ...links));
  });
  const head = el("tr", {}, ...["field", "value", "reports"].map((name) => el("th", { scope: "col" }, name)));
  return el("section", { class: "conflicts" }, el("h3", {}, "The reports disagree"), el("table", {}, el("thead", {}, head), el("tbody", {}, ...lines)));
}

/**
 * A value as the database writes it, in words: "4–" is "4 or more".
 * @param {string} value
 */
function conflictText(value) {
  const range = /^(\d*)–(\d*)$/.exec(value);
  const number = (/** @type {string} */ digits) => (digits ? Number(digits) : null);
  return range ? rangeText(number(range[1]), number(range[2])) ?? value : plainWords(value);
}

/**
 * @param {Detail} detail
 * @param {(report: Report) => HTMLElement | null} tools what else stands with a report
 */
export function reportsList({ reports }, tools) {
  const items = reports.map((report, place) =>
    el("li", { class: "report", id: `report-${place + 1}`, tabindex: -1 },
      el("p", { class: "source" }, el("b", {}, `${place + 1}. ${report.source}`), report.day ? `, ${report.day}` : "",
        report.status === "asserted" ? "" : ` · ${plainWords(report.status)}`, " ", link(report.url, report.title || report.url || "")),
      ...report.passages.map(passageOf),
      el("details", {}, el("summary", {}, `why linked (${report.score.toFixed(2)})`), el("ul", {}, ...report.reasons.map((reason) => el("li", {}, reason)))),
      tools(report)));
  return el("section", {}, el("h3", {}, count(reports.length, "report")), el("ol", { class: "reports" }, ...items));
}

/** @param {import("./model.js").Passage} passage */
function passageOf(passage) {
  const parts = stretchesOf(passage).map(({ text, read }) =>
    read.length ? el("mark", { "data-read": read.join("|"), title: read.join(", ") }, text) : text);
  return el("blockquote", {}, ...parts);
}

/**
 * @param {Detail} detail
 * @returns {HTMLElement}
 */
export function historyList({ history }) {
  const items = history.map(({ day, run, change, other, fields }) =>
    el("li", {}, el("b", {}, day), ` run ${run}: ${changeText(change, other)}`,
      fields?.length ? el("ul", {}, ...fields.map(([field, before, after]) =>
        el("li", {}, `${plainWords(field)}: `, el("del", {}, before ?? "nothing"), " → ", el("ins", {}, after ?? "nothing")))) : null));
  return el("section", {}, el("h3", {}, "What was known when"), el("ol", { class: "history" }, ...items));
}

/**
 * @param {string} change
 * @param {string | null} other
 */
function changeText(change, other) {
  if (change === "joined") return `${other} became part of it`;
  return other ? `${change}, split from ${other}` : change;
}

/**
 * Statements about many incidents that count this one: what they say, and what the page holds.
 * @param {Incidents} incidents
 * @param {Tally[]} tallies
 * @param {number} row
 * @returns {HTMLElement | null}
 */
export function talliesList(incidents, tallies, row) {
  const found = talliesOf(incidents, tallies, row);
  if (!found.length) return null;
  const items = found.map((tally) => {
    const said = rangeText(tally.count_low, tally.count_high);
    const held = grouped(heldOf(incidents, tally));
    return el("li", {}, el("b", {}, said ? `said ${said}, held ${held}` : `no number said, held ${held}`), ` — ${tally.source ?? "a report"}${tally.day ? `, ${tally.day}` : ""}: `,
      el("q", {}, tally.what), " ", link(tally.url, tally.title ?? ""));
  });
  return el("section", {}, el("h3", {}, "Totals that count it"), el("ul", { class: "tallies" }, ...items));
}

/**
 * Light up the words that a row was read from.
 * @param {HTMLElement} panel
 * @param {string | null} name null: put them out
 * @returns {HTMLElement[]} the marks that are lit
 */
export function lightUp(panel, name) {
  for (const button of panel.querySelectorAll("button.field")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-row") === name));
  }
  return [...panel.querySelectorAll("mark")].filter((mark) => {
    const lit = name != null && (mark.getAttribute("data-read") ?? "").split("|").includes(name);
    return mark.classList.toggle("lit", lit);
  });
}

/**
 * The strip above the panel while words are lit: how many there are, and the way through them.
 * @param {string} name
 * @param {HTMLElement[]} marks
 * @param {() => void} back
 */
export function litStrip(name, marks, back) {
  let at = 0;
  const place = el("span", {}, placeText(0, marks.length));
  const go = (/** @type {number} */ step) => {
    at = (at + step + marks.length) % marks.length;
    place.textContent = placeText(at, marks.length);
    marks[at].scrollIntoView({ block: "center" });
  };
  go(0);
  const button = (/** @type {string} */ label, /** @type {string} */ text, /** @type {() => void} */ click) => el("button", { type: "button", "aria-label": label, click }, text);
  return [el("b", {}, name), place, button("previous words", "↑", () => go(-1)), button("next words", "↓", () => go(1)), button("back to the fields", "fields", back)];
}

/**
 * @param {number} at
 * @param {number} of
 */
function placeText(at, of) {
  return `${at + 1} of ${of}`;
}

/**
 * @param {number} number
 * @param {string} noun
 */
export function count(number, noun) {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}
