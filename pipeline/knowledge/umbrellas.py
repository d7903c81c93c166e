"""Which groups act under which: a front and its members are not two attackers."""

from collections.abc import Iterable
from functools import cache

from pipeline.knowledge.tables import rows

_LONGEST_CHAIN = 4


@cache
def _parents() -> dict[str, str]:
    return {row["actor_id"]: row["parent"] for row in rows("actors.csv") if row["parent"]}


def with_umbrellas(actors: Iterable[str]) -> set[str]:
    """Return actors, given by their keys in the alias table, with the groups that they act under."""
    found = set(actors)
    for _ in range(_LONGEST_CHAIN):
        above = {_parents()[actor] for actor in found if actor in _parents()}
        if above <= found:
            break
        found |= above
    return found
