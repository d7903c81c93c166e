"""What sentences that tell of no deed add to the incident told last: its tolls, its claims, its exact spot and day."""

import re
from collections.abc import Sequence

from pipeline.extraction.document import Reading
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK, Relation, more_specific, relate
from pipeline.extraction.rules.incidents.announcements import SPOT
from pipeline.extraction.rules.incidents.candidates import Draft
from pipeline.extraction.rules.incidents.tallies import is_precise
from pipeline.extraction.rules.statements.event_place import is_elsewhere, place_told
from pipeline.extraction.rules.statements.roles import Roles, blamed_in, claimants_of
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


def add_what_follows(told: Draft, drafts: Sequence[Draft], number: int, reading: Reading) -> None:
    """Let a sentence that tells of no deed add tolls, claims and the exact spot to the incident `told` last."""
    bounds = reading.sentences[number]
    spots = within(reading.places, bounds.start, bounds.end)
    _name_spot(drafts, [spot for spot in spots if not is_elsewhere(spot, reading.text)], number)
    if _HAPPENED.search(reading.text, bounds.start, bounds.end):
        _tell_where(told, spots, number, reading)
    told.roles.merge(Roles(blamed_in(number, reading), claimants=claimants_of(number, reading)))
    first, last = reading.token_range(bounds.start, bounds.end)
    elsewhere = any(reading.cued(group, first, last) for group in ("accident", "disaster", "anniversary"))
    cumulative = reading.cued("since", first, last) is not None
    if told.frames[-1].sentence >= number - _TOLL_REACH and not (elsewhere or cumulative):
        told.frames[-1].tolls += [toll for toll in reading.tolls_of(number) if toll.low < _THOUSANDS]


def _tell_where(draft: Draft, spots: Sequence[PlaceReading], number: int, reading: Reading) -> None:
    """Let "It happened early on Monday in the village of X" say when and where the incident told last was."""
    spot = place_told(spots, reading)
    if spot is not None and (draft.place is None or relate(draft.place, spot) is Relation.NESTED):
        draft.place = more_specific(draft.place, spot)
    if draft.date is None and not draft.background:
        draft.date = next((day for day in reading.dates_of(number) if is_precise(day)), None)


def _name_spot(drafts: Sequence[Draft], named: Sequence[PlaceReading], number: int) -> None:
    """Let a sentence name the one site that the news told just before has only the region of."""
    for draft in reversed(drafts[-_SPOTS_BACK:]):
        spot = _spot_within(draft.place, named)
        near = number - draft.frames[-1].sentence <= _SPOT_REACH or len(drafts) == 1
        if spot is not None and near and not draft.background:
            draft.place = spot
            return


def _spot_within(place: PlaceReading | None, named: Sequence[PlaceReading]) -> PlaceReading | None:
    if place is None or RANK.get(place.kind, 5) <= SPOT:
        return None
    spots = [p for p in named if p.kind == "site" and relate(place, p) is not Relation.APART]
    return spots[0] if len(spots) == 1 else None
