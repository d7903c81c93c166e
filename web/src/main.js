/** The page: unpacks its data, and keeps the form, the list, the map, the time line, the panel and the address as one. */

import { hashOf, viewOf } from "./address.js";
import { pathsOf } from "./basemap.js";
import { Corrections } from "./corrections.js";
import { byId, download, el } from "./dom.js";
import { FiltersView } from "./filters_view.js";
import { csvOf, geojsonOf } from "./formats.js";
import { conflictsTable, count, fieldsTable, headOf, historyList, lightUp, litStrip, reportsList, talliesList } from "./incident_view.js";
import { ListView, summaryOf } from "./list_view.js";
import { MapView } from "./map_view.js";
import { incidentsOf } from "./model.js";
import { countText, printTable, scopeText, sumsList, trayOf } from "./overview.js";
import { noFilters, ordered, select } from "./selection.js";
import { TimeView } from "./time_view.js";
import { detailsOf, unpacked } from "./unpack.js";

/** @typedef {import("./model.js").About} About */

const MOST_ON_PAPER = 1_000;

class Page {
  /**
   * @param {About} about
   * @param {import("./model.js").Incidents} incidents
   * @param {import("./model.js").World} world
   * @param {import("./model.js").Town[]} towns
   * @param {import("./tallies.js").Tally[]} tallies
   */
  constructor(about, incidents, world, towns, tallies) {
    this.about = about;
    this.incidents = incidents;
    this.tallies = tallies;
    this.open = -1;
    this.lit = /** @type {string | null} */ (null);
    this.whole = false;
    this.selected = /** @type {number[]} */ ([]);
    this.details = detailsOf(about);
    this.panel = byId("incident", HTMLElement);
    this.corrections = new Corrections(byId("rulings", HTMLElement));
    this.filters = new FiltersView(incidents, () => this.update());
    this.list = new ListView(byId("list", HTMLElement), incidents, (row, goes) => this.show(row, goes));
    this.time = new TimeView(byId("time-canvas", HTMLCanvasElement), byId("time-note", HTMLElement), incidents, (from, to) => this.change({ from, to }));
    this.map = new MapView(byId("map-canvas", HTMLCanvasElement), byId("hint", HTMLElement), incidents, pathsOf(world), towns, {
      open: (row) => this.show(row, true),
      narrow: (rows) => this.change({ box: boxAround(incidents, rows) }),
      tell: (mark) => mark && (mark.rows.length > 1 ? count(mark.rows.length, "incident") : summaryOf(incidents, mark.rows[0]).flatMap((line) => [...line.children].map((part) => part.textContent)).join(" · ")),
    });
    this.listen();
  }

