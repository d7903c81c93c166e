/** The base map's lines: coasts and borders, from steps on a grid of degrees to paths on the map. */

import { eastOf, southOf } from "./mercator.js";

/** @typedef {import("./model.js").World} World */

/**
 * The points of the lines on the map, x and y by turns.
 * @param {World} world
 * @returns {Float64Array[]}
 */
export function linesOf({ lines, step }) {
  return lines.map((steps) => {
    const points = new Float64Array(steps.length);
    let x = 0;
    let y = 0;
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      points[at] = eastOf(x * step);
      points[at + 1] = southOf(y * step);
    }
    return points;
  });
}

/**
 * @param {World} world
 * @returns {{ land: Path2D, coasts: Path2D, borders: Path2D }}
 */
export function pathsOf(world) {
  const lines = linesOf(world);
  const [land, coasts, borders] = [new Path2D(), new Path2D(), new Path2D()];
  for (const ring of world.land) {
    ring.forEach((line, place) => draw(land, lines, line, place === 0));
    land.closePath();
    for (const line of ring) draw(coasts, lines, line, true);
  }
  for (const line of world.borders) draw(borders, lines, line, true);
  return { land, coasts, borders };
}

/**
 * @param {Path2D} path
 * @param {Float64Array[]} lines
 * @param {number} line negative where it is walked backwards
 * @param {boolean} moves whether it begins a new stroke
 */
function draw(path, lines, line, moves) {
  const points = lines[line < 0 ? ~line : line];
  const count = points.length / 2;
  for (let step = 0; step < count; step += 1) {
    const at = 2 * (line < 0 ? count - 1 - step : step);
    if (step === 0 && moves) path.moveTo(points[at], points[at + 1]);
    else path.lineTo(points[at], points[at + 1]);
  }
}
