"""The map of a page as an SVG picture, drawn without a browser: for a document, a slide, a printed page."""

import gzip
import html
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.page.database import shown
from pipeline.page.document import world
from pipeline.page.files import replacing
from pipeline.page.selection import PageSelection
from pipeline.page.towns import Town, towns

WIDTH, HEIGHT = 1_200, 760
_FOOT = 44
_MARGIN = 60
_EARTH_KM = 40_075
_FARTHEST = 85.0
_NARROWEST = 0.004
"""Of the world's width: no closer than a district."""

_VAGUE_KM = {"admin1": 60, "region": 100, "sea": 60}
_NO_POINT = ("country", "unknown")
_CELL = 24
_TOWNS_PER_PIXEL = 1 / 12_000
_LETTER = 6.2
_FINEST = 0.8
"""Pixels between the points of a line."""

_STYLE = (
    "text{font:11px system-ui,'Segoe UI','Noto Sans',sans-serif;fill:#6c665a}"
    ".land{fill:#fcfbf8;stroke:#b4bec6}.border{fill:none;stroke:#d3cdbf;stroke-width:.8}"
    ".point{fill:#a8242e;stroke:#fcfbf8;stroke-width:1.5}"
    ".area{fill:#a8242e;fill-opacity:.11;stroke:#a8242e;stroke-width:1.5;stroke-dasharray:4 3}"
    ".areas{fill:#fff;fill-opacity:.9;stroke:#a8242e;stroke-width:1.5;stroke-dasharray:4 3}"
    ".number{font-weight:600;fill:#fff;text-anchor:middle}.vague{fill:#8a1922}.foot{fill:#1a1d21}"
)

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where an incident is, in degrees, and how exactly that is known."""

    latitude: float
    longitude: float
    precision: str


@dataclass(frozen=True)
class Mark:
    """One or more incidents at a place of the picture; those whose place is an area are never in a mark with points."""

    x: float
    y: float
    count: int
    is_area: bool
    reach: float
    """Of an area, in pixels."""

    @property
    def radius(self) -> float:
        """Of what is drawn."""
        return 5.5 if self.count == 1 else min(26.0, 7 + 2.3 * math.log2(self.count))


@dataclass(frozen=True)
class View:
    """What the picture shows: its middle on a Mercator map of width 1, and how many pixels that width takes."""

    x: float
    y: float
    scale: float

    def place(self, latitude: float, longitude: float) -> Point:
        """Return where a place of the world is in the picture."""
        east, south = _mercator(latitude, longitude)
        return (east - self.x) * self.scale + WIDTH / 2, (south - self.y) * self.scale + HEIGHT / 2


def write_map(database: Path, output: Path, selection: PageSelection) -> int:
    """Write the map of a database's incidents; return how many have no point and are counted below it."""
    with shown(database, selection) as incidents:
        rows = [(row["latitude"], row["longitude"], row["geo_precision"]) for row in incidents.incidents()]
    places = [Place(lat, lon, precision) for lat, lon, precision in rows if lat is not None]
    places = [place for place in places if place.precision not in _NO_POINT]
    missing = Counter(precision for lat, _, precision in rows if lat is None or precision in _NO_POINT)
    with replacing(output) as file:
        file.write(map_of(places, missing).encode())
    return missing.total()


def map_of(places: Sequence[Place], missing: Mapping[str, int]) -> str:
    """Return the picture of places; `missing` counts the incidents without a point by their `geo_precision`."""
    view = fitting(places)
    marks = marks_of(places, view)
    near = towns((place.latitude, place.longitude) for place in places)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + _FOOT}" '
            f'width="{WIDTH}" height="{HEIGHT + _FOOT}" role="img"><title>Map of incidents</title>'
            f'<style>{_STYLE}</style><clipPath id="frame"><path d="M0 0H{WIDTH}V{HEIGHT}H0Z"/></clipPath>'
            f'<g clip-path="url(#frame)"><path fill="#e8eef3" d="M0 0H{WIDTH}V{HEIGHT}H0Z"/>',
            *_lines(view),
            *(_area(mark) for mark in marks if mark.is_area),
            *_labels(near, view, marks),
            *(_dot(mark) for mark in marks if not mark.is_area),
            "</g>",
            *_foot(len(places), missing),
            "</svg>\n",
        )
    )


def fitting(places: Iterable[Place]) -> View:
    """Return the view of all places; of the world where there is none."""
    points = [_mercator(place.latitude, place.longitude) for place in places]
    if not points:
        return View(0.5, 0.42, WIDTH)
    east, south = [point[0] for point in points], [point[1] for point in points]
    scale = min(
        (WIDTH - 2 * _MARGIN) / max(max(east) - min(east), _NARROWEST),
        (HEIGHT - 2 * _MARGIN) / max(max(south) - min(south), _NARROWEST),
    )
    return View((min(east) + max(east)) / 2, (min(south) + max(south)) / 2, max(scale, float(WIDTH)))


