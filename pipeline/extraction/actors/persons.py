"""The people whom an article names, or gives the age of, as victims or as suspects.

A full name counts where the text says what became of its bearer: an age beside it ("Ann Lee, 14", "14-year-old Ann
Lee"), a word of harm or of arrest, or words such as "identified as". Officials, witnesses and experts are not meant.
Those without a name are known by their age ("a 14-year-old girl"). A name is the firmest sign that two articles tell
of one incident, whatever else either leaves out; an age is a lesser one.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.extraction.places.context_words import Surroundings
from pipeline.extraction.quantities.number_words import openers, read_amount
from pipeline.extraction.text.lexicon import Wording, word_group
from pipeline.extraction.text.name_keys import plain
from pipeline.extraction.text.spans import Span, span_of
from schemas import Actor, ActorType

_WORD = (  # bounded, and with one way to read it: a page of letters without a space must not be tried again and again
    r"[A-ZÀ-ÖØ-Þ](?:(?:[^\Wa-zß-ÿ]|['’]){0,20}[a-zß-ÿ][\w'’]{0,30}|\.?(?=\s))(?:-[A-Za-zÀ-ÿ][\w'’]{1,30}){0,4}"
)
_PARTICLE = r"(?:al-|el-|ul-|abu |bin |ibn |de la |del? |van |von |d[aiou]s? |le )"
_NAME = re.compile(rf"(?<![\w.])(?:{_WORD} (?:[\"“(‘'][\w. ]{{1,40}}[\"”)’'] )?{_PARTICLE}?){{1,6}}{_WORD}")
_PIECE = re.compile(r"\S+")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\b\.?")
_AGE_AFTER = re.compile(r"(?:, (?:who is |age |aged )?| \(|-)(\d{1,3})(?=[,.;:)]| of | from | and |\s—|\s[-–]|$)")
_AGE_BEFORE = re.compile(r"\b(?:\d{1,3}|[A-Za-z]+)[ -]year[ -]old,? (?:[A-Za-z-]+ ){0,2}$")
_AGED = re.compile(
    r"\b(\d{1,3}|[A-Za-z]{3,9})[ -]year[ -]old (boy|girl|man|woman|male|female|child|teen(?:ager)?|student|son|daughter"
    r"|toddler|baby|brother|sister|victim|father|mother|cousin|friend)\b",
    re.IGNORECASE,
)
_AUXILIARY = (
    r"(?:,[^,.;\n]{1,60},)?,? (?:(?:who|was|were|is|are|has|had|have|been|being|will|be|also|later|then|allegedly) )*"
)
_HARMED = Wording(_AUXILIARY + r"(?:(?:\w+ly )?«person_harmed»\b|\d{1,3} years old|an? (?:\w+[ -]){0,3}«pupil»\b)")
_CHARGED = Wording(
    _AUXILIARY
    + r"(?:\w+ly )?(?:«person_charged»\b|«person_accused»(?= (?:of|with|in|for|on|by|after|over|as|at|to|and|again|"
    r"without|when|while|outside|near|inside|late|early)\b|[,.;:)]|$))"
)
_AGED_DOER = re.compile(
    r" (?:who )?(?:\w+ly )?(?:opened fire|(?:shot|stabbed|killed|hacked|attacked|gunned down)(?: dead| and killed)?"
    r" (?:\d|his|her|its|the|a|an|at least|several|two|three|four|five|six|seven|eight|nine|ten|people|fellow)\b)"
)
_HARM_BEFORE = Wording(r"\b«person_before»:? (?:(?:as|of|the|his|her|their|a) )?(?:[a-z][\w-]* ){0,2}$")
_CHARGE_BEFORE = Wording(r"\b«suspect_before»:? (?:[a-z\d][\w-]* ){0,2}$")
_LISTED_AFTER = re.compile(r" and $|, (?:and )?$")
_NOT_NAMES = ("title", "division_admin1", "division_district", "division_city", "organisation", "neighbour")
_NAMES_BEGIN = frozenset({"abd", "abdel", "abdul", "ben", "bin", "ibn"})
_OLDEST = 110
_REACH = 60


class PersonReading(NamedTuple):
    """A person as an article names them, and whether they are said to have done it.

    `span` takes an age beside the name in ("Ann Lee, 14"); `named` is the name's own stretch. Who has no name is called
    by their age ("14-year-old girl").
    """

    name: str
    span: Span
    suspect: bool
    named: bool = True

    @property
    def surname(self) -> str:
        """The last word of the name, as written; empty where there is none."""
        return _SUFFIX.sub("", self.name).split()[-1] if self.named else ""

    @property
    def actor(self) -> Actor:
        """The person as a party."""
        return Actor(name=self.name, text=self.span.text, actor_type=ActorType.PERSON)


class _Name(NamedTuple):
    start: int
    end: int
    titled: bool


def find_persons(text: str) -> list[PersonReading]:
    """Return the victims and suspects in `text`, each where they are first told of so, in order."""
    found: dict[str, PersonReading] = {}
    for name in _names(text):
        fate = _fate(name, text)
        if fate is None:
            continue
        known = found.setdefault(plain(text[name.start : name.end]), _reading(name, fate, text))
        if fate and not known.suspect:
            found[plain(text[name.start : name.end])] = known._replace(suspect=True)
    for unnamed in _AGED.finditer(text):
        age = _age(unnamed[1])
        if age is not None:
            known_by = f"{age}-year-old {unnamed[2].lower()}"
            suspect = bool(_AGED_DOER.match(text, unnamed.end()))
            found.setdefault(known_by, PersonReading(known_by, span_of(text, *unnamed.span()), suspect, named=False))
    return sorted(found.values(), key=lambda person: person.span.start)


def _reading(name: _Name, suspect: bool, text: str) -> PersonReading:
    start, end = name.start, name.end
    age, before = _AGE_AFTER.match(text, end), _AGE_BEFORE.search(text, max(0, start - _REACH), start)
    if age:
        end = age.end(1)
    elif before:
        start = before.start()
    return PersonReading(" ".join(text[name.start : name.end].split()), span_of(text, start, end), suspect)


def _age(written: str) -> int | None:
    amount = read_amount(written.lower(), 0) if written.isdigit() or written.lower() in openers() else None
    return amount.best if amount and amount.best and amount.best <= _OLDEST else None


def _names(text: str) -> Iterator[_Name]:
    """Yield the runs of two capitalised words and more, titles before them and all that is no name left out."""
    for found in _NAME.finditer(text):
        pieces = [(found.start() + one.start(), one.group()) for one in _PIECE.finditer(found.group())]
        titled = False
        while pieces and _is_no_name(pieces[0][1]):
            titled = titled or _bare(pieces[0][1]) in Surroundings.words_of["title"]
            pieces = pieces[1:]
        while pieces and _is_no_name(pieces[-1][1]):
            pieces = []
        if sum(len(_bare(piece)) > 1 for _, piece in pieces) < 2 or any(_is_no_name(piece) for _, piece in pieces):
            continue
        end = pieces[-1][0] + len(pieces[-1][1])
        suffix = _SUFFIX.match(text, end)
        yield _Name(pieces[0][0], suffix.end() if suffix else end, titled)


def _bare(piece: str) -> str:
    return plain(piece.split("’")[0].split("'s")[0]).strip('.,"“”()')


def _is_no_name(piece: str) -> bool:
    return piece.endswith(("'s", "’s")) or _bare(piece) in no_names()


@cache
def no_names() -> frozenset[str]:
    """Return the words that stand in names of places and organisations, and those that are titles."""
    words = word_group("not_in_person").union(*(Surroundings.words_of[group] for group in _NOT_NAMES))
    return words - _NAMES_BEGIN


def _fate(name: _Name, text: str) -> bool | None:
    """Return whether the bearer of a name is a suspect, None where nothing is said to have become of them."""
    before = text[max(0, name.start - _REACH) : name.start]
    if _CHARGED.match(text, name.end) or _CHARGE_BEFORE.search(before):
        return True
    if _HARMED.match(text, name.end) or _HARM_BEFORE.search(before):
        return False
    if name.titled:
        return None
    age = _AGE_AFTER.match(text, name.end)
    if age:
        rest = _CHARGED.match(text, age.end())
        return bool(rest) if 0 < int(age[1]) <= _OLDEST else None
    return False if _AGE_BEFORE.search(before) else None
