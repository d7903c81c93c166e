"""Everything that is read off an article before anything is put together, found by where it stands."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, takewhile
from operator import attrgetter

from pipeline.extraction.actors.coreference import governments, settle_parties
from pipeline.extraction.actors.persons import PersonReading, find_persons
from pipeline.extraction.actors.recogniser import ActorFinder, ActorReading
from pipeline.extraction.actors.victims import named_victims
from pipeline.extraction.armed_deeds import ArmedDeedFinder
from pipeline.extraction.cuts import Found, SentenceDates, clauses_of
from pipeline.extraction.overlaps import (
    not_parties,
    not_shot_down,
    outside_names,
    outside_places,
    outside_weapons,
    told_apart,
    without,
)
from pipeline.extraction.places.recogniser import PlaceFinder, PlaceReading
from pipeline.extraction.quantities.numbers import NumberReading, find_numbers
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import Cues, Hit, Token, Wording, tokenize
from pipeline.extraction.text.sentences import Sentence, split_sentences
from pipeline.extraction.text.span_index import Taken
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.casualties import CasualtyReader, read_tolls
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.triggers import Trigger, TriggerFinder
from pipeline.extraction.violence.weapons import WeaponFinder, WeaponWord

_IN_THE_ARTICLE, _IN_THE_PARAGRAPH, _IN_THE_SENTENCE = 1, 2, 3
"""How strongly a place speaks for the country of one that is not known."""

_BEFORE = 40
_LOCATIVE = Wording(r"\b«locative»\s(?:the\s|a\s)?(?:[\w'’-]+\s){0,2}$")


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

    def dates_of(self, sentence: int) -> list[DateReading]:
        """Return the date readings of a sentence, by its number."""
        return SentenceDates(self.text, self.sentences, self.clock, self._dates).of(sentence)

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

    def setting(self, position: int) -> PlaceReading | None:
        """Return the place that says in which country one at `position` lies of which that is not known, if any does.

        Each name of the article speaks for its country, more strongly in the same paragraph, most in the same sentence.
        """
        votes = Counter[str]()
        known = [place for place in self.places if place.country not in (None, "XSE")]
        known = [place for place in known if not (place.metonym or place.dateline)] or known
        nearest: dict[str, PlaceReading] = {}
        for place in sorted(known, key=lambda place: abs(place.span.start - position)):
            votes[str(place.country)] += self._nearness(place, position)
            nearest.setdefault(str(place.country), place)
        return nearest[votes.most_common(1)[0][0]] if votes else None

    def _nearness(self, place: PlaceReading, position: int) -> int:
        first, last = sorted((place.span.start, position))
        if "\n" in self.text[first:last]:
            return _IN_THE_ARTICLE
        if self.clause_at(first).sentence != self.clause_at(last).sentence:
            return _IN_THE_PARAGRAPH
        acts = (
            place.kind == "country"
            and _LOCATIVE.search(self.text, max(0, place.span.start - _BEFORE), place.span.start) is None
        )
        return _IN_THE_ARTICLE if acts else _IN_THE_SENTENCE

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
        self._casualties, self._armed_deeds = CasualtyReader(), ArmedDeedFinder()

    def is_place(self, words: str) -> bool:
        """Tell whether words are the name of a place and nothing else."""
        name = words.strip(" :")
        return any(len(place.span.text) == len(name) for place in self._places.find(name))

    def read(self, text: str, clock: date | None, headline: str = "") -> Document:
        """Return the article `text`, analysed; its `headline` says which countries it may be about."""
        tokens = tokenize(text)
        sentences = split_sentences(text)
        cues = self._cues.find(text, tokens)
        places = self._places.find(text, headline)
        seats = governments(text, places)
        actors = settle_parties(text, self._actors.find(text), seats, self._actors)
        weapons = self._weapons.find(text, tokens)
        triggers = outside_weapons(self._triggers.find(text, tokens), weapons)
        weapons = not_shot_down(weapons, triggers)
        triggers = self._armed_deeds.find(text, tokens, actors, triggers)
        named = outside_names(without(places, seats), actors)
        places, persons = told_apart(named, not_parties(find_persons(text), actors))
        told = Taken(person.span for person in persons)
        actors = outside_places(actors, places)
        victims = (one for one in named_victims(text, triggers, actors, places) if not told.overlaps(one.span))
        actors = sorted([*actors, *victims], key=lambda party: party.span.start)
        dates: dict[int, list[DateReading]] = {}
        casualties = self._casualties.find(text, tokens)
        found = Found(triggers, places, casualties)
        return Document(
            text=text,
            clock=clock,
            tokens=tokens,
            sentences=sentences,
            clauses=clauses_of(found, text, tokens, sentences, cues, SentenceDates(text, sentences, clock, dates)),
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
