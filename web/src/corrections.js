/** An analyst's rulings, gathered on a served page and given as TOML for the file of `--overrides`. */

import { download, el } from "./dom.js";

/**
 * @typedef {object} Ruling
 * @property {"merge" | "apart" | "drop" | "set"} verdict
 * @property {string[]} ids
 * @property {string} [field]
 * @property {string} [value]
 * @property {string} [note]
 */

/**
 * @param {Ruling[]} rulings
 * @returns {string}
 */
export function tomlOf(rulings) {
  return rulings.map(({ verdict, ids, field, value, note }) => {
    const named = verdict === "merge" || verdict === "apart" ? `ids = [${ids.map(quoted).join(", ")}]` : `id = ${quoted(ids[0])}`;
    const lines = [`[[${verdict}]]`, named];
    if (field) lines.push(`field = ${quoted(field)}`, `value = ${valueOf(value ?? "")}`);
    if (note) lines.push(`note = ${quoted(note)}`);
    return `${lines.join("\n")}\n`;
  }).join("\n");
}

/**
 * @param {string} text
 * @returns {string} a basic string of TOML
 */
function quoted(text) {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}

/**
 * A whole number or a truth value bare, all else as a string.
 * @param {string} text
 */
function valueOf(text) {
  return /^(?:0|-?[1-9]\d{0,17}|true|false)$/.test(text) ? text : quoted(text);
}

const SETTABLE = [
  "event_type", "status", "outcome", "background", "date_earliest", "date_latest", "place_name", "facility", "admin1",
  "country", "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high",
];

export class Corrections {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.rulings = /** @type {Ruling[]} */ ([]);
    this.marked = /** @type {string[]} */ ([]);
  }

  /**
   * The tools for an incident.
   * @param {string} id
   * @returns {HTMLElement}
   */
  tools(id) {
    const note = el("input", { type: "text", id: "ruling-note", placeholder: "why, for those who come later" });
    const field = el("select", { id: "ruling-field" }, ...SETTABLE.map((name) => el("option", { value: name }, name)));
    const value = el("input", { type: "text", id: "ruling-value" });
    const add = (/** @type {Ruling} */ ruling) => this.add({ ...ruling, note: note.value.trim() });
    const button = (/** @type {string} */ text, /** @type {() => void} */ click) => el("button", { type: "button", click }, text);
    return el("section", { class: "tools" }, el("h3", {}, "Correct it"),
      el("p", {}, el("label", { for: "ruling-note" }, "Note "), note),
      el("p", {}, el("label", { for: "ruling-field" }, "Set "), field, el("label", { for: "ruling-value" }, " to "), value, " ",
        button("Set", () => add({ verdict: "set", ids: [id], field: field.value, value: value.value.trim() }))),
      el("p", {}, button("This is no incident", () => add({ verdict: "drop", ids: [id] })), " ",
        button("Mark it", () => this.mark(id)), " ",
        button("Merge what is marked", () => this.join("merge", note.value.trim())), " ",
        button("Keep what is marked apart", () => this.join("apart", note.value.trim()))));
  }

  /**
   * The tools for a report.
   * @param {string} id
   * @returns {HTMLElement}
   */
  reportTools(id) {
    return el("p", {}, el("button", { type: "button", click: () => this.mark(id) }, "Mark this report"));
  }

  /** @param {string} id */
  mark(id) {
    this.marked = this.marked.includes(id) ? this.marked.filter((other) => other !== id) : [...this.marked, id];
    this.show();
  }

  /**
   * @param {"merge" | "apart"} verdict
   * @param {string} note
   */
  join(verdict, note) {
    if (this.marked.length > 1) this.add({ verdict, ids: this.marked, note });
    this.marked = [];
    this.show();
  }

  /** @param {Ruling} ruling */
  add(ruling) {
    this.rulings.push(ruling);
    this.show();
  }

  show() {
    const text = tomlOf(this.rulings);
    this.box.hidden = !this.rulings.length && !this.marked.length;
    this.box.replaceChildren(
      el("h2", {}, "Rulings"),
      el("p", {}, this.marked.length ? `marked: ${this.marked.join(", ")}` : "Add these to the file of --overrides; the next run obeys it."),
      el("label", { for: "toml", class: "hidden" }, "Rulings as TOML"),
      el("textarea", { id: "toml", readonly: true, rows: 8 }, text),
      el("p", {},
        el("button", { type: "button", click: () => download("rulings.toml", "application/toml", text) }, "Save"), " ",
        el("button", { type: "button", click: () => { this.rulings.pop(); this.show(); } }, "Take the last one back")));
  }
}
