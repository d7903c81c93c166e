"""Everything that is read off an article before anything is put together, found by where it stands."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from pipeline.extraction.actors.coreference import governments, settle_parties
from pipeline.extraction.actors.persons import PersonReading, find_persons
from pipeline.extraction.actors.recogniser import ActorFinder, ActorReading
from pipeline.extraction.actors.victims import named_victims
from pipeline.extraction.conjuncts import Told, arrests, conjuncts, turns_to_arrest
from pipeline.extraction.places.recogniser import PlaceFinder, PlaceReading
from pipeline.extraction.quantities.numbers import NumberReading, find_numbers
from pipeline.extraction.text.clauses import Clause, Joint, split_clauses
from pipeline.extraction.text.lexicon import Cues, Hit, Token, tokenize
from pipeline.extraction.text.name_keys import fold
from pipeline.extraction.text.sentences import Sentence, split_sentences
from pipeline.extraction.text.span_index import Taken, within
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.time.resolver import DateReading, find_dates
from pipeline.extraction.violence.casualties import CasualtyReader, Toll, read_tolls
from pipeline.extraction.violence.triggers import Kind, Trigger, TriggerFinder
from pipeline.extraction.violence.weapons import WeaponFinder, WeaponWord
from schemas import ActorType

_JOINTS = (("joint_same", Joint.SAME), ("joint_earlier", Joint.EARLIER))


@dataclass(slots=True)
class Document:
    """One article, read: its words, sentences and clauses, and all that the finders saw, in the order of the text.

    `clock` is the day of publication, None where the article has none. `explained` keeps of which sentences it has been
    asked, and what was found, whether the article's topic explains their words of violence away.
    """

    text: str
    clock: date | None
    tokens: list[Token]
    sentences: list[Sentence]
    clauses: list[Clause]
    triggers: list[Trigger]
    weapons: list[WeaponWord]
    places: list[PlaceReading]
    actors: list[ActorReading]
    persons: list[PersonReading]
    cues: dict[str, list[Hit[frozenset[str]]]]
    cue_words: dict[str, frozenset[str]]
    casualty_words: list[Hit[tuple[str, str]]]
    explained: dict[int, bool] = field(default_factory=dict)
    _dates: dict[int, list[DateReading]] = field(default_factory=dict)
    _numbers: dict[int, list[NumberReading]] = field(default_factory=dict)
    _tolls: dict[int, list[Toll]] = field(default_factory=dict)
    _token_starts: list[int] = field(default_factory=list)
    _token_ends: list[int] = field(default_factory=list)
    _cue_starts: dict[str, list[int]] = field(default_factory=dict)
    _settings: list[PlaceReading] | None = None

    def dates_of(self, sentence: int) -> list[DateReading]:
        """Return the date readings of a sentence, by its number."""
        return _DateReader(self.text, self.sentences, self.clock, self._dates).of(sentence)

    def numbers_of(self, sentence: int) -> list[NumberReading]:
        """Return the number readings of a sentence, by its number."""
        if sentence not in self._numbers:
            bounds = self.sentences[sentence]
            self._numbers[sentence] = find_numbers(self.text, bounds.start, bounds.end)
        return self._numbers[sentence]

    def tolls_of(self, sentence: int) -> list[Toll]:
        """Return the killed and wounded that a sentence states, by its number."""
        if sentence not in self._tolls:
            bounds = self.sentences[sentence]
            first, last = self.token_range(bounds.start, bounds.end)
            at = bisect_left(self.casualty_words, first, key=lambda hit: hit.first)
            hits = list(takewhile(lambda hit: hit.last <= last, islice(self.casualty_words, at, None)))
            hits = [hit for hit in hits if self.cued("anniversary", max(first, hit.first - 4), hit.last) is None]
            numbers = self.numbers_of(sentence) if hits else []
            self._tolls[sentence] = read_tolls(self.text, self.tokens, hits, numbers, bounds.start, bounds.end)
        return self._tolls[sentence]

    def cued(self, group: str, first: int, last: int) -> Hit[frozenset[str]] | None:
        """Return the first cue of `group` whose words lie in tokens `first` to `last`, if there is one."""
        hits = self.cues.get(group)
        if not hits:
            return None
        if group not in self._cue_starts:
            self._cue_starts[group] = [hit.first for hit in hits]
        at = bisect_left(self._cue_starts[group], first)
        return hits[at] if at < len(hits) and hits[at].last <= last else None

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the indices of the tokens that lie in the text from `start` to `end`."""
        if not self._token_ends:
            self._token_starts += [token.start for token in self.tokens]
            self._token_ends += [token.end for token in self.tokens]
        return bisect_left(self._token_starts, start), bisect_right(self._token_ends, end)

    def setting(self) -> PlaceReading | None:
        """Return the place that says in which country one lies of which that is not known, if any does.

        It is the first of the country named most often.
        """
        if self._settings is None:
            known = [place for place in self.places if place.country not in (None, "XSE")]
            known = [place for place in known if not place.metonym] or known  # a government acts, and not at home
            most = Counter(place.country for place in known).most_common(1)
            self._settings = [place for place in known if place.country == most[0][0]][:1]
        return self._settings[0] if self._settings else None

    def clause_at(self, position: int) -> Clause:
        """Return the clause that the code point at `position` stands in."""
        return self.clauses[max(0, bisect_right(self.clauses, position, key=attrgetter("start")) - 1)]

    def span(self, first: int, last: int) -> Span:
        """Return the stretch of text that tokens `first` to `last` cover."""
        return span_of(self.text, self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, first: int, last: int) -> list[str]:
        """Return the lower-case words of tokens `first` to `last`."""
        return [token.lower for token in self.tokens[max(0, first) : last]]


