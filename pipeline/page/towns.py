"""The towns that a map names: the world's largest, and those near the incidents, from the shipped gazetteer."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import pyarrow.compute as pc

from pipeline.knowledge.gazetteer import places

LARGEST = 700
NEAR = 1_300
_CELL = 1.0
"""Degrees: the side of the cells within which, and beside which, a town is near an incident."""


class Town(NamedTuple):
    """A town and where its centre is, in degrees."""

    name: str
    latitude: float
    longitude: float


def towns(points: Iterable[tuple[float, float]]) -> list[Town]:
    """Return the towns for a map of incidents at these latitudes and longitudes, the largest first."""
    near = {
        (int(latitude // _CELL) + north, int(longitude // _CELL) + east)
        for latitude, longitude in points
        for north in (-1, 0, 1)
        for east in (-1, 0, 1)
    }
    chosen: list[Town] = []
    added = 0
    for rank, town in enumerate(by_population()):
        is_near = (int(town.latitude // _CELL), int(town.longitude // _CELL)) in near
        if rank < LARGEST or (is_near and added < NEAR):
            chosen.append(town)
            added += rank >= LARGEST
    return chosen


@cache
def by_population() -> tuple[Town, ...]:
    """Return all towns whose number of inhabitants is known, the largest first."""
    order = [("population", "descending"), ("name", "ascending"), ("latitude", "ascending"), ("longitude", "ascending")]
    found = places().filter((pc.field("kind") == "city") & pc.field("population").is_valid()).sort_by(order)
    return tuple(map(Town, *(found[name].to_pylist() for name in Town._fields)))
