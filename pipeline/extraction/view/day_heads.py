"""Days that head what happened on them, in a text that is told day by day: each block below is read as of its day."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extraction.text.calendar_words import MONTH_NAME, WEEKDAY_NAMES
from pipeline.extraction.view.lines import Piece

_WEEKDAY = "|".join(WEEKDAY_NAMES)
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:{MONTH_NAME})|(?:{MONTH_NAME})\s\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s\d{{4}})?"
_DAY = re.compile(rf"(?P<day>(?:{_WEEKDAY})(?:,?\s{_DATE})?|{_DATE})\s?[:.–—-]?", re.IGNORECASE)
_OWN_DAY = re.compile(rf"\b(?:{_WEEKDAY}|today|yesterday|{_DATE})\b", re.IGNORECASE)
_LEAST = 2
"""One day above a text tells when it was written."""


class Headed(NamedTuple):
    """A block and the day that heads it: the words to put in front of it, and where the day stands."""

    piece: Piece
    words: str
    day: tuple[int, int]


def day_heads(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the blocks that are the days of a text that is told day by day."""
    found = [piece for piece in pieces if _DAY.fullmatch(text, piece.start, piece.end)]
    return found if len(found) >= _LEAST else []


def headed_by_days(text: str, pieces: Sequence[Piece], heads: Sequence[Piece]) -> Iterator[Headed]:
    """Yield the blocks below the `heads` that name no day of their own."""
    day: re.Match[str] | None = None
    for piece in pieces:
        if piece in heads:
            day = _DAY.fullmatch(text, piece.start, piece.end)
        elif day and not _OWN_DAY.search(text, piece.start, piece.end):
            yield Headed(piece, f"On {day['day'].title()}, ", day.span("day"))
