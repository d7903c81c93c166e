/** Spherical Mercator: the world as a square from 0 to 1, north up. */

const RADIANS = Math.PI / 180;
const EARTH_KM = 40_075;
const FARTHEST = 85;

/** @param {number} longitude */
export function eastOf(longitude) {
  return longitude / 360 + 0.5;
}

/** @param {number} latitude */
export function southOf(latitude) {
  const bounded = Math.max(-FARTHEST, Math.min(FARTHEST, latitude));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * RADIANS) / 2)) / (2 * Math.PI);
}

/**
 * How much of the world's width so many kilometres are at a latitude.
 * @param {number} km
 * @param {number} latitude
 */
export function widthOf(km, latitude) {
  return km / EARTH_KM / Math.cos(Math.max(-FARTHEST, Math.min(FARTHEST, latitude)) * RADIANS);
}
