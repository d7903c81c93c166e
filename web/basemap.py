"""Make the base map that the page draws: coast lines and borders, simplified, as package data.

    npm pack world-atlas@2 && tar xzf world-atlas-*.tgz
    python web/basemap.py package/countries-50m.json pipeline/page/data/world.json.gz

world-atlas is Natural Earth 4.1 (public domain) as TopoJSON (ISC). Countries are not kept, since whose a country is, is
a position: all that is left is where land meets water, and where a line is drawn between two of Natural Earth's
countries. Antarctica is left out. The same input makes the same bytes.
"""

import gzip
import heapq
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Line = list[Point]

SMALLEST_TRIANGLE = 0.0015
"""Square degrees: a point that bends its line by less than a triangle of this size is left out (some 4 km)."""

SMALLEST_ISLAND = 0.008
"""Square degrees: islands below it are left out, unless they are their country's largest piece of land."""

STEP = 0.005
"""Degrees: what coordinates are rounded to (some 500 m)."""

ANTARCTICA = "010"


def main(source: Path, target: Path) -> None:
    """Write the base map of a TopoJSON file of countries."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    target.write_bytes(packed(base_map(topology)))
    sys.stdout.write(f"{target}: {target.stat().st_size:,} bytes\n")


def base_map(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the outlines of land and the borders, each as steps of `STEP` degrees from point to point."""
    arcs = [rounded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = list(kept_rings(topology["objects"]["countries"]["geometries"], arcs))
    uses = Counter(arc if arc >= 0 else ~arc for ring in rings for arc in ring)
    coasts = [arc for ring in rings for arc in ring if uses[arc if arc >= 0 else ~arc] == 1]
    plain = [simplified(arc) for arc in arcs]
    outlines = [walked(ring, plain) for ring in chained(coasts, arcs)]
    return {
        "step": STEP,
        "land": [deltas(piece) for outline in outlines for piece in cut_at_the_edge(outline)],
        "borders": [deltas(plain[arc]) for arc in sorted(uses) if uses[arc] > 1],
    }


def rounded(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    """Return a line of TopoJSON in whole steps."""
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    x = y = 0
    line: Line = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        point = (round((x * scale_x + from_x) / STEP), round((y * scale_y + from_y) / STEP))
        if not line or line[-1] != point:
            line.append(point)
    return line if len(line) > 1 else line * 2


def kept_rings(countries: list[dict[str, Any]], arcs: list[Line]) -> Iterator[list[int]]:
    """Yield the rings that are large enough to be seen, and of each country at least one."""
    for country in countries:
        if country.get("id") == ANTARCTICA or country["type"] is None:
            continue
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        sizes = [area(walked(polygon[0], arcs)) for polygon in polygons]
        for polygon, size in zip(polygons, sizes, strict=True):
            if size == max(sizes) or size * STEP * STEP >= SMALLEST_ISLAND:
                yield from polygon


def walked(ring: list[int], arcs: list[Line]) -> Line:
    """Return the points of a ring, without the last, which is the first again."""
    return [point for arc in ring for point in oriented(arc, arcs)[:-1]]


def cut_at_the_edge(outline: Line) -> Iterator[Line]:
    """Yield an outline in pieces that do not cross the 180th meridian, where the map's edges are."""
    whole, half = round(360 / STEP), round(180 / STEP)
    unrolled: Line = []
    turns = 0
    for x, y in outline:
        if unrolled and abs(x + turns * whole - unrolled[-1][0]) > half:
            turns += 1 if x + turns * whole < unrolled[-1][0] else -1
        unrolled.append((x + turns * whole, y))
    for shift in (-whole, 0, whole):
        moved = [(x + shift, y) for x, y in unrolled]
        piece = one_side(one_side(moved, half, 1), -half, -1)
        if len(piece) > 2:
            yield piece


def one_side(outline: Line, edge: int, sign: int) -> Line:
    """Return the part of an outline that is west of an edge (`sign` 1) or east of it (-1)."""
    kept: Line = []
    for (ax, ay), (bx, by) in zip(outline[-1:] + outline[:-1], outline, strict=True):
        if ((ax - edge) * sign <= 0) != ((bx - edge) * sign <= 0):
            kept.append((edge, round(ay + (by - ay) * (edge - ax) / (bx - ax))))
        if (bx - edge) * sign <= 0:
            kept.append((bx, by))
    return kept


def oriented(arc: int, arcs: list[Line]) -> Line:
    """Return the points of a line, backwards for a negative number, as TopoJSON has it."""
    return arcs[arc] if arc >= 0 else arcs[~arc][::-1]


def area(ring: Line) -> float:
    """Return the area within a ring, in square steps."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def chained(coasts: list[int], arcs: list[Line]) -> Iterator[list[int]]:
    """Yield closed rings of coast lines: the outline of the countries' union."""
    leaving: dict[Point, list[int]] = defaultdict(list)
    for arc in reversed(coasts):
        leaving[oriented(arc, arcs)[0]].append(arc)
    for first in coasts:
        ring: list[int] = []
        at = oriented(first, arcs)[0]
        while leaving[at]:
            arc = leaving[at].pop()
            ring.append(arc)
            at = oriented(arc, arcs)[-1]
        if ring:
            yield ring


def simplified(line: Line) -> Line:
    """Return a line without the points that bend it least (Visvalingam and Whyatt); its ends stay."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    closed = line[0] == line[-1]
    left = len(line)
    heap = [(bend(line, at - 1, at, at + 1), at) for at in range(1, len(line) - 1)]
    sizes = {at: size for size, at in heap}
    heapq.heapify(heap)
    while heap and left > (4 if closed else 2):
        size, at = heapq.heappop(heap)
        if sizes.get(at) != size:
            continue
        if size * STEP * STEP > SMALLEST_TRIANGLE:
            break
        del sizes[at]
        left -= 1
        after[before[at]], before[after[at]] = after[at], before[at]
        for near in (before[at], after[at]):
            if near in sizes:
                sizes[near] = max(size, bend(line, before[near], near, after[near]))
                heapq.heappush(heap, (sizes[near], near))
    return [point for at, point in enumerate(line) if at in sizes or at in (0, len(line) - 1)]


def bend(line: Line, before: int, at: int, after: int) -> float:
    """Return the area of the triangle that a point makes with its neighbours, on the globe."""
    (ax, ay), (bx, by), (cx, cy) = line[before], line[at], line[after]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * math.cos(math.radians(by * STEP))


def deltas(line: Line) -> list[int]:
    """Return a line as its first point and the steps from there (x, y, x, y and so on)."""
    flat: list[int] = []
    x = y = 0
    for next_x, next_y in line:
        flat += [next_x - x, next_y - y]
        x, y = next_x, next_y
    return flat


def packed(content: Any) -> bytes:
    """Return content as compressed JSON, always in the same bytes."""
    return gzip.compress(json.dumps(content, separators=(",", ":")).encode(), 9, mtime=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