  listen() {
    const click = (/** @type {string} */ id, /** @type {() => void} */ action) => byId(id, HTMLElement).addEventListener("click", action);
    click("reset", () => this.change(noFilters()));
    click("csv", () => download("incidents.csv", "text/csv", csvOf(this.incidents, this.selected)));
    click("geojson", () => download("incidents.geojson", "application/geo+json", geojsonOf(this.incidents, this.selected)));
    click("print", () => window.print());
    click("zoom-in", () => this.map.zoom(1.6));
    click("zoom-out", () => this.map.zoom(1 / 1.6));
    click("zoom-fit", () => this.map.fit());
    click("only-seen", () => this.change({ box: this.map.box() }));
    click("whole", () => { this.whole = !this.whole; this.update(); });
    addEventListener("resize", () => this.redraw());
    addEventListener("hashchange", () => this.restore());
    addEventListener("beforeprint", () => byId("paper", HTMLElement).replaceChildren(printTable(this.incidents, this.selected, MOST_ON_PAPER)));
    addEventListener("afterprint", () => byId("paper", HTMLElement).replaceChildren());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
    byId("filters", HTMLFormElement).addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.change(noFilters());
    });
  }

  redraw() {
    this.map.draw();
    this.time.paint();
    this.list.paint();
  }

  /** Show what the address says. */
  restore() {
    const { filters, open, whole } = viewOf(location.hash);
    this.filters.write(filters);
    this.whole = whole;
    this.update();
    const row = open ? this.incidents.columns.incident_id.indexOf(open) : -1;
    if (row !== this.open && row >= 0) this.show(row, false);
  }

  /** @param {Partial<import("./selection.js").Filters>} changes */
  change(changes) {
    this.filters.write({ ...this.filters.read(), ...changes });
    this.update();
  }

  update() {
    const began = performance.now();
    const filters = this.filters.read();
    const { base, selected } = select(this.incidents, filters);
    this.selected = ordered(this.incidents, selected, filters.sort);
    this.list.show(this.selected, this.open);
    this.map.show(selected);
    this.time.show(base, filters.from, filters.to, this.whole);
    byId("count", HTMLElement).textContent = countText(selected.length, this.incidents);
    byId("sums", HTMLElement).replaceChildren(...sumsList(this.incidents, selected));
    byId("tray", HTMLElement).replaceChildren(...trayOf(this.incidents, selected, (precision) => this.change({ precision })));
    byId("whole", HTMLElement).setAttribute("aria-pressed", String(this.whole));
    this.showNarrowing(filters);
    this.save();
    document.body.dataset.filtered = (performance.now() - began).toFixed(1);
  }

  /** @param {import("./selection.js").Filters} filters */
  showNarrowing(filters) {
    const chip = (/** @type {string} */ text, /** @type {Partial<import("./selection.js").Filters>} */ without) =>
      el("button", { type: "button", class: "chip", click: () => this.change(without) }, text, el("span", { "aria-label": "(take away)" }, " ×"));
    byId("narrowed", HTMLElement).replaceChildren(
      filters.box ? chip("only on this part of the map", { box: null }) : "",
      filters.precision ? chip(`place known: ${filters.precision}`, { precision: "" }) : "",
    );
  }

  save() {
    const open = this.open < 0 ? null : this.incidents.columns.incident_id[this.open];
    const hash = hashOf({ filters: this.filters.read(), open, whole: this.whole });
    history.replaceState(null, "", `#${hash}`);
  }

  /**
   * @param {number} row
   * @param {boolean} goes whether the panel takes the reader's place
   */
  async show(row, goes) {
    const began = performance.now();
    this.open = row;
    this.lit = null;
    this.list.point(row);
    this.map.point(row);
    this.save();
    let detail = null;
    let problem = "";
    try {
      detail = await this.details(row);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (this.open !== row) return;
    this.fill(row, detail, problem);
    if (goes) this.goToPanel();
    document.body.dataset.opened = (performance.now() - began).toFixed(1);
  }

  /**
   * @param {number} row
   * @param {import("./model.js").Detail | null} detail
   * @param {string} problem
   */
  fill(row, detail, problem) {
    const id = this.incidents.columns.incident_id[row];
    const absent = problem ? `The reports could not be had: ${problem}.` : `This page was written without the reports’ words. Ask the database: python -m pipeline why ${id}`;
    this.panel.replaceChildren(...[
      el("div", { id: "strip", class: "strip", role: "toolbar", "aria-label": "Words that are lit", hidden: true }),
      el("p", { class: "back" }, el("a", { href: "#list", click: (/** @type {Event} */ event) => this.goToList(event) }, "← back to the list")),
      ...headOf(this.incidents, row),
      fieldsTable(this.incidents, row, detail, (name) => this.light(name)),
      detail && conflictsTable(detail),
      detail && reportsList(detail, (report) => (this.about.live ? this.corrections.reportTools(report.id) : null)),
      talliesList(this.incidents, this.tallies, row),
      detail ? historyList(detail) : el("p", { class: "silent" }, absent),
      this.about.live ? this.corrections.tools(id) : null,
      el("p", { class: "id" }, id),
    ].filter((part) => part != null));
    this.panel.scrollTop = 0;
    for (const anchor of this.panel.querySelectorAll("a[data-report]")) {
      anchor.addEventListener("click", (event) => {
        event.preventDefault();
        document.getElementById(`report-${anchor.getAttribute("data-report")}`)?.focus();
      });
    }
  }

  /** @param {string | null} name */
  light(name) {
    this.lit = this.lit === name ? null : name;
    const marks = lightUp(this.panel, this.lit);
    const strip = byId("strip", HTMLElement);
    strip.hidden = !marks.length;
    strip.replaceChildren(...(this.lit && marks.length ? litStrip(this.lit, marks, () => this.goToFields()) : []));
  }

  goToFields() {
    const button = this.panel.querySelector("button.field[aria-pressed=true]");
    this.light(null);
    this.panel.scrollTop = 0;
    if (button instanceof HTMLElement) button.focus();
  }

  goToPanel() {
    document.getElementById("title")?.focus();
  }

  /** @param {Event} event */
  goToList(event) {
    event.preventDefault();
    byId("list", HTMLElement).focus();
  }
}

/**
 * @param {import("./model.js").Incidents} incidents
 * @param {number[]} rows
 * @returns {import("./selection.js").Box}
 */
function boxAround({ columns }, rows) {
  const latitudes = rows.map((row) => columns.latitude[row] ?? 0);
  const longitudes = rows.map((row) => columns.longitude[row] ?? 0);
  return [Math.min(...latitudes), Math.min(...longitudes), Math.max(...latitudes), Math.max(...longitudes)];
}

async function start() {
  byId("fold", HTMLDetailsElement).open = !matchMedia("(max-width: 1000px)").matches;
  const [about, world, incidents, towns, tallies] = await Promise.all(["about", "world", "incidents", "towns", "tallies"].map(unpacked));
  byId("scope", HTMLElement).textContent = scopeText(about);
  const page = new Page(about, incidentsOf(incidents), world, towns, tallies);
  page.restore();
  page.map.fit();
  document.body.dataset.ready = performance.now().toFixed(0);
}

start().catch((error) => {
  byId("count", HTMLElement).textContent = `The page could not be shown: ${error.message}`;
  throw error;
});
