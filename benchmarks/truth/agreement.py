"""Where a row (a mention or an incident, by column names) agrees with a labelled incident."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""A mention or an incident by its column names; lists of parties are lists of such mappings."""

Label: TypeAlias = Mapping[str, Any]
"""A labelled incident; see `benchmarks/labelled/README.md`."""

PLACES = ("place_name", "place_text", "facility", "admin1")
LOCATED = ("exact", "locality")
TOLLS = ("killed", "wounded")

_NEAR_KM = 30.0
_EARTH_DIAMETER_KM = 12_742
_SLACK = 0.1
"""By what share an end of a stated range may lie outside the labelled one ("about 50" as 45 to 55)."""

_FAMILIES = {
    "air": ("drone_attack", "airstrike", "rocket_missile_mortar"),
    "ship": ("ship_attack",),
    "bomb": ("ied_mine", "car_bombing", "suicide_bombing", "bombing", "grenade"),
    "armed": ("armed_clash", "armed_assault", "attack_on_civilians", "assassination"),
    "abduction": ("abduction",),
    "sabotage": ("sabotage_destruction",),
    "arrest": ("arrest_raid",),
    "any": ("attack",),
}
_FAMILY_OF = {kind: family for family, kinds in _FAMILIES.items() for kind in kinds}
_NO_ATTACK = {"arrest", "abduction"}
_KINDS_OF_PLACE = re.compile(
    r"\b(al|el|ad|an|as|ash|ar|at|the|of|in|base|air|airbase|city|town|village|province|region|governorate|district"
    r"|area|near)\b"
)


def type_agrees(row: Row, types: Sequence[str]) -> bool:
    """Return whether the row's type is of a family with one of `types`; a bare attack goes with every attack."""
    family, wanted = _FAMILY_OF[str(row["event_type"])], {_FAMILY_OF[kind] for kind in types}
    if family in wanted:
        return True
    return family not in _NO_ATTACK if "any" in wanted else family == "any" and not wanted <= _NO_ATTACK


def date_agrees(row: Row, label: Mapping[str, Any]) -> bool:
    """Return whether the row's interval overlaps the labelled one.

    Where the text supports no day, none is right, and so is an interval that ends by the article's own day.
    """
    earliest, latest = row["date_earliest"], row["date_latest"]
    known = {*(label.get("tolerated") or ()), *_listed(label.get("world_day"))}
    if earliest is not None and earliest == latest and earliest.isoformat() in known:
        return True
    first, last = _day(label.get("earliest")), _day(label.get("latest"))
    if earliest is None or latest is None:
        return (first or last) is None or bool(label.get("tolerated_null"))
    if first is None and last is None:
        limit = _day(label.get("not_after"))
        return earliest != latest and (limit is None or earliest <= limit)
    return bool(earliest <= (last or first) and latest >= (first or last))


def place_agrees(row: Row, label: Label) -> bool:
    """Return whether the row names a place of the label, or has a point within 30 km of it."""
    named = [name for column in PLACES if (name := row.get(column))]
    if any(alike(one, other) for one in named for other in _listed(label["place"])):
        return True
    distance = km_between(row, label)
    return row["geo_precision"] in LOCATED and distance is not None and distance <= _NEAR_KM


def country_agrees(row: Row, label: Label) -> bool:
    """Return whether the row's country is the labelled one, or one that is tolerated."""
    return row["country"] in (label.get("country"), *label.get("country_ok", ()))


def toll_agrees(row: Row, what: str, label: Mapping[str, Any]) -> bool:
    """Return whether the row's range of the killed or the wounded meets the labelled range; none fits an implied 0."""
    return toll_meets(row, what, label) or (bool(label.get("implied")) and not _stated(row, what))


def toll_meets(row: Row, what: str, label: Mapping[str, Any]) -> bool:
    """Return whether the row has a range of the killed or the wounded that meets the labelled one, with some slack."""
    stated = _stated(row, what)
    if not stated:
        return False
    low, high = label.get("low") or 0, label.get("high")
    below = max(stated) < low or min(stated) < low * (1 - _SLACK) - 1
    above = high is not None and (min(stated) > high or max(stated) > high * (1 + _SLACK) + 1)
    return not below and not above


def _stated(row: Row, what: str) -> list[int]:
    return [number for end in ("low", "best", "high") if (number := row[f"{what}_{end}"]) is not None]


def parties_agree(named: Iterable[str], wanted: Sequence[str], tolerated: Sequence[str] = ()) -> bool:
    """Return whether one of the names is wanted or tolerated; nobody agrees with nobody."""
    names = list(named)
    return any(alike(a, b) for a in names for b in (*wanted, *tolerated)) or not (wanted or names)


def names_in(row: Row, column: str) -> list[list[str]]:
    """Return for each party of a column its names: the canonical one and the one as written."""
    return [[name for name in (party["name"], party["text"]) if name] for party in row[column] or ()]


def km_between(row: Row, label: Label) -> float | None:
    """Return the distance on the ground in km by the haversine formula; None where one of the points is not known."""
    ends = (row.get("latitude"), row.get("longitude"), label.get("lat"), label.get("lon"))
    if None in ends:
        return None
    here, west, there, east = (math.radians(float(angle)) for angle in ends if angle is not None)
    chord = math.sin((there - here) / 2) ** 2
    chord += math.cos(here) * math.cos(there) * math.sin((east - west) / 2) ** 2
    return _EARTH_DIAMETER_KM * math.asin(math.sqrt(chord))


def alike(one: str, other: str) -> bool:
    """Return whether two names have a word in common, spelling aside, that says more than what kind of place it is."""
    return any(_word_alike(a, b) for a in _telling(one) for b in _telling(other))


def _word_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    return one.startswith(other[:5]) or other.startswith(one[:5]) or _edits(one, other) <= max(1, shorter // 4)


@lru_cache(maxsize=1 << 14)
def _telling(name: str) -> tuple[str, ...]:
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", ascii_only).strip()
    return tuple(_KINDS_OF_PLACE.sub(" ", words).split() or words.split())


def _edits(one: str, other: str) -> int:
    """Return the Levenshtein distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
