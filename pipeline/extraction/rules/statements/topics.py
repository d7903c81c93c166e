"""What an article is about where its words of violence tell of none: a walkout, a match, a film, a storm, a beast.

A topic is told by its cue words (`cues.csv`) in the sentence and in the article's opening. It explains a word of
violence away unless the sentence has what only violence has: a weapon, armed people, somebody killed. Which of these
defeat a topic, and how many cues it needs, stands in `_TOPICS`.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from pipeline.extraction.document import Document
from pipeline.extraction.text.lexicon import Wording, word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.triggers import Form, Trigger
from schemas import ActorType, EventType, WeaponType

_OPENING = 3
"""The sentences that tell what an article is about."""

_ARMED = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP, ActorType.UNIDENTIFIED_ARMED_GROUP)
_STORY = Wording(
    r"\bin (?:an?|the|this|his|her|its) (?:[\w-]+ ){0,3}?«story»\b"
    r"|\b«story»\b(?:(?!\b(?:said|told|killed)\b)[^.;])*?"
    r"\b(?:in which|where|about|that tells|which tells|with|of the|of a|tells|retells|who)\b"
)
_SCENE = re.compile(r"\b(?:scene|chapter|episode|act|plot|level)\b[^.;,]{0,40}$|\bplays an?\b", re.IGNORECASE)
_EXERCISE = re.compile(
    r"\b(?:in|during|for|as part of|of|through)\s(?:an?\s|the\s|its\s|their\s|this year's\s)?(?:[\w-]+\s){0,3}"
    r"(?:drills?|exercises?|manoeuvres|maneuvers|war ?games|rehearsal|simulation)\b"
    r"|\b(?:drills?|exercises?|manoeuvres|maneuvers|war ?games)\b[^.;]{0,40}\b(?:in which|where|involving)\b"
    r"|\bas\s(?:an?|the)\s(?:[\w-]+\s){0,2}(?:drill|exercise|war game)s?\b"
    r"|\b(?:practi[sc]ed|rehears\w+|simulat\w+|mock|imaginary|dummies|blanks|training for)\b"
    r"|\b(?:drills?|exercises?|manoeuvres|maneuvers|war ?games)\b[^.;]{0,30}\b(?:beg[ai]n|start|went|involv|includ)",
    re.IGNORECASE,
)
_PLAYED = re.compile(
    r"\b(?:played|plays|playing|acted|acting|posed as|posing as|actors?|extras|volunteers|dumm(?:y|ies)|pretend\w*)\b",
    re.IGNORECASE,
)
_VIRTUE = re.compile(
    r"\bexercis\w+\s(?:\w+\s)?(?:caution|restraint|control|power|authority|patience|rights?|care|vigilance|influence)",
    re.IGNORECASE,
)


_FIRM = frozenset({"weapon", "killed", "wounded", "fired"})
_AMONG_PEOPLE = (EventType.ARMED_CLASH, EventType.ABDUCTION, EventType.ASSASSINATION, EventType.SUICIDE_BOMBING)
_GIVEN = frozenset({"the", "this", "that"})


class _Topic(NamedTuple):
    """A topic: its cue group, how many different cues tell it, which signs of violence defeat it.

    One that `leads` is told by the first sentence, where the trigger's own does not.
    """

    group: str
    cues: int
    defeated_by: frozenset[str]
    leads: bool = False


_ANY = frozenset({"weapon", "armed", "killed", "wounded", "forced", "fired"})
_TOPICS = (
    _Topic("labour", 2, _ANY),
    _Topic("walkout", 1, _ANY),
    _Topic("tirade", 1, _ANY),
    _Topic("space", 1, _ANY),
    _Topic("cyber", 1, _ANY - {"armed"}),
    _Topic("animal", 1, frozenset({"weapon", "armed", "clash"}), leads=True),
    _Topic("market", 2, _ANY - {"wounded"}),
    _Topic("politics", 2, _ANY | {"unrest"}),
    _Topic("sport", 1, (_ANY - {"wounded"}) | {"unrest"}),
    _Topic("fiction", 1, _ANY),
    _Topic("test", 1, frozenset({"armed", "killed", "wounded"})),
    _Topic("disaster", 1, frozenset({"weapon", "armed", "forced", "clash"})),
    _Topic("medical", 2, _ANY),
    _Topic("culture", 2, _ANY),
    _Topic("antiquity", 2, frozenset({"armed", "forced"})),
)


def is_of_no_violence(trigger: Trigger, sentence: int, document: Document) -> bool:
    """Return whether the article's topic, and not violence, explains the trigger's word."""
    if _is_told_in_story(trigger, sentence, document) or _is_exercise(sentence, document):
        return True
    if sentence and _speaks_of_it(sentence, document) and _is_explained(0, document):
        return not _FIRM & set(signs_of_violence(sentence, document))  # "claimed the attack" on a website
    if sentence not in document.explained:
        document.explained[sentence] = _is_explained(sentence, document)
    return document.explained[sentence]


def _is_explained(sentence: int, document: Document) -> bool:
    told = [topic for topic in _TOPICS if topic.group in document.cues and _tells(topic, sentence, document)]
    if not told:
        return False
    signs = set(signs_of_violence(sentence, document))
    return any(not topic.defeated_by & signs for topic in told)


def signs_of_violence(sentence: int, document: Document) -> Iterator[str]:
    """Yield what a sentence has that only violence has: weapon, armed, killed, wounded, forced, fired, unrest, clash.

    `forced` is a force that fights or arrests, `fired` a word for shooting at people that has no other sense, `unrest`
    people in the street, `clash` a deed that only people do to people. Words that only sound of a weapon ("bombarded")
    or of people ("killed the match") are none.
    """
    bounds = document.sentences[sentence]
    first, last = document.token_range(bounds.start, bounds.end)
    weapons = within(document.weapons, bounds.start, bounds.end)
    if any(word.bearer or not word.wielded for word in weapons if word.weapon_type is not WeaponType.AIRCRAFT):
        yield "weapon"
    armed = any(one.actor.actor_type in _ARMED for one in within(document.actors, bounds.start, bounds.end))
    if armed or document.cued("fighter", first, last):
        yield "armed"
    triggers = within(document.triggers, bounds.start, bounds.end)
    yield from {toll.what for toll in document.tolls_of(sentence) if toll.low and _is_counted(toll)}
    if any(trigger.event_type in _AMONG_PEOPLE for trigger in triggers):
        yield "clash"
    if document.cued("fired", first, last):
        yield "fired"
    if document.cued("protest", first, last):
        yield "unrest"
    typed = any(t.event_type in (EventType.ARREST_RAID, EventType.ARMED_ASSAULT, EventType.AIRSTRIKE) for t in triggers)
    if typed and document.cued("security", first, last):
        yield "forced"


def _is_counted(toll: Toll) -> bool:
    """Whether people are counted, and the verb's object is not just taken for somebody ("killed the match")."""
    return toll.high is not None or (toll.low > 1 and toll.best is not None)


