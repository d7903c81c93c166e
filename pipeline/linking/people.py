"""The evidence of people: victims and suspects by name, those without a name by their age.

Hardly two incidents have a victim of one name, so a name outweighs what reports get wrong: a day, a town, a manner.
"""

import re
from functools import lru_cache
from unicodedata import normalize

from pipeline.knowledge.offices import is_office
from pipeline.linking.evidence import Finding, Part
from schemas import Actor, ActorType, Mention

SAME_PERSON, FURTHER_PERSON, OTHER_PEOPLE = 4.5, 1.5, -0.5
SAME_AGE, FURTHER_AGE, OTHER_AGES = 2.0, 0.5, -0.5
_MOST_FURTHER = 2
_FULL = 2

_UNNAMED = re.compile(r"\d")
_AGE = re.compile(r"\d{1,3}")
_DOUBLED = re.compile(r"(\w)\1+")
_SUFFIXES = ("jr", "sr", "ii", "iii", "iv")


def people_keys(mention: Mention) -> dict[str, Actor]:
    """Return the people that a mention names as victims or suspects, by surname and first initial.

    Doubled letters and accents do not count, nor does what stands between the first and the last name.
    """
    persons = _persons(mention)
    if not persons:
        return {}
    keyed = ((person_key(actor.name), actor) for actor in persons)
    return {key: actor for key, actor in keyed if key is not None}


def _persons(mention: Mention) -> list[Actor]:
    if not mention.targets and not mention.perpetrators:
        return []
    return [actor for actor in (*mention.targets, *mention.perpetrators) if actor.actor_type is ActorType.PERSON]


@lru_cache(maxsize=1 << 14)
def person_key(name: str) -> str | None:
    """Return what a person is known by; None for one without a full name ("23-year-old man", "mayor", "a Minister").

    An office has many holders, and half a name has many bearers.
    """
    if _UNNAMED.match(name) or not _is_full_name(name):
        return None
    plain = "".join(char for char in normalize("NFKD", name.casefold()) if char.isalpha() or char in " -")
    words = _DOUBLED.sub(r"\1", plain).split()
    while len(words) > 2 and words[-1] in _SUFFIXES:
        words.pop()
    return f"{words[-1]} {words[0][:1]}" if words else name


def _is_full_name(name: str) -> bool:
    """Whether a name has two words and more that are written as names, the last of which is no office."""
    words = name.split()
    if len(words) < _FULL or any(word == word.lower() for word in (words[0], words[-1])):
        return False
    return not is_office(words[-1])


def _ages(mention: Mention) -> set[int]:
    persons = _persons(mention)
    if not persons:
        return set()
    found = (_AGE.search(actor.text or actor.name) or _AGE.search(actor.name) for actor in persons)
    return {int(age[0]) for age in found if age}


def shared_people(one: Mention, other: Mention) -> list[str]:
    """Return the names of the people that both mentions name, in order."""
    return _shared(people_keys(one), people_keys(other))


def _shared(first: dict[str, Actor], second: dict[str, Actor]) -> list[str]:
    return sorted(min(first[key].name, second[key].name) for key in first.keys() & second.keys())


def judge_people(one: Mention, other: Mention) -> Finding:
    """Weigh whom two reports name."""
    first = people_keys(one)
    second = people_keys(other) if first else {}
    if not second:
        return None
    shared = _shared(first, second)
    if not shared:
        return Part("people", OTHER_PEOPLE, "other people named")
    weight = SAME_PERSON + FURTHER_PERSON * min(len(shared) - 1, _MOST_FURTHER)
    return Part("people", weight, "same people: " + ", ".join(shared))


def judge_ages(one: Mention, other: Mention) -> Finding:
    """Weigh the ages that two reports tell."""
    first = _ages(one)
    second = _ages(other) if first else first
    if not second:
        return None
    shared = sorted(first & second)
    if not shared:
        return Part("ages", OTHER_AGES, "people of other ages")
    return Part(
        "ages",
        SAME_AGE + FURTHER_AGE * min(len(shared) - 1, _MOST_FURTHER),
        "people aged " + ", ".join(map(str, shared)),
    )
