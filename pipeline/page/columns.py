"""The incidents of a page as columns: every word once, every field a list of numbers. Small, and quick to filter."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

_EPOCH = date(1970, 1, 1).toordinal()

LONGEST_INCIDENT_DAYS = 7
"""An incident whose interval is longer is shown as a series where the database does not say what it is."""

_WORDS = (
    "event_type", "status", "outcome", "date_precision", "date_basis", "place_name", "facility", "facility_type",
    "admin1", "country", "geo_precision",
)  # fmt: skip
_PARTIES = ("perpetrators", "targets", "claimed_by")
_DAYS = ("date_earliest", "date_latest", "first_reported_at", "last_reported_at")
_NUMBERS = (
    "intercepted_low", "intercepted_high", "killed_low", "killed_best", "killed_high",
    "wounded_low", "wounded_best", "wounded_high", "mention_count", "article_count", "source_count",
)  # fmt: skip
_OTHERS = (
    "incident_id", "latitude", "longitude", "weapons", "attributions", "background", "series", "confidence",
    "conflicts",
)  # fmt: skip
_DEGREES = 4
"""Decimals of a coordinate: ten metres."""


class Dictionary(dict[str, int]):
    """Words and their numbers, in the order of their coming; 0 is no word."""

    def __init__(self) -> None:
        super().__init__({"": 0})

    def __missing__(self, word: str) -> int:
        return self.setdefault(word, len(self))

    def number(self, word: str | None) -> int:
        """Return the number of a word; that of null is 0."""
        return self[word] if word else 0


class Columns:
    """Collects incidents."""

    def __init__(self) -> None:
        self._words = Dictionary()
        names = (*_OTHERS, *_WORDS, *_PARTIES, *_DAYS, *_NUMBERS)
        self._columns: dict[str, list[Any]] = {name: [] for name in names}
        self._types: dict[int, int] = {}

    def add(self, row: Mapping[str, Any]) -> None:
        """Add the next incident."""
        self._put("incident_id", row["incident_id"])
        for name in _WORDS:
            self._put(name, self._words.number(row[name]))
        for name in _PARTIES:
            self._put(name, [self._party(actor) for actor in row[name] or ()])
        for name in _DAYS:
            self._put(name, day_number(row[name]))
        for name in _NUMBERS:
            self._put(name, row[name])
        for name in ("latitude", "longitude"):
            self._put(name, None if row[name] is None else round(row[name], _DEGREES))
        self._put("weapons", [self._weapon(weapon) for weapon in row["weapons"] or ()])
        self._put("attributions", [self._attribution(said) for said in row["attributions"] or ()])
        self._put("background", int(row["background"]))
        self._put("series", int(is_series(row)))
        self._put("confidence", round(row["confidence"] * 100))
        self._put("conflicts", len({conflict["field"] for conflict in row["conflicts"] or ()}))

    def content(self) -> dict[str, Any]:
        """Return what the page unpacks: the words, the columns, and the kinds of parties by their words."""
        return {"words": list(self._words), "columns": self._columns, "kinds": list(self._types.items())}

    def _put(self, name: str, value: Any) -> None:
        self._columns[name].append(value)

    def _party(self, actor: Mapping[str, Any]) -> int:
        number = self._words[actor["name"]]
        self._types.setdefault(number, self._words.number(actor["actor_type"]))
        return number

    def _weapon(self, weapon: Mapping[str, Any]) -> list[Any]:
        return [self._words[weapon["weapon_type"]], weapon["count_low"], weapon["count_high"]]

    def _attribution(self, said: Mapping[str, Any]) -> list[int]:
        speaker = said["by"] and said["by"]["name"]
        return [self._party(said["actor"]), self._words[said["kind"]], self._words.number(speaker)]


def is_series(row: Mapping[str, Any]) -> bool:
    """Return whether an incident stands for many: as its database says, or else by the length of its interval."""
    if row["series"] is not None:
        return bool(row["series"])
    earliest, latest = row["date_earliest"], row["date_latest"]
    return earliest is not None and (latest - earliest).days >= LONGEST_INCIDENT_DAYS


def day_number(day: date | datetime | None) -> int | None:
    """Return a day, or the UTC day of a moment, as the number of days since 1970-01-01."""
    return None if day is None else day.toordinal() - _EPOCH


def columns_of(incidents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return incidents as the page unpacks them."""
    columns = Columns()
    for row in incidents:
        columns.add(row)
    return columns.content()
