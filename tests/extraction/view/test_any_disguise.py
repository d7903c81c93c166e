"""That whatever typography and layout do, wherever they do it, the same is read: laws over drawn texts and places.

`test_view.py` has the disguises that were met, one by one; here they are put at any place, and upon one another.
"""

import json
import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.view.test_view import TEXTS, told

KINDS = Path(__file__).parent.parent / "reading_kinds"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202c\u2066\u2069\ufe0f"
SPACES = "\u00a0\u2002\u2003\u2009\u200a\u202f\u3000"
HYPHENS = "\u2010\u2011\ufe63\uff0d"
LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
MARKS = ("- ", "* ", "• ", "– ", "▪ ", "‣ ")
EMPHASES = ("*", "**", "_", "__", "***")

Disguise = Callable[[str], str]


@lru_cache(maxsize=1)
def texts() -> Sequence[str]:
    """Texts in the suite's own words that report something: those of every kind of reading too."""
    lines = (line for table in sorted(KINDS.glob("*.jsonl")) for line in table.read_text("utf-8").splitlines())
    told_there = (json.loads(line)["text"] for line in lines if line.strip())
    return [*TEXTS, *RANGES, *(text for text in told_there if "\n" not in text.strip() and told(text))]


def places(draw: st.DrawFn, text: str, pattern: str, most: int = 6) -> list[re.Match[str]]:
    """Some of the places of a text that fit a pattern, from left to right."""
    found = list(re.finditer(pattern, text))
    chosen = draw(st.sets(st.sampled_from(range(len(found))), max_size=most)) if found else set()
    return [found[at] for at in sorted(chosen)]


def put(text: str, places: Sequence[re.Match[str]], what: Callable[[re.Match[str]], str]) -> str:
    for place in reversed(places):
        text = text[: place.start()] + what(place) + text[place.end() :]
    return text


@st.composite
def unseen(draw: st.DrawFn, text: str) -> str:
    mark = draw(st.sampled_from(UNSEEN))
    return put(text, places(draw, text, r"(?<=[^\W_])(?=[^\W_])"), lambda _: mark)


@st.composite
def spaced(draw: st.DrawFn, text: str) -> str:
    return put(text, places(draw, text, r"(?<=\S) (?=\S)"), lambda _: draw(st.sampled_from(SPACES)))


@st.composite
def full_width(draw: st.DrawFn, text: str) -> str:
    return put(text, places(draw, text, r"\d+"), lambda at: "".join(chr(ord(c) + 0xFEE0) for c in at[0]))


@st.composite
def ligatures(draw: st.DrawFn, text: str) -> str:
    return put(text, places(draw, text, "ffi|ffl|ff|fi|fl"), lambda at: LIGATURES[at[0]])


@st.composite
def hyphens(draw: st.DrawFn, text: str) -> str:
    return put(text, places(draw, text, r"(?<=[^\W\d_])-(?=[^\W\d_])"), lambda _: draw(st.sampled_from(HYPHENS)))


@st.composite
def thousands(draw: st.DrawFn, text: str) -> str:
    gap = draw(st.sampled_from(["\u00a0", "\u2009", "\u202f", "'", "’"]))
    return put(text, places(draw, text, r"(?<=\d),(?=\d{3}\b)"), lambda _: gap)


@st.composite
def decomposed(draw: st.DrawFn, text: str) -> str:
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)


@st.composite
def emphasised(draw: st.DrawFn, text: str) -> str:
    mark = draw(st.sampled_from(EMPHASES))
    return put(text, places(draw, text, r"(?<=\s)[^\W_]+(?=[\s,.])", 3), lambda at: f"{mark}{at[0]}{mark}")


@st.composite
def linked(draw: st.DrawFn, text: str) -> str:
    return put(
        text, places(draw, text, r"(?<=\s)[^\W_]+(?=[\s,.])", 3), lambda at: f"[{at[0]}](https://a.example/b-c_d)"
    )


@st.composite
def quoted_printable(draw: st.DrawFn, text: str) -> str:
    at = places(draw, text, r"(?<=\S)(?=\S)", 4)
    return put(text, at, lambda _: "=\n")


@st.composite
def wrapped(draw: st.DrawFn, text: str) -> str:
    width = draw(st.integers(18, 110))
    return "\n\n".join(
        textwrap.fill(each, width, break_on_hyphens=False, break_long_words=False) for each in text.split("\n\n")
    )


@st.composite
def hyphenated(draw: st.DrawFn, text: str) -> str:
    """Cut words at line ends, as narrow columns do, with a hyphen or a soft one."""
    cut = draw(st.sampled_from(["-\n", "\u00ad\n", "\u2010\n"]))
    return put(text, places(draw, text, r"(?<=\b[a-z]{3})(?=[a-z]{3,}\b)", 3), lambda _: cut)


@st.composite
def tagged(draw: st.DrawFn, text: str) -> str:
    tag = draw(st.sampled_from(["b", "i", "em", "strong", "span class='x'", "a href='https://a.example/?b=c'"]))
    at = places(draw, text, r"(?<=\s)[^\W_]+(?=[\s,.])", 3)
    return put(text, at, lambda place: f"<{tag}>{place[0]}</{tag.split()[0]}>")


@st.composite
def misread(draw: st.DrawFn, text: str) -> str:
    """Read a text's UTF-8 as if it were of one byte a letter; a space that does not break shows it in any text."""
    spaced = put(text, places(draw, text, r"(?<=\S) (?=\S)"), lambda _: "\u00a0")
    return spaced.encode("utf-8").decode("cp1252", "ignore")


@st.composite
def ranges(draw: st.DrawFn, text: str) -> str:
    dash = draw(st.sampled_from("\u2012\u2013\u2014\u2212\u2010\u2011"))
    return put(text, places(draw, text, r"(?<=\d)-(?=\d)"), lambda _: dash)


@st.composite
def listed(draw: st.DrawFn, text: str) -> str:
    mark = draw(st.sampled_from(MARKS))
    return "\n".join(f"{mark}{each}" for each in text.split("\n\n"))


ONCE = (unseen, spaced, full_width, ligatures, hyphens, thousands, decomposed, emphasised, linked)
ALONE = (hyphenated, tagged, misread, ranges)
LAYOUTS = (wrapped, listed)
EVERY = (*ONCE, *ALONE, *LAYOUTS, quoted_printable)
RANGES = (
    "A blast in Tikrit on Tuesday killed 10-12 people and wounded 30-40, police said.",
    "Gunmen killed 3-5 soldiers near Jos on 12-13 November 2023.",
)


@pytest.mark.parametrize("disguise", EVERY, ids=lambda disguise: disguise.__name__)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_disguise_at_any_place_changes_nothing(
    disguise: Callable[[str], st.SearchStrategy[str]], data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(texts()))
    assert told(data.draw(disguise(text))) == told(text)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nor_do_several_upon_one_another(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts()))
    disguised = text
    chosen = data.draw(st.lists(st.sampled_from(ONCE), min_size=2, max_size=4, unique=True))
    for disguise in (data.draw(st.sampled_from(LAYOUTS)), *chosen, quoted_printable):  # mail comes last
        disguised = data.draw(disguise(disguised))
    assert told(disguised) == told(text)
