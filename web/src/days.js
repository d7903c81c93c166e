/** Days as whole numbers, counted from 1970-01-01 in UTC. */

const DAY_MS = 86_400_000;

/** @param {number} day */
export function isoOf(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * @param {string} text
 * @returns {number | null} null where the text is no day
 */
export function dayOf(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(milliseconds) || isoOf(milliseconds / DAY_MS) !== text ? null : milliseconds / DAY_MS;
}

/**
 * @param {number | null} earliest
 * @param {number | null} latest
 */
export function intervalText(earliest, latest) {
  if (earliest == null || latest == null) return "no date";
  return earliest === latest ? isoOf(earliest) : `${isoOf(earliest)} – ${isoOf(latest)}`;
}

/**
 * An interval for a narrow place: the second day without the year, where that is the same.
 * @param {number | null} earliest
 * @param {number | null} latest
 */
export function shortInterval(earliest, latest) {
  const text = intervalText(earliest, latest);
  return text.length > 10 && text.slice(0, 4) === text.slice(13, 17) ? `${text.slice(0, 13)}${text.slice(18)}` : text;
}

/**
 * The days at which an axis has its marks, with their labels: whole years, months, weeks or days, at most `most`.
 * @param {number} from
 * @param {number} to
 * @param {number} most
 * @returns {[number, string][]}
 */
export function axisMarks(from, to, most) {
  const days = to - from + 1;
  for (const step of [1, 2, 7, 14]) {
    if (days / step <= most) return byDays(from, to, step);
  }
  for (const months of [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]) {
    if (days / (months * 30.4) <= most) return byMonths(from, to, months);
  }
  let months = 1200;
  while (days / (months * 30.4) > most) months *= 2;
  return byMonths(from, to, months);
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} step
 * @returns {[number, string][]}
 */
function byDays(from, to, step) {
  const marks = /** @type {[number, string][]} */ ([]);
  for (let day = Math.ceil(from / step) * step; day <= to; day += step) marks.push([day, isoOf(day)]);
  return marks;
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} months
 * @returns {[number, string][]}
 */
function byMonths(from, to, months) {
  const first = new Date(from * DAY_MS);
  const marks = /** @type {[number, string][]} */ ([]);
  let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  for (; ; month += months) {
    const moment = new Date(0);
    moment.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    const day = moment.getTime() / DAY_MS;
    if (day > to) return marks;
    if (day >= from) marks.push([day, months % 12 ? isoOf(day).slice(0, 7) : isoOf(day).slice(0, 4)]);
  }
}
