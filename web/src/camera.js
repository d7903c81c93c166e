/** Which part of the map is seen: its middle on the map (0 to 1), and the pixels that the world's width takes. */

import { eastOf, southOf } from "./mercator.js";

/** @typedef {{ x: number, y: number, scale: number }} Camera */
/** @typedef {{ width: number, height: number }} Size */

const CLOSEST = 4_000_000;
const MARGIN = 60;

/**
 * @param {Camera} camera
 * @param {Size} size
 * @returns {Camera} with the world's edges not far inside the view
 */
export function bounded({ x, y, scale }, size) {
  const kept = Math.max(size.width / 1.6, size.height / 2, Math.min(CLOSEST, scale));
  return { x: Math.max(0, Math.min(1, x)), y: Math.max(0.02, Math.min(0.98, y)), scale: kept };
}

/**
 * The camera that sees all points, no closer than a district.
 * @param {{ latitude: number, longitude: number }[]} points
 * @param {Size} size
 * @returns {Camera}
 */
export function fitting(points, size) {
  if (!points.length) return bounded({ x: 0.6, y: 0.42, scale: size.width * 1.2 }, size);
  let [west, east, north, south] = [1, 0, 1, 0];
  for (const { latitude, longitude } of points) {
    const [x, y] = [eastOf(longitude), southOf(latitude)];
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [north, south] = [Math.min(north, y), Math.max(south, y)];
  }
  const scale = Math.min(
    (size.width - 2 * MARGIN) / Math.max(east - west, 0.004),
    (size.height - 2 * MARGIN) / Math.max(south - north, 0.004),
  );
  return bounded({ x: (west + east) / 2, y: (north + south) / 2, scale }, size);
}

/**
 * The camera after a zoom that leaves what is at a place on the screen where it is.
 * @param {Camera} camera
 * @param {Size} size
 * @param {number} factor
 * @param {number} atX
 * @param {number} atY
 * @returns {Camera}
 */
export function zoomed(camera, size, factor, atX, atY) {
  const next = bounded({ ...camera, scale: camera.scale * factor }, size);
  const shift = 1 / camera.scale - 1 / next.scale;
  const [x, y] = [camera.x + (atX - size.width / 2) * shift, camera.y + (atY - size.height / 2) * shift];
  return bounded({ x, y, scale: next.scale }, size);
}

/**
 * Latitudes and longitudes of the edges of what is seen.
 * @param {Camera} camera
 * @param {Size} size
 * @returns {import("./selection.js").Box}
 */
export function seen({ x, y, scale }, { width, height }) {
  const longitude = (/** @type {number} */ east) => Math.max(-180, Math.min(180, (east - 0.5) * 360));
  const latitude = (/** @type {number} */ south) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - south) * 2 * Math.PI)) - 90;
  const [right, down] = [width / 2 / scale, height / 2 / scale];
  const box = [latitude(y + down), longitude(x - right), latitude(y - down), longitude(x + right)];
  return /** @type {import("./selection.js").Box} */ (box.map((degrees) => Number(degrees.toFixed(3))));
}