def _speaks_of_it(sentence: int, document: Document) -> bool:
    """Whether a sentence is about what was told before: "the assault, which struck at dawn, was claimed by"."""
    bounds = document.sentences[sentence]
    nouns = [one for one in within(document.triggers, bounds.start, bounds.end) if one.is_noun]
    return any(_GIVEN & set(document.words(one.first - 2, one.first)) for one in nouns)


def _tells(topic: _Topic, sentence: int, document: Document) -> bool:
    """Whether enough cues of a topic stand in the sentence, and else in the opening and the sentence together."""
    own = set(_cues_in(topic.group, sentence, document))
    if len(own) >= topic.cues:
        return True
    opening = range(min(_OPENING, len(document.sentences)))
    told = own.union(chain.from_iterable(_cues_in(topic.group, one, document) for one in opening))
    leading = topic.cues == 1 and _is_cued(topic.group, 0, document)
    if not leading and (topic.leads or len(told) < max(topic.cues, 2)):
        return False
    return not any(topic.defeated_by.intersection(signs_of_violence(one, document)) for one in opening)


def _cues_in(group: str, sentence: int, document: Document) -> Iterator[str]:
    bounds = document.sentences[sentence]
    at, last = document.token_range(bounds.start, bounds.end)
    while (hit := document.cued(group, at, last)) is not None:
        found = document.span(hit.first, hit.last)
        if not (group == "fiction" and found.text[:1].isupper() and hit.first > at) and not _VIRTUE.match(
            document.text, found.start
        ):
            yield found.text.lower()
        at = hit.last


def _is_told_in_story(trigger: Trigger, sentence: int, document: Document) -> bool:
    """Whether a film or a book tells it: "a thriller in which gunmen storm", "in its last scene a sniper kills"."""
    bounds = document.sentences[sentence]
    if _STORY.search(document.text, bounds.start, trigger.span.start):
        return True
    if _SCENE.search(document.text, bounds.start, trigger.span.start):
        return True
    present = trigger.form is Form.BASE and document.tokens[trigger.first].lower not in word_group("same_in_past")
    opening = range(min(_OPENING, len(document.sentences)))
    return present and any(_is_cued("fiction", one, document) for one in opening)


def _is_cued(group: str, sentence: int, document: Document) -> bool:
    return next(_cues_in(group, sentence, document), None) is not None


def _is_exercise(sentence: int, document: Document) -> bool:
    """Whether it is done in a drill, and nobody is said to be killed by armed men."""
    bounds = document.sentences[sentence]
    found = _EXERCISE.search(document.text, bounds.start, bounds.end)
    if found is None and _goes_on_playing(sentence, document):
        return True
    if found is None or _VIRTUE.search(document.text, bounds.start, bounds.end):
        return False
    return not {"armed", "killed"} <= set(signs_of_violence(sentence, document))


def _goes_on_playing(sentence: int, document: Document) -> bool:
    """Whether a sentence goes on about a drill told right before: "officers played gunmen", "actors lay dead"."""
    if not 0 < sentence < _OPENING:
        return False
    before, bounds = document.sentences[sentence - 1], document.sentences[sentence]
    if not _PLAYED.search(document.text, bounds.start, bounds.end):
        return False
    return _EXERCISE.search(document.text, before.start, before.end) is not None
