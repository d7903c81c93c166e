/** Incidents over time: how many fall on known days, and how those of an interval spread. */

/** @typedef {import("./model.js").Incidents} Incidents */

/**
 * @typedef {object} Bins
 * @property {number} from the first day
 * @property {number} per days to a bin
 * @property {Float64Array} known incidents whose interval lies within the bin
 * @property {Float64Array} spread shares of incidents whose interval goes over several bins
 * @property {number} earlier
 * @property {number} later
 * @property {number} undated
 */

/**
 * @param {Incidents} incidents
 * @param {number[]} rows
 * @param {number} from
 * @param {number} to
 * @param {number} most bins
 * @returns {Bins}
 */
export function binned({ columns }, rows, from, to, most) {
  const count = Math.max(1, Math.min(to - from + 1, most));
  const per = (to - from + 1) / count;
  const bins = { from, per, known: new Float64Array(count), spread: new Float64Array(count), earlier: 0, later: 0, undated: 0 };
  for (const row of rows) {
    const earliest = columns.date_earliest[row];
    const latest = columns.date_latest[row];
    if (earliest == null || latest == null) bins.undated += 1;
    else if (latest < from) bins.earlier += 1;
    else if (earliest > to) bins.later += 1;
    else put(bins, earliest, latest);
  }
  return bins;
}

/**
 * @param {Bins} bins
 * @param {number} earliest
 * @param {number} latest
 */
function put(bins, earliest, latest) {
  const first = Math.floor((earliest - bins.from) / bins.per);
  const last = Math.floor((latest - bins.from) / bins.per);
  if (first === last) {
    bins.known[first] += 1;
    return;
  }
  const share = 1 / (last - first + 1);
  for (let bin = Math.max(0, first); bin <= Math.min(last, bins.spread.length - 1); bin += 1) bins.spread[bin] += share;
}

/**
 * The days between which most incidents lie: the middle nine tenths of them, with a little room; the whole where that
 * is not much longer. One incident of years ago would squeeze all others together.
 * @param {Incidents} incidents
 * @param {number[]} rows
 * @param {boolean} whole
 * @returns {[number, number] | null} null where none has a date
 */
export function usualDays({ columns }, rows, whole) {
  const days = [];
  let first = Infinity;
  for (const row of rows) {
    const [earliest, latest] = [columns.date_earliest[row], columns.date_latest[row]];
    if (earliest == null || latest == null) continue;
    days.push(latest);
    first = Math.min(first, earliest);
  }
  if (!days.length) return null;
  days.sort((one, other) => one - other);
  const last = days[days.length - 1];
  const low = days[Math.floor((days.length - 1) * 0.05)];
  const high = days[Math.ceil((days.length - 1) * 0.95)];
  const room = Math.max(3, Math.round((high - low) * 0.06));
  if (whole || last - first <= 2 * (high - low + 2 * room)) return [first - 1, last + 1];
  return [Math.max(first - 1, low - room), Math.min(last + 1, high + room)];
}
