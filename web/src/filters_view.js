/** The form of filters: its choices, and its state. */

import { dayOf, isoOf } from "./days.js";
import { byId, el } from "./dom.js";
import { plainWords } from "./model.js";
import { SORTS, noFilters } from "./selection.js";
import { grouped } from "./sums.js";

/** @typedef {import("./model.js").Incidents} Incidents */
/** @typedef {import("./selection.js").Filters} Filters */

const SELECTS = /** @type {const} */ (["type", "country", "by", "claimed", "weapon", "days", "sort"]);
const SWITCHES = /** @type {const} */ (["several", "differ", "background"]);
const MOST = 300;

export class FiltersView {
  /**
   * @param {Incidents} incidents
   * @param {() => void} changed
   */
  constructor(incidents, changed) {
    const { columns } = incidents;
    fill("type", "any kind", incidents, columns.event_type.map((word) => [word]));
    fill("country", "any country", incidents, columns.country.map((word) => [word]));
    fill("by", "any attacker", incidents, columns.perpetrators);
    fill("claimed", "any claimant", incidents, columns.claimed_by);
    fill("weapon", "any weapon", incidents, columns.weapons.map((weapons) => weapons.map(([word]) => word)));
    byId("sort", HTMLSelectElement).append(...Object.entries(SORTS).map(([value, { label }]) => el("option", { value }, label)));
    this.precision = "";
    this.box = /** @type {import("./selection.js").Box | null} */ (null);
    let waiting = 0;
    for (const name of ["q", "from", "to", ...SELECTS, ...SWITCHES]) {
      document.getElementById(name)?.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(changed, name === "q" ? 120 : 0);
      });
    }
    byId("filters", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
  }

  /** @returns {Filters} */
  read() {
    const filters = noFilters();
    const texts = /** @type {any} */ (filters);
    for (const name of SELECTS) texts[name] = byId(name, HTMLSelectElement).value || texts[name];
    for (const name of SWITCHES) filters[name] = byId(name, HTMLInputElement).checked;
    filters.q = byId("q", HTMLInputElement).value.trim();
    filters.from = dayOf(byId("from", HTMLInputElement).value);
    filters.to = dayOf(byId("to", HTMLInputElement).value);
    filters.precision = this.precision;
    filters.box = this.box;
    return filters;
  }

  /** @param {Filters} filters */
  write(filters) {
    for (const name of SELECTS) choose(byId(name, HTMLSelectElement), filters[name]);
    for (const name of SWITCHES) byId(name, HTMLInputElement).checked = filters[name];
    byId("q", HTMLInputElement).value = filters.q;
    byId("from", HTMLInputElement).value = filters.from == null ? "" : isoOf(filters.from);
    byId("to", HTMLInputElement).value = filters.to == null ? "" : isoOf(filters.to);
    this.precision = filters.precision;
    this.box = filters.box;
  }
}

/**
 * Choose a value, also one that no incident has: an address may ask for it, and the answer is none, not all.
 * @param {HTMLSelectElement} select
 * @param {string} value
 */
function choose(select, value) {
  if (![...select.options].some((option) => option.value === value)) select.append(el("option", { value }, plainWords(value)));
  select.value = value;
}

/**
 * @param {string} id
 * @param {string} any
 * @param {Incidents} incidents
 * @param {number[][]} column
 */
function fill(id, any, { words, count }, column) {
  const found = new Map();
  for (let row = 0; row < count; row += 1) {
    for (const word of new Set(column[row])) if (word) found.set(word, (found.get(word) ?? 0) + 1);
  }
  const most = [...found].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, MOST);
  byId(id, HTMLSelectElement).append(
    el("option", { value: "" }, any),
    ...most.map(([word, times]) => el("option", { value: words[word] }, `${plainWords(words[word])} (${grouped(times)})`)),
  );
}
