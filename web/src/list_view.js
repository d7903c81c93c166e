/** The list of incidents. Only the rows that are seen are elements; arrow keys go through all of them. */

import { shortInterval } from "./days.js";
import { el } from "./dom.js";
import { plainWords } from "./model.js";
import { grouped, rangeText } from "./sums.js";

/** @typedef {import("./model.js").Incidents} Incidents */

const HEIGHT = 54;
const SPARE = 6;

export class ListView {
  /**
   * @param {HTMLElement} box
   * @param {Incidents} incidents
   * @param {(row: number, goes: boolean) => void} open `goes`: the reader wants to be there
   */
  constructor(box, incidents, open) {
    this.box = box;
    this.incidents = incidents;
    this.open = open;
    this.rows = /** @type {number[]} */ ([]);
    this.place = -1;
    this.room = el("div", { class: "room", role: "presentation" });
    box.append(this.room);
    box.addEventListener("scroll", () => this.paint());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("focus", () => { if (this.place < 0 && this.rows.length) this.go(0); });
  }

  /**
   * @param {number[]} rows
   * @param {number} open
   */
  show(rows, open) {
    this.rows = rows;
    this.place = rows.indexOf(open);
    this.room.style.setProperty("height", `${rows.length * HEIGHT}px`);
    this.paint();
  }

  /** @param {number} open */
  point(open) {
    this.place = this.rows.indexOf(open);
    this.reveal();
    this.paint();
  }

  reveal() {
    if (this.place < 0) return;
    const top = this.place * HEIGHT;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    const below = top + HEIGHT - this.box.clientHeight;
    if (below > this.box.scrollTop) this.box.scrollTop = below;
  }

  paint() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / HEIGHT) - SPARE);
    const after = Math.min(this.rows.length, first + Math.ceil(this.box.clientHeight / HEIGHT) + 2 * SPARE);
    const places = Array.from({ length: Math.max(0, after - first) }, (_, step) => first + step);
    if (this.place >= 0 && (this.place < first || this.place >= after)) places.push(this.place);
    this.room.replaceChildren(...places.map((place) => this.option(place)));
    this.box.setAttribute("aria-activedescendant", this.place < 0 ? "" : `option-${this.place}`);
    if (this.place < 0) this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  option(place) {
    const row = this.rows[place];
    const attributes = {
      id: `option-${place}`, role: "option", class: "option", "aria-selected": String(place === this.place),
      "aria-posinset": place + 1, "aria-setsize": this.rows.length, click: () => this.open(row, true),
    };
    const option = el("div", attributes, ...summaryOf(this.incidents, row));
    option.style.setProperty("top", `${place * HEIGHT}px`);
    return option;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / HEIGHT) - 1);
    const steps = new Map([
      ["ArrowDown", 1], ["ArrowUp", -1], ["PageDown", page], ["PageUp", -page], ["Home", -Infinity], ["End", Infinity],
    ]);
    const step = steps.get(event.key);
    if (event.key === "Enter" && this.place >= 0) this.open(this.rows[this.place], true);
    if (step === undefined || !this.rows.length) return;
    event.preventDefault();
    this.go(Math.max(0, Math.min(this.rows.length - 1, this.place + step)));
  }

  /** @param {number} place */
  go(place) {
    this.place = place;
    this.reveal();
    this.paint();
    this.open(this.rows[place], false);
  }
}

/**
 * What a row of the list says.
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {HTMLElement[]}
 */
export function summaryOf({ words, columns }, row) {
  const where = words[columns.facility[row]] || words[columns.place_name[row]] || words[columns.admin1[row]];
  const killed = rangeText(columns.killed_low[row], columns.killed_high[row]);
  const publishers = columns.source_count[row];
  const facts = [
    [where, words[columns.country[row]]].filter(Boolean).join(", ") || "place not said",
    killed && killed !== "0" ? `${killed} killed` : null,
    publishers > 1 ? `${grouped(publishers)} publishers` : null,
  ].filter(Boolean);
  return [
    el("span", { class: "line" },
      el("span", { class: "kind" }, plainWords(words[columns.event_type[row]]) || "incident"),
      el("span", { class: "day" }, shortInterval(columns.date_earliest[row], columns.date_latest[row]))),
    el("span", { class: "line" },
      el("span", { class: "facts" }, facts.join(" · ")),
      columns.conflicts[row] ? el("span", { class: "differ" }, "reports differ") : null,
      columns.background[row] ? el("span", { class: "tag" }, "background") : null,
      columns.series[row] ? el("span", { class: "tag" }, "series") : null),
  ];
}
