/** Which incidents the filters leave, and in which order they are listed. */

/** @typedef {import("./model.js").Incidents} Incidents */
/** @typedef {import("./model.js").Columns} Columns */

/** @typedef {[number, number, number, number]} Box south, west, north and east, in degrees, edges included */

/**
 * @typedef {object} Filters
 * @property {string} q words that have to be in the fields
 * @property {string} type
 * @property {string} country
 * @property {string} by
 * @property {string} claimed
 * @property {string} weapon
 * @property {string} precision how exact the place is
 * @property {Box | null} box
 * @property {boolean} several two publishers or more
 * @property {boolean} differ the reports disagree
 * @property {boolean} background with those told as older context
 * @property {"may" | "surely"} days whether the interval may, or has to, fall within the days
 * @property {number | null} from
 * @property {number | null} to
 * @property {string} sort
 */

/** @returns {Filters} */
export function noFilters() {
  return {
    q: "", type: "", country: "", by: "", claimed: "", weapon: "", precision: "", box: null, several: false, differ: false,
    background: false, days: "may", from: null, to: null, sort: "newest",
  };
}

/** @type {(keyof Columns)[]} */
const SEARCHED = ["event_type", "place_name", "facility", "admin1", "country"];
/** @type {(keyof Columns)[]} */
const SEARCHED_LISTS = ["perpetrators", "targets", "claimed_by"];

/**
 * The incidents that pass all filters but the days', and those of them that pass the days' too.
 * @param {Incidents} incidents
 * @param {Filters} filters
 * @returns {{ base: number[], selected: number[] }}
 */
export function select(incidents, filters) {
  const tests = testsOf(incidents, filters);
  const base = [];
  for (let row = 0; row < incidents.count; row += 1) {
    if (tests.every((test) => test(row))) base.push(row);
  }
  const { from, to } = filters;
  if (from == null && to == null) return { base, selected: base };
  const { date_earliest: earliest, date_latest: latest } = incidents.columns;
  const surely = filters.days === "surely";
  return { base, selected: base.filter((row) => fallsWithin(earliest[row], latest[row], from, to, surely)) };
}

/**
 * Whether an interval of days may, or surely does, lie within others. One that is not known does neither.
 * @param {number | null} earliest
 * @param {number | null} latest
 * @param {number | null} from
 * @param {number | null} to
 * @param {boolean} surely
 */
export function fallsWithin(earliest, latest, from, to, surely) {
  if (earliest == null || latest == null) return false;
  const [first, last] = surely ? [earliest, latest] : [latest, earliest];
  return (from == null || first >= from) && (to == null || last <= to);
}

/**
 * @param {Incidents} incidents
 * @param {Filters} filters
 * @returns {((row: number) => boolean)[]}
 */
function testsOf({ words, columns, count }, filters) {
  const tests = /** @type {((row: number) => boolean)[]} */ ([]);
  const code = (/** @type {string} */ word) => words.indexOf(word);
  if (!filters.background) tests.push((row) => !columns.background[row]);
  if (filters.several) tests.push((row) => columns.source_count[row] > 1);
  if (filters.differ) tests.push((row) => columns.conflicts[row] > 0);
  const is = (/** @type {string} */ word, /** @type {number[]} */ column) => {
    const wanted = code(word);
    if (word) tests.push((row) => column[row] === wanted);
  };
  const has = (/** @type {string} */ word, /** @type {number[][]} */ column) => {
    const wanted = code(word);
    if (word) tests.push((row) => column[row].includes(wanted));
  };
  is(filters.type, columns.event_type);
  is(filters.country, columns.country);
  is(filters.precision, columns.geo_precision);
  has(filters.by, columns.perpetrators);
  has(filters.claimed, columns.claimed_by);
  if (filters.weapon) {
    const wanted = code(filters.weapon);
    tests.push((row) => columns.weapons[row].some(([weapon]) => weapon === wanted));
  }
  if (filters.box) tests.push(boxTest(columns, filters.box));
  for (const word of folded(filters.q).split(/\s+/).filter(Boolean)) tests.push(wordTest(words, columns, count, word));
  return tests;
}

/**
 * @param {Columns} columns
 * @param {Box} box
 * @returns {(row: number) => boolean}
 */
function boxTest({ latitude, longitude }, [south, west, north, east]) {
  return (row) => {
    const [lat, lon] = [latitude[row], longitude[row]];
    return lat != null && lon != null && lat >= south && lat <= north && lon >= west && lon <= east;
  };
}

/**
 * A test for a word in any of the searched fields. The words are searched once, not the incidents.
 * @param {string[]} words
 * @param {Columns} columns
 * @param {number} count
 * @param {string} wanted
 * @returns {(row: number) => boolean}
 */
function wordTest(words, columns, count, wanted) {
  const has = new Uint8Array(words.length);
  words.forEach((word, number) => {
    if (folded(word.replaceAll("_", " ")).includes(wanted)) has[number] = 1;
  });
  const plain = SEARCHED.map((name) => /** @type {number[]} */ (columns[name]));
  const lists = SEARCHED_LISTS.map((name) => /** @type {number[][]} */ (columns[name]));
  return (row) =>
    plain.some((column) => has[column[row]]) ||
    lists.some((column) => column[row].some((number) => has[number])) ||
    columns.incident_id[row] === wanted;
}

/**
 * A text without case and accents.
 * @param {string} text
 */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @type {Record<string, { label: string, key: (columns: Columns, row: number) => number }>} */
export const SORTS = {
  newest: { label: "newest first", key: (columns, row) => -(columns.date_latest[row] ?? -1e9) },
  oldest: { label: "oldest first", key: (columns, row) => columns.date_latest[row] ?? 1e9 },
  killed: { label: "most killed first", key: (columns, row) => -(columns.killed_best[row] ?? columns.killed_low[row] ?? -1) },
  reports: { label: "most reports first", key: (columns, row) => -columns.mention_count[row] },
  unsure: { label: "least sure first", key: (columns, row) => columns.confidence[row] },
};

/**
 * @param {Incidents} incidents
 * @param {number[]} rows
 * @param {string} sort
 * @returns {number[]} a new list
 */
export function ordered({ columns, count }, rows, sort) {
  const { key } = SORTS[sort] ?? SORTS.newest;
  const keys = new Float64Array(count);
  for (const row of rows) keys[row] = key(columns, row);
  return rows.slice().sort((one, other) => keys[one] - keys[other] || one - other);
}