class DocumentReader:
    """Runs all finders over a text. Built once: lexicons, gazetteer and actor table load here."""

    def __init__(self, places: PlaceFinder, actors: ActorFinder) -> None:
        self._places, self._actors = places, actors
        self._triggers, self._weapons, self._cues = TriggerFinder(), WeaponFinder(), Cues()
        self._casualties = CasualtyReader()

    def is_place(self, words: str) -> bool:
        """Tell whether words are the name of a place and nothing else."""
        name = words.strip(" :")
        return any(len(place.span.text) == len(name) for place in self._places.find(name))

    def read(self, text: str, clock: date | None) -> Document:
        """Return the article `text`, analysed."""
        tokens = tokenize(text)
        sentences = split_sentences(text)
        cues = self._cues.find(text, tokens)
        places = self._places.find(text)
        seats = governments(text, places)
        actors = settle_parties(text, self._actors.find(text), seats, self._actors)
        weapons = self._weapons.find(text, tokens)
        triggers = _outside_weapons(self._triggers.find(text, tokens), weapons)
        weapons = _not_shot_down(weapons, triggers)
        named = _outside_names(_without(places, seats), actors)
        places, persons = _told_apart(named, _not_parties(find_persons(text), actors))
        told = Taken(person.span for person in persons)
        actors = _outside_places(actors, places)
        victims = (one for one in named_victims(text, triggers, actors, places) if not told.overlaps(one.span))
        actors = sorted([*actors, *victims], key=lambda party: party.span.start)
        dates: dict[int, list[DateReading]] = {}
        casualties = self._casualties.find(text, tokens)
        found = _Found(triggers, places, casualties)
        return Document(
            text=text,
            clock=clock,
            tokens=tokens,
            sentences=sentences,
            clauses=_clauses(found, text, tokens, sentences, cues, _DateReader(text, sentences, clock, dates)),
            triggers=triggers,
            weapons=weapons,
            places=places,
            actors=actors,
            persons=persons,
            cues=cues,
            cue_words=self._cues.words,
            casualty_words=casualties,
            _dates=dates,
        )


def _outside_weapons(triggers: list[Trigger], weapons: Sequence[WeaponWord]) -> list[Trigger]:
    """Drop the "attack" of "attack drone"."""
    inside = {i for w in weapons if not w.wielded and w.last - w.first > 1 for i in range(w.first, w.last)}
    starts = {(w.first, w.last) for w in weapons}
    return [t for t in triggers if t.first not in inside or t.last - 1 not in inside or (t.first, t.last) in starts]


def _not_shot_down(weapons: list[WeaponWord], triggers: Sequence[Trigger]) -> list[WeaponWord]:
    """Drop the "shot" of "shot the drone down": it names nobody's firearm."""
    down = {t.first for t in triggers if t.kind is Kind.INTERCEPT}
    return [w for w in weapons if not (w.wielded and w.first in down)]


def _outside_names(places: Iterable[PlaceReading], actors: Sequence[ActorReading]) -> list[PlaceReading]:
    named = Taken(a.span for a in actors if a.actor.actor_id is not None or a.actor.actor_type is ActorType.ARMED_GROUP)
    return [place for place in places if named.holder(place.span) in (None, place.span)]


def _outside_places(actors: Iterable[ActorReading], places: Sequence[PlaceReading]) -> list[ActorReading]:
    """Leave out the things that are only a word of a town's name: the "Port" of Port Sudan."""
    towns = Taken(place.span for place in places if place.kind != "site")
    return [
        one
        for one in actors
        if one.actor.actor_type is not ActorType.PROPERTY or towns.holder(one.span) in (None, one.span)
    ]


