import assert from "node:assert/strict";
import test from "node:test";

import { rangeText, sumText, sumsOf } from "../src/sums.js";
import { incidents } from "./incidents.js";

test("a sum is a range, and counts the silent", () => {
  const held = incidents(
    { killed_low: 4, killed_high: 6 }, { killed_low: 2, killed_high: 2 }, { killed_low: 0, killed_high: 0 }, {}, { wounded_low: 3 }, { wounded_high: 5 },
  );
  const sums = sumsOf(held, [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(sums.killed, { low: 6, high: 8, open: false, silent: 3, largest: 6 });
  assert.deepEqual(sums.wounded, { low: 3, high: 8, open: true, silent: 4, largest: 5 });
  assert.equal(sumText(sums.killed), "6–8");
  assert.equal(sumText(sums.wounded), "3–8 or more");
});

test("background and series are never summed, and counted", () => {
  const held = incidents({ killed_low: 1, killed_high: 1 }, { killed_low: 50, killed_high: 50, background: 1 }, { killed_low: 7_000, killed_high: 7_000, series: 1 });
  const sums = sumsOf(held, [0, 1, 2]);
  assert.deepEqual([sums.killed.high, sums.counted, sums.background, sums.series], [1, 1, 1, 1]);
});

test("ranges in words", () => {
  assert.equal(rangeText(null, null), null);
  assert.equal(rangeText(0, 0), "0");
  assert.equal(rangeText(5, null), "5 or more");
  assert.equal(rangeText(null, 5), "up to 5");
  assert.equal(rangeText(1_000, 2_000), "1,000–2,000");
});
