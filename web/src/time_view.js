/** The time line: incidents by day or by the bin of days, and the days that are chosen on it. */

import { axisMarks, isoOf } from "./days.js";
import { canvasOf, palette } from "./dom.js";
import { grouped } from "./sums.js";
import { binned, usualDays } from "./timeline.js";

/** @typedef {import("./model.js").Incidents} Incidents */
/** @typedef {import("./timeline.js").Bins} Bins */

const AXIS = 20;
const TOP = 14;
const NARROWEST_BIN = 4;
const LABEL = 78;

export class TimeView {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} note
   * @param {Incidents} incidents
   * @param {(from: number | null, to: number | null) => void} choose
   */
  constructor(canvas, note, incidents, choose) {
    this.canvas = canvas;
    this.note = note;
    this.incidents = incidents;
    this.choose = choose;
    this.rows = /** @type {number[]} */ ([]);
    this.days = /** @type {[number | null, number | null]} */ ([null, null]);
    this.whole = false;
    this.range = /** @type {[number, number] | null} */ (null);
    this.drag = /** @type {[number, number] | null} */ (null);
    this.bins = /** @type {Bins | null} */ (null);
    this.listen();
  }

  /**
   * @param {number[]} rows the incidents that pass all filters but the days'
   * @param {number | null} from
   * @param {number | null} to
   * @param {boolean} whole
   */
  show(rows, from, to, whole) {
    this.rows = rows;
    this.days = /** @type {[number | null, number | null]} */ ([from, to]);
    this.whole = whole;
    this.range = this.reach();
    this.paint();
  }

  /** @returns {[number, number] | null} the days that the line reaches over */
  reach() {
    const usual = usualDays(this.incidents, this.rows, this.whole);
    const [from, to] = this.days;
    if (!usual) return from == null || to == null ? null : [from, to];
    return [Math.min(usual[0], from ?? usual[0]), Math.max(usual[1], to ?? usual[1])];
  }

  paint() {
    const { context, width, height } = canvasOf(this.canvas);
    const range = this.range;
    if (!range || width < 20) return;
    const colour = palette();
    const bins = binned(this.incidents, this.rows, range[0], range[1], Math.floor(width / NARROWEST_BIN));
    this.bins = bins;
    const place = (/** @type {number} */ day) => ((day - range[0]) / (range[1] - range[0] + 1)) * width;
    this.paintChosen(context, place, height, colour);
    this.paintBars(context, bins, width, height, colour);
    context.font = "11px system-ui, sans-serif";
    context.textBaseline = "alphabetic";
    context.fillStyle = colour("muted");
    context.textAlign = "center";
    for (const [day, label] of axisMarks(range[0], range[1], Math.floor(width / LABEL))) {
      const x = place(day);
      context.fillRect(Math.round(x), height - AXIS, 1, 4);
      if (x > 26 && x < width - 32) context.fillText(label, x, height - 4);
    }
    this.tell(bins);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {(day: number) => number} place
   * @param {number} height
   * @param {(name: string) => string} colour
   */
  paintChosen(context, place, height, colour) {
    const [from, to] = this.drag ?? this.days;
    if (from == null && to == null) return;
    const left = from == null ? 0 : place(from);
    const right = to == null ? this.canvas.clientWidth : place(to + 1);
    context.fillStyle = colour("chosen");
    context.fillRect(left, 0, Math.max(2, right - left), height - AXIS);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Bins} bins
   * @param {number} width
   * @param {number} height
   * @param {(name: string) => string} colour
   */
  paintBars(context, { known, spread }, width, height, colour) {
    let most = 1;
    known.forEach((count, bin) => { most = Math.max(most, count + spread[bin]); });
    const [step, room] = [width / known.length, height - AXIS - TOP];
    const bar = Math.max(1, step - (step > 5 ? 1 : 0.3));
    for (let bin = 0; bin < known.length; bin += 1) {
      const [solid, light] = [(known[bin] / most) * room, (spread[bin] / most) * room];
      context.fillStyle = colour("mark");
      context.fillRect(bin * step, height - AXIS - solid, bar, solid);
      context.fillStyle = colour("interval");
      context.fillRect(bin * step, height - AXIS - solid - light, bar, light);
    }
    context.fillStyle = colour("line");
    context.fillRect(0, height - AXIS, width, 1);
  }

  /** @param {Bins} bins */
  tell({ per, known, spread, earlier, later, undated }) {
    let peak = 0;
    known.forEach((count, bin) => { peak = Math.max(peak, count + spread[bin]); });
    const outside = [
      [earlier, "earlier"], [later, "later"], [undated, "without a date"],
    ].filter(([count]) => count).map(([count, words]) => `${grouped(Number(count))} ${words}`);
    const unit = per <= 1 ? "a day" : `${per.toFixed(per < 10 ? 1 : 0)} days`;
    this.note.textContent = `highest bar: ${grouped(Math.round(peak * 10) / 10)} in ${unit}${outside.length ? ` · not drawn: ${outside.join(", ")}` : ""}`;
  }

  /**
   * @param {number} x
   * @returns {number | null}
   */
  dayAt(x) {
    const range = this.range;
    if (!range) return null;
    const share = Math.max(0, Math.min(0.999999, x / this.canvas.clientWidth));
    return Math.floor(range[0] + share * (range[1] - range[0] + 1));
  }

  listen() {
    let start = /** @type {number | null} */ (null);
    this.canvas.addEventListener("pointerdown", (event) => {
      start = event.offsetX;
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      const day = this.dayAt(event.offsetX);
      this.canvas.title = day == null ? "" : isoOf(day);
      if (start == null) return;
      this.drag = this.between(start, event.offsetX);
      this.paint();
    });
    this.canvas.addEventListener("pointerup", (event) => {
      if (start == null) return;
      const days = Math.abs(event.offsetX - start) < 4 ? null : this.between(start, event.offsetX);
      start = null;
      this.drag = null;
      this.choose(days?.[0] ?? null, days?.[1] ?? null);
    });
  }

  /**
   * @param {number} one
   * @param {number} other
   * @returns {[number, number] | null}
   */
  between(one, other) {
    const [from, to] = [this.dayAt(Math.min(one, other)), this.dayAt(Math.max(one, other))];
    return from == null || to == null ? null : [from, to];
  }
}
