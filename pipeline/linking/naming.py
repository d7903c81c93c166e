"""What incidents are called after a run: as they were, for as long as any of their reports goes on.

Linking derives an incident anew from all its reports, whatever came before. Here it is given the id that it is known
by. An incident that has reports of a known one, or what took their place (`continuation`), takes over its id: the one
that it has most reports of, where several have become one; and where one has become several, the one with most of its
reports. Any other incident is named after its reports, the one published first coming first: by an id that was in use
before if there is one (what a ruling had put together is called again as it was when the ruling is taken out), else by
the first that no other incident has.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from pipeline.records.identity import incident_id


class Shared(NamedTuple):
    """That so many reports of the incident `found` now were in, or have taken the place of such in, `known`.

    `is_dropped` tells that an analyst has ruled that what was found is no incident: others take a name before it does.
    """

    found: str
    known: str
    reports: int
    is_dropped: bool = False


def inherited(shared: Iterable[Shared]) -> dict[str, str]:
    """Return the ids that incidents take over from known ones, by those that linking derives."""
    names: dict[str, str] = {}
    given: set[str] = set()
    for each in sorted(
        shared, key=lambda one: (one.is_dropped, -one.reports, one.found != one.known, one.known, one.found)
    ):
        if each.found not in names and each.known not in given:
            names[each.found] = each.known
            given.add(each.known)
    return names


def newly_named(
    founders: Mapping[str, Sequence[str]], taken: AbstractSet[str], once_used: AbstractSet[str]
) -> dict[str, str]:
    """Return the ids of incidents that take over none, by those that linking derives.

    `founders` are, for each, the mentions that it can be named after, the best first. `taken` are the ids of other
    incidents; `once_used` are ids that incidents had at some time.
    """
    names: dict[str, str] = {}
    given = set(taken)
    for found in sorted(founders):
        names[found] = _new_name(founders[found], given, once_used)
        given.add(names[found])
    return names


def _new_name(founders: Sequence[str], given: AbstractSet[str], once_used: AbstractSet[str]) -> str:
    free = [name for name in map(incident_id, founders) if name not in given]
    if free:
        return next((name for name in free if name in once_used), free[0])
    name = incident_id(founders[0])
    while name in given:  # all of its reports have given their names to others
        name = incident_id(name)
    return name
