import assert from "node:assert/strict";
import test from "node:test";

import { axisMarks, dayOf, intervalText, isoOf, shortInterval } from "../src/days.js";
import { binned, usualDays } from "../src/timeline.js";
import { incidents } from "./incidents.js";

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

test("every incident is in a bin, in shares of bins, or counted outside", () => {
  const held = incidents(
    { date_earliest: 5, date_latest: 5 }, { date_earliest: 4, date_latest: 7 }, { date_earliest: 1, date_latest: 2 },
    { date_earliest: 30, date_latest: 31 }, {}, { date_earliest: 5, date_latest: 5 },
  );
  const bins = binned(held, [0, 1, 2, 3, 4, 5], 3, 12, 100);
  assert.deepEqual([bins.earlier, bins.later, bins.undated], [1, 1, 1]);
  assert.equal(bins.known[2], 2);
  assert.equal(total(bins.known), 2);
  assert.ok(Math.abs(total(bins.spread) - 1) < 1e-9);
});

test("an interval within one bin counts as known", () => {
  const bins = binned(incidents({ date_earliest: 0, date_latest: 3 }), [0], 0, 9, 2);
  assert.deepEqual([...bins.known], [1, 0]);
});

test("an interval that goes over the edge is drawn with the shares that are within", () => {
  const bins = binned(incidents({ date_earliest: -2, date_latest: 1 }), [0], 0, 3, 4);
  assert.deepEqual([...bins.spread], [0.25, 0.25, 0, 0]);
  assert.equal(bins.earlier, 0);
});

test("one incident of long ago does not squeeze the others, unless the whole is asked for", () => {
  const days = Array.from({ length: 40 }, (_, at) => ({ date_earliest: 10_000 + at, date_latest: 10_000 + at }));
  const held = incidents({ date_earliest: 5_000, date_latest: 5_000 }, ...days);
  const rows = [...days.keys(), days.length];
  const [from, to] = usualDays(held, rows, false);
  assert.ok(from > 9_000 && to < 11_000);
  assert.deepEqual(usualDays(held, rows, true), [4_999, 10_040]);
  assert.equal(usualDays(incidents({}), [0], false), null);
});

test("days are days of the calendar", () => {
  assert.equal(isoOf(0), "1970-01-01");
  assert.equal(dayOf("2023-10-18"), 19_648);
  for (const text of ["2023-02-30", "18.10.2023", "", "2023-10-18T00:00", "NaN"]) assert.equal(dayOf(text), null);
  for (const day of [-25_567, 0, 19_648, 50_000]) assert.equal(dayOf(isoOf(day)), day);
  assert.equal(intervalText(19_648, 19_648), "2023-10-18");
  assert.equal(shortInterval(19_648, 19_660), "2023-10-18 – 10-30");
  assert.equal(shortInterval(19_648, 20_048), "2023-10-18 – 2024-11-21");
  assert.equal(shortInterval(null, null), "no date");
});

test("an axis never has more marks than it has room for", () => {
  for (const length of [1, 5, 30, 200, 1_000, 5_000, 40_000, 400_000]) {
    for (const most of [1, 4, 9]) {
      const marks = axisMarks(19_000, 19_000 + length, most);
      assert.ok(marks.length <= most + 1, `${marks.length} marks for ${length} days and ${most}`);
      assert.ok(marks.every(([day]) => day >= 19_000 && day <= 19_000 + length));
    }
  }
});