def marks_of(places: Iterable[Place], view: View) -> list[Mark]:
    """Return the marks of places, the largest last. Marks of one kind do not overlap."""
    cells: dict[tuple[bool, int, int], list[tuple[float, float, float]]] = {}
    for place in places:
        x, y = view.place(place.latitude, place.longitude)
        km = _VAGUE_KM.get(place.precision, 0)
        reach = km / _EARTH_KM / math.cos(math.radians(place.latitude)) * view.scale
        cells.setdefault((km > 0, int(x // _CELL), int(y // _CELL)), []).append((x, y, reach))
    marks = [
        Mark(_mean(at[0] for at in found), _mean(at[1] for at in found), len(found), area, max(at[2] for at in found))
        for (area, _, _), found in cells.items()
    ]
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (-mark.count, mark.x, mark.y)):
        into = next((number for number, other in enumerate(kept) if _touch(mark, other)), None)
        if into is None:
            kept.append(mark)
        else:
            other = kept[into]
            kept[into] = Mark(other.x, other.y, other.count + mark.count, other.is_area, other.reach)
    return kept[::-1]


def _touch(one: Mark, other: Mark) -> bool:
    return one.is_area == other.is_area and math.dist((one.x, one.y), (other.x, other.y)) < one.radius + other.radius


def _mean(numbers: Iterable[float]) -> float:
    held = list(numbers)
    return sum(held) / len(held)


def _mercator(latitude: float, longitude: float) -> Point:
    bounded = math.radians(max(-_FARTHEST, min(_FARTHEST, latitude)))
    return longitude / 360 + 0.5, 0.5 - math.log(math.tan(math.pi / 4 + bounded / 2)) / (2 * math.pi)


def _lines(view: View) -> Iterator[str]:
    base: dict[str, Any] = json.loads(gzip.decompress(world()))
    for kind, name, end in (("land", "land", "Z"), ("borders", "border", "")):
        paths = (_path(steps, base["step"], view) for steps in base[kind])
        yield f'<path class="{name}" fill-rule="evenodd" d="{"".join(path + end for path in paths if path)}"/>'


def _path(steps: Sequence[int], step: float, view: View) -> str:
    """Return a line as SVG writes it; nothing for one that is not in the picture."""
    x = y = 0
    points: list[Point] = []
    for at in range(0, len(steps), 2):
        x, y = x + steps[at], y + steps[at + 1]
        points.append(view.place(y * step, x * step))
    east, south = [point[0] for point in points], [point[1] for point in points]
    if max(east) < 0 or min(east) > WIDTH or max(south) < 0 or min(south) > HEIGHT:
        return ""
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in _thinned(points))


def _thinned(points: Sequence[Point]) -> Iterator[Point]:
    """Yield the points that are farther from the one before than a picture shows, and the last."""
    last = (math.inf, math.inf)
    for point in points:
        if max(abs(point[0] - last[0]), abs(point[1] - last[1])) >= _FINEST or point is points[-1]:
            last = point
            yield point


def _labels(near: Iterable[Town], view: View, marks: Iterable[Mark]) -> Iterator[str]:
    taken = [(m.x - m.radius - 3, m.y - m.radius - 3, m.x + m.radius + 3, m.y + m.radius + 3) for m in marks]
    left = int(WIDTH * HEIGHT * _TOWNS_PER_PIXEL)
    for town in near:
        x, y = view.place(town.latitude, town.longitude)
        box = (x - 3, y - 8, x + 8 + _LETTER * len(town.name), y + 8)
        is_free = all(box[0] > b[2] or b[0] > box[2] or box[1] > b[3] or b[1] > box[3] for b in taken)
        if not (x > 4 and 8 < y < HEIGHT - 8 and box[2] < WIDTH and is_free):
            continue
        taken.append(box)
        left -= 1
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.2" fill="#6c665a"/>'
            f'<text x="{x + 5:.1f}" y="{y + 4:.1f}">{html.escape(town.name)}</text>'
        )
        if left == 0:
            return


def _area(mark: Mark) -> str:
    if mark.count == 1:
        return f'<circle class="area" cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{max(mark.radius + 3, mark.reach):.1f}"/>'
    return f'<circle class="areas" cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.radius:.1f}"/>{_number(mark, " vague")}'


def _dot(mark: Mark) -> str:
    number = _number(mark, "") if mark.count > 1 else ""
    return f'<circle class="point" cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.radius:.1f}"/>{number}'


def _number(mark: Mark, more: str) -> str:
    return f'<text class="number{more}" x="{mark.x:.1f}" y="{mark.y + 4:.1f}">{mark.count:,}</text>'


def _foot(drawn: int, missing: Mapping[str, int]) -> Iterator[str]:
    told = {"country": "known to the country only", "unknown": "with no place"}
    left_out = ", ".join(
        f"{count:,} {told.get(name, f'without a point ({name})')}" for name, count in sorted(missing.items())
    )
    yield (
        f'<circle class="point" cx="12" cy="{HEIGHT + 14}" r="5.5"/><text x="22" y="{HEIGHT + 18}">site or town</text>'
        f'<circle class="area" cx="106" cy="{HEIGHT + 14}" r="6"/>'
        f'<text x="118" y="{HEIGHT + 18}">somewhere within</text>'
        f'<text class="foot" x="230" y="{HEIGHT + 18}">{drawn:,} incidents drawn'
        f"{'; not drawn: ' + left_out if left_out else ''}</text>"
        f'<text x="8" y="{HEIGHT + 36}">Lines: Natural Earth 4.1, as it draws them; no position is taken on borders. '
        "Towns: GeoNames, CC BY 4.0.</text>"
    )
