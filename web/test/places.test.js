import assert from "node:assert/strict";
import test from "node:test";

import { bounded, fitting, seen, zoomed } from "../src/camera.js";
import { eastOf, southOf, widthOf } from "../src/mercator.js";
import { kindOf, marksOf, withoutPoint } from "../src/places.js";
import { incidents } from "./incidents.js";

const SIZE = { width: 800, height: 500 };

test("a country is never drawn as a point", () => {
  const held = incidents(
    { geo_precision: "exact", latitude: 1, longitude: 1 }, { geo_precision: "locality", latitude: 1, longitude: 1 },
    { geo_precision: "region", latitude: 1, longitude: 1 }, { geo_precision: "admin1" }, { geo_precision: "country", latitude: 1, longitude: 1 }, {},
  );
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((row) => kindOf(held, row)), ["point", "point", "area", "none", "none", "none"]);
  assert.deepEqual([...withoutPoint(held, [0, 1, 2, 3, 4, 5])], [["admin1", [3]], ["country", [4]], ["unknown", [5]]]);
});

test("marks hold every incident once, and marks of a kind do not overlap", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const places = Array.from({ length: 3_000 }, (_, row) => ({ row, x: random() * 900, y: random() * 500, kind: row % 5 ? "point" : "area" }));
  const marks = marksOf(places);
  assert.deepEqual(marks.flatMap(({ rows }) => rows).sort((a, b) => a - b), places.map(({ row }) => row));
  for (const mark of marks) assert.equal(new Set(mark.rows.map((row) => places[row].kind)).size, 1);
  for (const one of marks) {
    for (const other of marks) {
      const apart = Math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius;
      assert.ok(one === other || one.kind !== other.kind || apart);
    }
  }
  assert.ok(marks.length > 10);
});

test("two places far apart are two marks, two in one spot are one", () => {
  const at = (row, x) => ({ row, x, y: 5, kind: "point" });
  assert.equal(marksOf([at(0, 5), at(1, 300)]).length, 2);
  assert.deepEqual(marksOf([at(0, 5), at(1, 6)])[0].rows.sort(), [0, 1]);
});

test("the map's projection", () => {
  assert.equal(eastOf(0), 0.5);
  assert.ok(Math.abs(southOf(0) - 0.5) < 1e-12);
  assert.ok(southOf(40) < southOf(10));
  assert.ok(Number.isFinite(southOf(90)) && Number.isFinite(widthOf(50, 90)));
});

test("a view that fits all points shows all of them", () => {
  const points = [{ latitude: 34, longitude: 36 }, { latitude: -4, longitude: 39 }, { latitude: 50, longitude: -3 }];
  const [south, west, north, east] = seen(fitting(points, SIZE), SIZE);
  for (const { latitude, longitude } of points) {
    assert.ok(latitude > south && latitude < north && longitude > west && longitude < east);
  }
  assert.ok(Number.isFinite(fitting([], SIZE).scale));
});

test("a zoom leaves what is under the pointer where it is", () => {
  const camera = { x: 0.6, y: 0.4, scale: 4_000 };
  const next = zoomed(camera, SIZE, 2, 100, 80);
  assert.ok(Math.abs(camera.x + (100 - 400) / camera.scale - (next.x + (100 - 400) / next.scale)) < 1e-12);
  assert.ok(Math.abs(camera.y + (80 - 250) / camera.scale - (next.y + (80 - 250) / next.scale)) < 1e-12);
  assert.ok(bounded({ x: 9, y: 9, scale: 1e12 }, SIZE).scale < 1e7);
});
