/** The base map's lines: coasts and borders, from steps on a grid of degrees to paths on the map. */

import { eastOf, southOf } from "./mercator.js";

/** @typedef {import("./model.js").World} World */

/**
 * The points of a line on the map, x and y by turns.
 * @param {number[]} steps
 * @param {number} step degrees
 * @returns {Float64Array}
 */
export function pointsOf(steps, step) {
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
}

/**
 * @param {World} world
 * @returns {{ land: Path2D, borders: Path2D }}
 */
export function pathsOf({ land, borders, step }) {
  return { land: pathOf(land, step, true), borders: pathOf(borders, step, false) };
}

/**
 * @param {number[][]} lines
 * @param {number} step
 * @param {boolean} closed
 */
function pathOf(lines, step, closed) {
  const path = new Path2D();
  for (const steps of lines) {
    const points = pointsOf(steps, step);
    path.moveTo(points[0], points[1]);
    for (let at = 2; at < points.length; at += 2) path.lineTo(points[at], points[at + 1]);
    if (closed) path.closePath();
  }
  return path;
}
