"""What sentences that tell of no deed add to the incident told last: its tolls, its claims, its exact spot and day."""

import re
from collections.abc import Sequence

from pipeline.extraction.document import Document
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK, SPOT, Relation, more_specific, relate
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.days import is_precise
from pipeline.extraction.rules.statements.blame import blamed_in
from pipeline.extraction.rules.statements.claimants import claimants_of
from pipeline.extraction.rules.statements.event_place import is_elsewhere, place_told
from pipeline.extraction.rules.statements.intruders import intruders_in
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.text.span_index import within

_HAPPENED = re.compile(
    r"\b(?:incident|attack|action|assault|ambush|blast|explosion|shooting|raid|clash|violence|killings?|it) "
    r"(?:[\w-]+ ){0,3}?"
    r"(?:took place|occurred|happened|unfolded|erupted)\b",
    re.IGNORECASE,
)
_SPOTS_BACK, _SPOT_REACH = 2, 3
_TOLL_REACH = 3
_THOUSANDS = 1_000


def add_what_follows(
    told: IncidentCandidate, candidates: Sequence[IncidentCandidate], number: int, document: Document
) -> None:
    """Let a sentence that tells of no deed add tolls, claims and the exact spot to the incident `told` last."""
    bounds = document.sentences[number]
    spots = within(document.places, bounds.start, bounds.end)
    _name_spot(candidates, [spot for spot in spots if not is_elsewhere(spot, document.text)], number)
    if _HAPPENED.search(document.text, bounds.start, bounds.end):
        _tell_where(told, spots, number, document)
    told.followed.append(number)
    told.roles = told.roles.merged(
        Roles(tuple(blamed_in(number, document)), claimants=tuple(claimants_of(number, document)))
    )
    if not (told.roles.perpetrators or told.roles.claimants or told.background):
        told.roles = told.roles.merged(Roles(tuple(intruders_in(number, document))))
    first, last = document.token_range(bounds.start, bounds.end)
    elsewhere = any(document.cued(group, first, last) for group in ("accident", "disaster", "anniversary"))
    cumulative = document.cued("since", first, last) is not None
    if told.statements[-1].sentence >= number - _TOLL_REACH and not (elsewhere or cumulative):
        told.add_tolls([toll for toll in document.tolls_of(number) if toll.low < _THOUSANDS])


def _tell_where(candidate: IncidentCandidate, spots: Sequence[PlaceReading], number: int, document: Document) -> None:
    """Let "It happened early on Monday in the village of X" say when and where the incident told last was."""
    spot = place_told(spots, document)
    if spot is not None and (candidate.place is None or relate(candidate.place, spot) is Relation.NESTED):
        candidate.place = more_specific(candidate.place, spot)
    if candidate.date is None and not candidate.background:
        candidate.date = next((day for day in document.dates_of(number) if is_precise(day)), None)


def _name_spot(candidates: Sequence[IncidentCandidate], named: Sequence[PlaceReading], number: int) -> None:
    """Let a sentence name the one site that the news told just before has only the region of."""
    for candidate in reversed(candidates[-_SPOTS_BACK:]):
        spot = _spot_within(candidate.place, named)
        near = number - candidate.statements[-1].sentence <= _SPOT_REACH or len(candidates) == 1
        if spot is not None and near and not candidate.background:
            candidate.place = spot
            return


def _spot_within(place: PlaceReading | None, named: Sequence[PlaceReading]) -> PlaceReading | None:
    if place is None or RANK.get(place.kind, 5) <= SPOT:
        return None
    spots = [p for p in named if p.kind == "site" and relate(place, p) is not Relation.APART]
    return spots[0] if len(spots) == 1 else None
