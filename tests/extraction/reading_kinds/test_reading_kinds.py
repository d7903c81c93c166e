"""Ten sentences of each kind that event coders stumble over, with what has to be read from them, kind by kind.

A line of a kind's file has a `text`; `has` are mentions that must be read, each by its own conditions, `no` mentions
that must not be, and `most` how many there may be. The article is published on Tuesday, 14 May 2024. `k` and `w` are
the killed and wounded, `d` the day, `d1` and `d2` the ends of its interval, `arms` how many weapons, `down` how many
were shot down; `place`, `perp`, `target` and `claimed` are patterns. What is `open` is not read yet: the day it is, the
mark has to go.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas import Actor, Mention, Tally

Extract = Callable[..., tuple[list[Mention], list[Tally]]]
CLOCK = date(2024, 5, 14)
TABLES = sorted(Path(__file__).parent.glob("*.jsonl"))


def _ends(mention: Mention, what: str) -> tuple[int | None, int | None, int | None]:
    low, best, high = (getattr(mention, f"{what}_{end}") for end in ("low", "best", "high"))
    return low, best, high


def _count(mention: Mention, what: str, value: int) -> bool:
    low, best, high = _ends(mention, what)
    return best == value if best is not None else value in (low, high)


def _named(pattern: str, actors: Iterable[Actor]) -> bool:
    return any(re.search(pattern, f"{one.name}|{one.text}", re.IGNORECASE) for one in actors)


def _stands_in(pattern: str, mention: Mention) -> bool:
    names = (mention.place_name, mention.place_text, mention.facility, mention.admin1)
    return any(re.search(pattern, name, re.IGNORECASE) for name in names if name)


CONDITIONS: dict[str, Callable[[Mention, Any], bool]] = {
    "type": lambda mention, value: mention.event_type in value,
    "place": lambda mention, value: _stands_in(value, mention),
    "country": lambda mention, value: mention.country == value,
    "d": lambda mention, value: str(mention.date_earliest) == value == str(mention.date_latest),
    "d1": lambda mention, value: str(mention.date_earliest) == value,
    "d2": lambda mention, value: str(mention.date_latest) == value,
    "dmin": lambda mention, value: mention.date_earliest is not None and str(mention.date_earliest) >= value,
    "k": lambda mention, value: _count(mention, "killed", value),
    "w": lambda mention, value: _count(mention, "wounded", value),
    "kminlow": lambda mention, value: (mention.killed_low or 0) >= value,
    "kin": lambda mention, value: any(_count(mention, "killed", one) for one in value),
    "bg": lambda mention, value: mention.background is value,
    "status": lambda mention, value: mention.status == value,
    "perp": lambda mention, value: _named(value, mention.perpetrators),
    "target": lambda mention, value: _named(value, mention.targets),
    "claimed": lambda mention, value: _named(value, mention.claimed_by),
    "arms": lambda mention, value: any(one.count_low == value for one in mention.weapons),
    "down": lambda mention, value: mention.intercepted_low == value,
}


def _meets(mention: Mention, wanted: Mapping[str, Any]) -> bool:
    return all(CONDITIONS[name](mention, value) for name, value in wanted.items())


def faults(case: Mapping[str, Any], mentions: list[Mention]) -> list[str]:
    """Return what is wrong with what was read from one line's text."""
    found = [f"missing {wanted}" for wanted in case["has"] if not any(_meets(one, wanted) for one in mentions)]
    found += [f"read {bad}" for bad in case.get("no", ()) if any(_meets(one, bad) for one in mentions)]
    if len(mentions) > case.get("most", len(mentions)):
        found.append(f"{len(mentions)} mentions")
    return found


def lines_of(table: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_kind_is_read_as_it_is_told(table: Path, extract: Extract) -> None:
    wrong = {case["text"]: faults(case, extract(case["text"], CLOCK)[0]) for case in lines_of(table)}
    still_open = {case["text"] for case in lines_of(table) if case.get("open")}
    assert {text: found for text, found in wrong.items() if found and text not in still_open} == {}
    assert {text for text in still_open if not wrong[text]} == set()


def test_every_kind_has_its_ten() -> None:
    assert {table.stem: len(lines_of(table)) for table in TABLES if len(lines_of(table)) < 10} == {}