def _not_parties(persons: list[PersonReading], actors: Sequence[ActorReading]) -> list[PersonReading]:
    """Leave out what the actor table knows by a name of two words ("Boko Haram killed nine")."""
    known = Taken(party.span for party in actors if party.actor.actor_id is not None)
    return [person for person in persons if not known.overlaps(person.span)]


def _told_apart(
    places: list[PlaceReading], persons: list[PersonReading]
) -> tuple[list[PlaceReading], list[PersonReading]]:
    """Return places and persons without the places that are part of a person's name, and the persons that are places.

    A town that is a surname in the article ("Norton, 7, was taken") is read as the person unless it is a large one.
    """
    areas = {place.span.text for place in places}
    sites = {fold(place.name) for place in places if place.kind == "site"}
    people = [person for person in persons if person.name not in areas and fold(person.name) not in sites]
    names = Taken(person.span for person in people)
    surnames = {person.surname for person in people if person.named}
    kept = [place for place in places if place.span.text not in surnames and names.holder(place.span) is None]
    return kept, people


@dataclass(frozen=True, slots=True)
class _DateReader:
    """Reads the dates of a sentence when first asked for, and keeps them in `known`."""

    text: str
    sentences: Sequence[Sentence]
    clock: date | None
    known: dict[int, list[DateReading]]

    def of(self, number: int) -> list[DateReading]:
        """Return the date readings of a sentence, by its number."""
        if number not in self.known:
            bounds = self.sentences[number]
            self.known[number] = find_dates(self.text, bounds.start, bounds.end, self.clock)
        return self.known[number]


class _Found(NamedTuple):
    """What sentences are cut by, besides their joints."""

    triggers: list[Trigger]
    places: list[PlaceReading]
    casualties: list[Hit[tuple[str, str]]]


def _clauses(
    found: _Found,
    text: str,
    tokens: list[Token],
    sentences: list[Sentence],
    cues: dict[str, list[Hit[frozenset[str]]]],
    dates: _DateReader,
) -> list[Clause]:
    joints = sorted(
        ((hit, joint) for group, joint in _JOINTS for hit in cues.get(group, ())), key=lambda item: item[0].first
    )
    starts = [token.start for token in tokens]
    joint_starts = [hit.first for hit, _ in joints]
    clauses: list[Clause] = []
    for number, sentence in enumerate(sentences):
        bounds = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        mine = joints[bisect_left(joint_starts, bounds[0]) : bisect_left(joint_starts, bounds[1])]
        mine = _outside_dates(mine, tokens, dates.of(number)) if mine else mine
        more = _more_cuts(found, text, tokens, sentence, number, starts, dates)
        clauses += split_clauses(text, tokens, sentence, number, bounds, mine, more)
    return clauses


def _more_cuts(
    found: _Found,
    text: str,
    tokens: list[Token],
    sentence: Sentence,
    number: int,
    starts: list[int],
    dates: _DateReader,
) -> list[tuple[int, Joint]]:
    """Return where a sentence goes on to another deed of a list, or from an arrest to a deed or back."""
    triggers = within(found.triggers, sentence.start, sentence.end)
    places = within(found.places, sentence.start, sentence.end) if len(triggers) > 0 else []
    if not triggers or (len(places) < 2 and len(triggers) < 2):
        return []
    harms = [tokens[hit.first].start for hit in found.casualties]
    days = [day.span for day in dates.of(number)]
    told = Told(text, sentence.start, sentence.end, triggers, places, days, harms)
    cuts = [(at, Joint.CONJUNCT) for at in (*conjuncts(told), *turns_to_arrest(told))]
    cuts += [(at, Joint.EARLIER) for at in arrests(told)]
    return [(bisect_left(starts, at), joint) for at, joint in cuts]


_Joints: TypeAlias = list[tuple[Hit[frozenset[str]], Joint]]


def _outside_dates(joints: _Joints, tokens: Sequence[Token], dates: Sequence[DateReading]) -> _Joints:
    """Leave out the joint words that are part of a date; "two days after" is one joint, from its first word on."""
    kept: _Joints = []
    for hit, joint in joints:
        first, last = tokens[hit.first].start, tokens[hit.last - 1].end
        day = next((day for day in dates if day.span.start <= first and last <= day.span.end), None)
        if day is not None and day.ends_in_joint and last == day.span.end and joint is Joint.EARLIER:
            kept.append((hit._replace(first=bisect_left(tokens, day.span.start, key=attrgetter("start"))), joint))
        elif day is None or day.bound is not None or day.ends_in_joint:
            kept.append((hit, joint))
    return kept


def _without(places: Iterable[PlaceReading], seats: Iterable[PlaceReading]) -> list[PlaceReading]:
    acting = {seat.span for seat in seats}
    return [place for place in places if place.span not in acting]
