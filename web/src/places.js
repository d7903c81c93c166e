/** Which incidents have a point on the map, how vague it is, and which are near enough to be one mark. */

/** @typedef {import("./model.js").Incidents} Incidents */

/** Kilometres around the middle within which a vague place is drawn: a sign that it is somewhere there, no measure. */
export const VAGUE_KM = new Map([["admin1", 60], ["region", 100], ["sea", 60]]);

/** @typedef {"point" | "area" | "none"} Kind */

/**
 * How an incident's place is drawn: as a point, as an area, or not at all: never as a point for a country.
 * @param {Incidents} incidents
 * @param {number} row
 * @returns {Kind}
 */
export function kindOf({ words, columns }, row) {
  const precision = words[columns.geo_precision[row]];
  if (columns.latitude[row] == null || precision === "country" || precision === "unknown") return "none";
  return VAGUE_KM.has(precision) ? "area" : "point";
}

/**
 * The incidents that the map cannot show, by what is known of their place.
 * @param {Incidents} incidents
 * @param {number[]} rows
 * @returns {Map<string, number[]>} rows by geo_precision
 */
export function withoutPoint(incidents, rows) {
  const found = new Map();
  for (const row of rows) {
    if (kindOf(incidents, row) !== "none") continue;
    const precision = incidents.words[incidents.columns.geo_precision[row]];
    if (!found.has(precision)) found.set(precision, []);
    found.get(precision).push(row);
  }
  return found;
}

/**
 * @typedef {object} Mark
 * @property {number} x on the screen
 * @property {number} y
 * @property {number} radius
 * @property {Kind} kind
 * @property {number[]} rows
 */

/** @param {number} count */
export function radiusOf(count) {
  return count === 1 ? 5.5 : Math.min(26, 7 + 2.3 * Math.log2(count));
}

/**
 * Put places on the screen into marks. Points and areas are never in one mark; marks of one kind do not overlap.
 * @param {{ row: number, x: number, y: number, kind: Kind }[]} places
 * @returns {Mark[]} the largest last
 */
export function marksOf(places) {
  const cells = new Map();
  for (const { row, x, y, kind } of places) {
    const key = `${kind}${Math.floor(x / CELL)},${Math.floor(y / CELL)}`;
    const cell = cells.get(key) ?? { x: 0, y: 0, kind, rows: [] };
    cell.x += x;
    cell.y += y;
    cell.rows.push(row);
    cells.set(key, cell);
  }
  const marks = [...cells.values()].map(({ x, y, kind, rows }) => {
    return { x: x / rows.length, y: y / rows.length, radius: radiusOf(rows.length), kind, rows };
  });
  let [before, kept] = [Infinity, marks];
  while (kept.length < before) {
    before = kept.length;
    kept = united(kept.sort((one, other) => other.rows.length - one.rows.length));
  }
  return kept.reverse();
}

const CELL = 24;

/**
 * Marks after each has gone into the first larger one of its kind that it touches. That makes some larger: repeat it.
 * @param {Mark[]} marks the largest first
 * @returns {Mark[]}
 */
function united(marks) {
  const kept = /** @type {Mark[]} */ ([]);
  const near = new Map();
  for (const mark of marks) {
    const into = neighbours(near, mark).find((other) => touch(mark, other));
    if (into) {
      into.rows.push(...mark.rows);
      into.radius = radiusOf(into.rows.length);
    } else {
      kept.push(mark);
      const key = squareOf(mark, 0, 0);
      if (!near.has(key)) near.set(key, []);
      near.get(key).push(mark);
    }
  }
  return kept;
}

/**
 * @param {Mark} one
 * @param {Mark} other
 */
function touch(one, other) {
  return one.kind === other.kind && Math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius;
}

const REACH = 56;

/**
 * @param {Mark} mark
 * @param {number} east
 * @param {number} south
 */
function squareOf(mark, east, south) {
  return `${Math.floor(mark.x / REACH) + east},${Math.floor(mark.y / REACH) + south}`;
}

/**
 * @param {Map<string, Mark[]>} near
 * @param {Mark} mark
 * @returns {Mark[]}
 */
function neighbours(near, mark) {
  const steps = [0, -1, 1];
  return steps.flatMap((south) => steps.flatMap((east) => near.get(squareOf(mark, east, south)) ?? []));
}
