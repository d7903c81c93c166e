import assert from "node:assert/strict";
import test from "node:test";

import { fallsWithin, folded, noFilters, ordered, select } from "../src/selection.js";
import { incidents } from "./incidents.js";

const held = incidents(
  { event_type: "drone_attack", country: "SYR", place_name: "Dayr az Zawr", date_earliest: 10, date_latest: 10, killed_best: 3, latitude: 35, longitude: 40 },
  { event_type: "airstrike", country: "SYR", perpetrators: ["Army"], date_earliest: 8, date_latest: 12, source_count: 2, conflicts: 1 },
  { event_type: "airstrike", country: "IRQ", claimed_by: ["Résistance"], weapons: ["drone"], background: 1 },
);
const chosen = (changes) => select(held, { ...noFilters(), ...changes }).selected;

test("background is left out unless it is asked for", () => {
  assert.deepEqual(chosen({}), [0, 1]);
  assert.deepEqual(chosen({ background: true }), [0, 1, 2]);
});

test("each filter by itself", () => {
  assert.deepEqual(chosen({ type: "airstrike" }), [1]);
  assert.deepEqual(chosen({ country: "IRQ", background: true }), [2]);
  assert.deepEqual(chosen({ by: "Army" }), [1]);
  assert.deepEqual(chosen({ claimed: "Résistance", background: true }), [2]);
  assert.deepEqual(chosen({ weapon: "drone", background: true }), [2]);
  assert.deepEqual(chosen({ several: true }), [1]);
  assert.deepEqual(chosen({ differ: true }), [1]);
  assert.deepEqual(chosen({ box: [34, 39, 36, 41] }), [0]);
  assert.deepEqual(chosen({ box: [35, 40, 35, 40] }), [0]);
  assert.deepEqual(chosen({ precision: "country" }), []);
});

test("a word that no incident has finds none", () => {
  assert.deepEqual(chosen({ type: "nothing of the kind" }), []);
  assert.deepEqual(chosen({ q: "nothing" }), []);
});

test("words are sought without case and accents, in every field, all of them", () => {
  assert.deepEqual(chosen({ q: "drone zawr" }), [0]);
  assert.deepEqual(chosen({ q: "RESISTANCE", background: true }), [2]);
  assert.deepEqual(chosen({ q: "drone army" }), []);
  assert.equal(folded("Ürümqi Émile"), "urumqi emile");
});

test("days: may be within, surely within, and what has none", () => {
  assert.deepEqual(chosen({ from: 10, to: 11 }), [0, 1]);
  assert.deepEqual(chosen({ from: 10, to: 11, days: "surely" }), [0]);
  assert.deepEqual(chosen({ from: 13, background: true }), []);
  assert.deepEqual(select(held, { ...noFilters(), from: 11 }), { base: [0, 1], selected: [1] });
});

test("surely within implies may be within", () => {
  for (let earliest = 0; earliest < 6; earliest += 1) {
    for (let latest = earliest; latest < 6; latest += 1) {
      for (const [from, to] of [[1, 3], [null, 2], [2, null], [4, 4]]) {
        const surely = fallsWithin(earliest, latest, from, to, true);
        assert.ok(!surely || fallsWithin(earliest, latest, from, to, false));
      }
    }
  }
  assert.equal(fallsWithin(null, null, null, null, false), false);
});

test("orders put what is not known last", () => {
  const all = [0, 1, 2];
  assert.deepEqual(ordered(held, all, "newest"), [1, 0, 2]);
  assert.deepEqual(ordered(held, all, "oldest"), [0, 1, 2]);
  assert.deepEqual(ordered(held, all, "killed"), [0, 1, 2]);
  assert.deepEqual(ordered(held, all, "no such order"), [1, 0, 2]);
});
