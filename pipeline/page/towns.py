"""The towns that a map names: the world's largest, and those near the incidents, from the shipped gazetteer."""

import gzip
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pipeline.knowledge.tables import DATA

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
    found = sorted(_rows(), key=lambda row: (-row[0], row[1]))
    return tuple(town for _, town in found)


def _rows() -> Iterator[tuple[int, Town]]:
    packed = (DATA / "gazetteer.tsv.gz").read_bytes()
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        if line.startswith("city\t"):
            _, name, _, _, _, latitude, longitude, population, _ = line.split("\t")
            if population.isdigit() and int(population):
                yield int(population), Town(name, float(latitude), float(longitude))
