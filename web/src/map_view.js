/** The map: what it shows, and how it is moved with a mouse, with fingers and with keys. */

import { bounded, fitting, seen, zoomed } from "./camera.js";
import { canvasOf, palette } from "./dom.js";
import { disc, drawAreas, drawLand, drawPoints, drawTowns } from "./map_drawing.js";
import { eastOf, southOf } from "./mercator.js";
import { kindOf, marksOf } from "./places.js";

/** @typedef {import("./model.js").Incidents} Incidents */
/** @typedef {import("./places.js").Mark} Mark */

const OUTSIDE = 60;

/**
 * @typedef {object} MapActions
 * @property {(row: number) => void} open
 * @property {(rows: number[]) => void} narrow to incidents that no zoom parts
 * @property {(mark: Mark | null) => string | null} tell what the pointer is on
 */

export class MapView {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} hint
   * @param {Incidents} incidents
   * @param {{ land: Path2D, borders: Path2D }} paths
   * @param {import("./model.js").Town[]} towns
   * @param {MapActions} actions
   */
  constructor(canvas, hint, incidents, paths, towns, actions) {
    this.canvas = canvas;
    this.hint = hint;
    this.incidents = incidents;
    this.paths = paths;
    this.towns = towns;
    this.actions = actions;
    this.rows = /** @type {number[]} */ ([]);
    this.open = -1;
    this.marks = /** @type {Mark[]} */ ([]);
    this.waits = false;
    this.x = Float64Array.from(incidents.columns.longitude, (degrees) => eastOf(degrees ?? 0));
    this.y = Float64Array.from(incidents.columns.latitude, (degrees) => southOf(degrees ?? 0));
    this.camera = fitting([], this.size());
    this.listen();
  }

  size() {
    return { width: this.canvas.clientWidth || 1, height: this.canvas.clientHeight || 1 };
  }

  /** @param {number[]} rows */
  show(rows) {
    this.rows = rows.filter((row) => kindOf(this.incidents, row) !== "none");
    this.draw();
  }

  /** @param {number} row */
  point(row) {
    this.open = row;
    this.draw();
  }

  /** @param {number[]} rows */
  fit(rows = this.rows) {
    const { latitude, longitude } = this.incidents.columns;
    const points = rows.map((row) => ({ latitude: latitude[row] ?? 0, longitude: longitude[row] ?? 0 }));
    this.camera = fitting(points, this.size());
    this.draw();
  }

  /** @returns {import("./selection.js").Box} */
  box() {
    return seen(this.camera, this.size());
  }

  draw() {
    if (this.waits) return;
    this.waits = true;
    requestAnimationFrame(() => {
      this.waits = false;
      this.paint();
    });
  }

  paint() {
    const { context, width, height } = canvasOf(this.canvas);
    const size = { width, height };
    const colour = palette();
    this.marks = marksOf(this.placed(size));
    drawLand(context, this.paths, this.camera, size, colour);
    drawAreas(context, this.incidents, this.marks, this.camera, colour);
    drawTowns(context, this.towns, this.camera, size, this.marks, colour);
    drawPoints(context, this.marks, colour);
    this.ring(context, size, colour("open"));
  }

  /** @param {import("./camera.js").Size} size */
  placed(size) {
    const places = [];
    for (const row of this.rows) {
      const { x, y } = this.onScreen(row, size);
      if (x < -OUTSIDE || y < -OUTSIDE || x > size.width + OUTSIDE || y > size.height + OUTSIDE) continue;
      places.push({ row, x, y, kind: kindOf(this.incidents, row) });
    }
    return places;
  }

  /**
   * @param {number} row
   * @param {import("./camera.js").Size} size
   */
  onScreen(row, size) {
    const { x, y, scale } = this.camera;
    return { x: (this.x[row] - x) * scale + size.width / 2, y: (this.y[row] - y) * scale + size.height / 2 };
  }

  /**
   * A ring around the incident that is open.
   * @param {CanvasRenderingContext2D} context
   * @param {import("./camera.js").Size} size
   * @param {string} colour
   */
  ring(context, size, colour) {
    if (this.open < 0 || kindOf(this.incidents, this.open) === "none") return;
    const mark = this.marks.find(({ rows }) => rows.includes(this.open));
    const { x, y } = mark ?? this.onScreen(this.open, size);
    disc(context, x, y, (mark?.radius ?? 6) + 4);
    context.lineWidth = 3;
    context.strokeStyle = colour;
    context.stroke();
  }

  /** @param {number} factor */
  zoom(factor) {
    const { width, height } = this.size();
    this.zoomAt(factor, width / 2, height / 2);
  }

  /**
   * @param {number} factor
   * @param {number} x
   * @param {number} y
   */
  zoomAt(factor, x, y) {
    this.camera = zoomed(this.camera, this.size(), factor, x, y);
    this.draw();
  }

  /**
   * @param {number} right pixels
   * @param {number} down
   */
  move(right, down) {
    const { x, y, scale } = this.camera;
    this.camera = bounded({ x: x + right / scale, y: y + down / scale, scale }, this.size());
    this.draw();
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {Mark | null} the mark at a place on the screen
   */
  at(x, y) {
    const hit = (/** @type {Mark} */ mark) => Math.hypot(mark.x - x, mark.y - y) <= Math.max(mark.radius, 9);
    return this.marks.filter(({ kind }) => kind === "point").find(hit) ?? this.marks.find(hit) ?? null;
  }

  /** @param {Mark} mark */
  choose(mark) {
    const { latitude, longitude } = this.incidents.columns;
    const spots = new Set(mark.rows.map((row) => `${latitude[row]},${longitude[row]}`));
    if (mark.rows.length === 1) this.actions.open(mark.rows[0]);
    else if (spots.size > 1 && this.camera.scale < 500_000) this.fit(mark.rows);
    else this.actions.narrow(mark.rows);
  }

  listen() {
    const fingers = new Map();
    let moved = 0;
    const place = (/** @type {PointerEvent | WheelEvent} */ event) => {
      const frame = this.canvas.getBoundingClientRect();
      return { x: event.clientX - frame.left, y: event.clientY - frame.top };
    };
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { x, y } = place(event);
      this.zoomAt(Math.exp(-event.deltaY * 0.0015), x, y);
    }, { passive: false });
    this.canvas.addEventListener("pointerdown", (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, place(event));
      moved = 0;
    });
    this.canvas.addEventListener("pointermove", (event) => {
      const now = place(event);
      const before = fingers.get(event.pointerId);
      if (!before) return this.tell(now.x, now.y);
      moved += Math.hypot(now.x - before.x, now.y - before.y);
      if (fingers.size === 1) this.move(before.x - now.x, before.y - now.y);
      else this.pinch(fingers, event.pointerId, now);
      fingers.set(event.pointerId, now);
    });
    for (const ending of /** @type {const} */ (["pointerup", "pointercancel"])) {
      this.canvas.addEventListener(ending, (event) => {
        const { x, y } = place(event);
        const mark = fingers.size === 1 && moved < 6 && ending === "pointerup" ? this.at(x, y) : null;
        fingers.delete(event.pointerId);
        if (mark) this.choose(mark);
      });
    }
    this.canvas.addEventListener("pointerleave", () => this.tell(-99, -99));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  /**
   * @param {Map<number, { x: number, y: number }>} fingers
   * @param {number} id
   * @param {{ x: number, y: number }} now
   */
  pinch(fingers, id, now) {
    const before = fingers.get(id);
    const other = [...fingers].find(([key]) => key !== id)?.[1];
    if (!before || !other) return;
    const [was, is] = [before, now].map(({ x, y }) => Math.max(20, Math.hypot(x - other.x, y - other.y)));
    this.zoomAt(is / was, (now.x + other.x) / 2, (now.y + other.y) / 2);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  tell(x, y) {
    const mark = this.at(x, y);
    const text = this.actions.tell(mark);
    this.canvas.classList.toggle("over", mark != null);
    this.hint.hidden = !text;
    if (!text) return;
    this.hint.textContent = text;
    this.hint.style.setProperty("left", `${Math.min(x + 12, this.size().width - 180)}px`);
    this.hint.style.setProperty("top", `${y + 14}px`);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = 80;
    const actions = new Map([
      ["ArrowLeft", () => this.move(-step, 0)], ["ArrowRight", () => this.move(step, 0)],
      ["ArrowUp", () => this.move(0, -step)], ["ArrowDown", () => this.move(0, step)],
      ["+", () => this.zoom(1.6)], ["=", () => this.zoom(1.6)], ["-", () => this.zoom(1 / 1.6)], ["0", () => this.fit()],
    ]);
    const action = actions.get(event.key);
    if (!action || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    action();
  }
}
