/** Drawing the map: land, lines, towns, and the marks of the incidents. */

import { grouped } from "./sums.js";
import { VAGUE_KM } from "./places.js";
import { eastOf, southOf, widthOf } from "./mercator.js";

/** @typedef {import("./places.js").Mark} Mark */
/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./camera.js").Size} Size */
/** @typedef {(name: string) => string} Palette */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ land: Path2D, borders: Path2D }} paths
 * @param {Camera} camera
 * @param {Size} size
 * @param {Palette} colour
 */
export function drawLand(context, paths, camera, size, colour) {
  context.save();
  context.translate(size.width / 2, size.height / 2);
  context.scale(camera.scale, camera.scale);
  context.translate(-camera.x, -camera.y);
  context.fillStyle = colour("land");
  context.fill(paths.land, "evenodd");
  context.lineJoin = "round";
  context.lineWidth = 1 / camera.scale;
  context.strokeStyle = colour("coast");
  context.stroke(paths.land);
  context.lineWidth = 0.8 / camera.scale;
  context.strokeStyle = colour("border");
  context.stroke(paths.borders);
  context.restore();
}

/**
 * Name towns, the largest first, where neither a mark nor another name is.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./model.js").Town[]} towns
 * @param {Camera} camera
 * @param {Size} size
 * @param {Mark[]} marks
 * @param {Palette} colour
 */
export function drawTowns(context, towns, camera, size, marks, colour) {
  const taken = marks.map(({ x, y, radius }) => [x - radius - 3, y - radius - 3, x + radius + 3, y + radius + 3]);
  const most = (size.width * size.height) / 11_000;
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "left";
  context.textBaseline = "middle";
  let shown = 0;
  for (const [name, latitude, longitude] of towns) {
    if (shown >= most) return;
    const x = (eastOf(longitude) - camera.x) * camera.scale + size.width / 2;
    const y = (southOf(latitude) - camera.y) * camera.scale + size.height / 2;
    if (x < 4 || y < 8 || x > size.width - 20 || y > size.height - 8) continue;
    const box = [x - 3, y - 8, x + 8 + context.measureText(name).width, y + 8];
    if (box[2] > size.width || taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    shown += 1;
    context.fillStyle = colour("town");
    context.fillRect(x - 1, y - 1, 2, 2);
    context.lineWidth = 3;
    context.strokeStyle = colour("land");
    context.strokeText(name, x + 5, y);
    context.fillText(name, x + 5, y);
  }
}

/**
 * @param {number[]} one left, top, right, bottom
 * @param {number[]} other
 */
function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./model.js").Incidents} incidents
 * @param {Mark[]} marks
 * @param {Camera} camera
 * @param {Palette} colour
 */
export function drawAreas(context, incidents, marks, camera, colour) {
  for (const mark of marks.filter(({ kind }) => kind === "area")) drawArea(context, incidents, mark, camera, colour);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark[]} marks
 * @param {Palette} colour
 */
export function drawPoints(context, marks, colour) {
  for (const mark of marks.filter(({ kind }) => kind === "point")) {
    disc(context, mark.x, mark.y, mark.radius);
    context.fillStyle = colour("mark");
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = colour("land");
    context.stroke();
    if (mark.rows.length > 1) number(context, mark, colour("on-mark"));
  }
}

/**
 * A disc with a dashed edge: somewhere within, or near. One incident has a disc of some kilometres, several have one
 * with their number in it.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./model.js").Incidents} incidents
 * @param {Mark} mark
 * @param {Camera} camera
 * @param {Palette} colour
 */
function drawArea(context, { words, columns }, mark, camera, colour) {
  const row = mark.rows[0];
  const km = VAGUE_KM.get(words[columns.geo_precision[row]]) ?? 0;
  const wide = widthOf(km, columns.latitude[row] ?? 0) * camera.scale;
  const radius = mark.rows.length > 1 ? mark.radius : Math.max(mark.radius + 3, wide);
  disc(context, mark.x, mark.y, radius);
  context.fillStyle = colour(mark.rows.length > 1 ? "area-many" : "area");
  context.fill();
  context.setLineDash([4, 3]);
  context.lineWidth = 1.5;
  context.strokeStyle = colour("mark");
  context.stroke();
  context.setLineDash([]);
  if (mark.rows.length > 1) number(context, mark, colour("area-number"));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {string} colour
 */
function number(context, mark, colour) {
  const count = mark.rows.length;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = "600 11px system-ui, sans-serif";
  context.fillStyle = colour;
  context.fillText(count > 9_999 ? `${Math.round(count / 1_000)}k` : grouped(count), mark.x, mark.y + 0.5);
}
