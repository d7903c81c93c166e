import assert from "node:assert/strict";
import test from "node:test";

import { hashOf, viewOf } from "../src/address.js";
import { tomlOf } from "../src/corrections.js";
import { cellOf, csvOf, geojsonOf } from "../src/formats.js";
import { stretchesOf } from "../src/passages.js";
import { noFilters } from "../src/selection.js";
import { counts, heldOf, talliesOf } from "../src/tallies.js";
import { incidents } from "./incidents.js";

test("cells that a spreadsheet would run are made harmless, numbers stay numbers", () => {
  for (const text of ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "=cmd|' /C calc'!A0"]) assert.match(cellOf(text).replace(/^"/, ""), /^'/);
  assert.equal(cellOf(-4.5), "-4.5");
  assert.equal(cellOf('say "so", he said'), '"say ""so"", he said"');
  assert.equal(cellOf(null), "");
  assert.equal(cellOf(0), "0");
});

test("CSV: a header, a line for each incident, empty for what is not said", () => {
  const held = incidents({ event_type: "drone_attack", country: "SYR", perpetrators: ["A", "B"], killed_low: 0, date_earliest: 0, date_latest: 1 }, {});
  const [head, one, two] = csvOf(held, [0, 1]).slice(1).split("\r\n").map((line) => line.split(","));
  const cell = (cells, name) => cells[head.indexOf(name)];
  assert.deepEqual([cell(one, "perpetrators"), cell(one, "killed_low"), cell(one, "date_latest")], ["A; B", "0", "1970-01-02"]);
  assert.deepEqual([cell(two, "perpetrators"), cell(two, "killed_low"), cell(two, "date_latest")], ["", "", ""]);
});

test("GeoJSON: as many features as incidents, no geometry without a point", () => {
  const held = incidents({ latitude: 33.5, longitude: 36.25, geo_precision: "exact" }, { geo_precision: "country" });
  const { features } = JSON.parse(geojsonOf(held, [0, 1]));
  assert.deepEqual(features.map(({ geometry }) => geometry), [{ type: "Point", coordinates: [36.25, 33.5] }, null]);
  assert.deepEqual(features.map(({ id }) => id), ["i-0", "i-1"]);
});

test("the address holds the whole view", () => {
  const filters = { ...noFilters(), q: "al-Tanf & Co", type: "airstrike", several: true, days: "surely", from: 19_648, to: 19_650, box: [1.5, -2, 3, 4], precision: "country", sort: "killed" };
  const view = { filters, open: "i-1", whole: true };
  assert.deepEqual(viewOf(`#${hashOf(view)}`), view);
  assert.equal(hashOf({ filters: noFilters(), open: null, whole: false }), "");
});

test("an address that cannot be meant shows everything", () => {
  for (const hash of ["#from=never&to=2023-02-31", "#days=perhaps", "#sort=randomly", "#box=1,2", "#box=a,b,c,d", "#%", "#=&&&"]) {
    assert.deepEqual(viewOf(hash), { filters: noFilters(), open: null, whole: false });
  }
});

test("marks that overlap become stretches that do not", () => {
  const text = "🎯 a drone attack";
  const stretches = stretchesOf([text, [[5, 10, "weapons"], [5, 17, "what"]]]);
  assert.deepEqual(stretches, [
    { text: "🎯 a ", read: [] }, { text: "drone", read: ["weapons", "what"] }, { text: " attack", read: ["what"] },
  ]);
  assert.equal(stretches.map((stretch) => stretch.text).join(""), text);
});

const tally = (changes) => ({
  tally_id: "t", what: "attacks", event_type: "attack", count_low: 24, count_high: null, since: 5, until: null, perpetrators: [],
  place_name: null, country: null, source: "s", url: null, title: null, day: "1970-01-21", quotes: [], ...changes,
});

test("a total counts the incidents that surely fit all that it says", () => {
  const held = incidents(
    { event_type: "airstrike", date_earliest: 6, date_latest: 6, country: "SYR", perpetrators: ["Shield"] },
    { event_type: "airstrike", date_earliest: 4, date_latest: 6, country: "SYR" },
    { event_type: "abduction", date_earliest: 30, date_latest: 30, country: "SYR" }, { country: "SYR" },
  );
  const counted = (changes) => [0, 1, 2, 3].filter((row) => counts(held, tally(changes), row));
  assert.deepEqual(counted({}), [0]);
  assert.deepEqual(counted({ until: 40 }), [0, 2]);
  assert.deepEqual(counted({ country: "IRQ" }), []);
  assert.deepEqual(counted({ perpetrators: ["Shield"] }), [0]);
  assert.deepEqual(counted({ perpetrators: ["Others"] }), []);
  assert.deepEqual(counted({ event_type: "abduction", until: 40 }), [2]);
  assert.deepEqual(counted({ since: null }), []);
  assert.equal(heldOf(held, tally({ until: 40 })), 2);
  assert.equal(talliesOf(held, [tally({}), tally({ country: "IRQ" })], 0).length, 1);
});

test("rulings as TOML", () => {
  const text = tomlOf([
    { verdict: "merge", ids: ["i-1", "i-2"], note: 'one "blast"' }, { verdict: "drop", ids: ["i-3"] },
    { verdict: "set", ids: ["i-4"], field: "killed_best", value: "7" }, { verdict: "set", ids: ["i-4"], field: "place_name", value: "Back\\slash\nline" },
  ]);
  assert.equal(text, [
    '[[merge]]\nids = ["i-1", "i-2"]\nnote = "one \\"blast\\""\n', '[[drop]]\nid = "i-3"\n', '[[set]]\nid = "i-4"\nfield = "killed_best"\nvalue = 7\n',
    '[[set]]\nid = "i-4"\nfield = "place_name"\nvalue = "Back\\\\slash\\nline"\n',
  ].join("\n"));
});
