"""The extractor that works by rules and lexicons, without a model."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from pipeline.extraction.actors.persons import PersonReading
from pipeline.extraction.actors.recogniser import ActorFinder
from pipeline.extraction.document import Reader, Reading
from pipeline.extraction.places.recogniser import PlaceFinder
from pipeline.extraction.rules.incidents.candidates import Draft
from pipeline.extraction.rules.incidents.coreference import gather
from pipeline.extraction.rules.incidents.default_country import settle_in_homelands
from pipeline.extraction.rules.incidents.default_place import settle_at_home
from pipeline.extraction.rules.incidents.tallies import tally_of
from pipeline.extraction.rules.incidents.to_mention import mention_of
from pipeline.extraction.rules.statements.finder import frames_of
from pipeline.extraction.text.spans import Span
from pipeline.runtime.memory import without_collecting
from schemas import Article, Mention, Tally


class Completion(Protocol):
    """Another way of reading, which is shown what the rules found."""

    def complete(self, drafts: Sequence[Draft], reading: Reading) -> None:
        """Fill in, in place, what the rules left open in the incidents of an article."""
        ...


class RulesExtractor:
    """Reads articles by rules.

    `places` and `actors` are the user's own tables, added to those that come with it. `completion`, if there is one,
    has the last word on every article.
    """

    name = "rules"
    version = "6"

    def __init__(
        self, places: Path | None = None, actors: Path | None = None, completion: Completion | None = None
    ) -> None:
        self._reader = Reader(PlaceFinder(places), ActorFinder(actors))
        self._completion = completion

    @without_collecting()
    def extract(self, article: Article) -> list[Mention | Tally]:
        """Return the incidents and the aggregates that an article reports, in the order of the text."""
        clock = article.published_at.date() if article.published_at else None
        reading = self._reader.read(article.text, clock)
        drafts, counted = gather(frames_of(reading), reading)
        settle_at_home(drafts, reading.places, article.text)
        settle_in_homelands(drafts, reading.places, article.text)
        if self._completion is not None:
            self._completion.complete(drafts, reading)
        signature = self.name, self.version
        anchored = _anchored(drafts)
        named = persons_of([draft for draft, _ in anchored], reading)
        found: list[tuple[int, Mention | Tally]] = [
            (anchor.start, mention_of(draft, anchor, persons, article, reading, signature))
            for (draft, anchor), persons in zip(anchored, named, strict=True)
        ]
        tallies = {t.tally_id: t for t in (tally_of(frame, article, reading, self.version) for frame in counted)}
        found += [(tally.evidence[0].start, tally) for tally in tallies.values()]
        return [record for _, record in sorted(found, key=lambda item: item[0])]


def persons_of(drafts: Sequence[Draft], reading: Reading) -> list[list[PersonReading]]:
    """Return for each incident the victims and suspects that are named of it.

    An article's one incident has all of them; of several, each that was told last where the name or surname stands.
    """
    named: list[list[PersonReading]] = [[] for _ in drafts]
    told = sorted(
        (reading.sentences[frame.sentence].start, number)
        for number, draft in enumerate(drafts)
        for frame in draft.frames
    )
    for person in reading.persons if told else ():
        places = [person.span.start]
        if person.named:
            places += _occurrences(person.surname, reading.text)
        for number in dict.fromkeys(told[max(0, bisect_right(told, (at, len(drafts))) - 1)][1] for at in places):
            named[number].append(person)
    return named


def _occurrences(word: str, text: str) -> Iterator[int]:
    """Yield where `word` stands by itself; a name may occur often in a text of many names."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not _goes_on(text[at - 1 : at] + word[0]) and not _goes_on(word[-1] + text[end : end + 1]):
            yield at
        at = text.find(word, end)


def _goes_on(pair: str) -> bool:
    """Return whether two characters stand in one word."""
    return len(pair) == 2 and all(char.isalnum() or char == "_" for char in pair)


def _anchored(drafts: list[Draft]) -> list[tuple[Draft, Span]]:
    """Return each draft with the span its id is derived from: its trigger, or its place where two share a trigger."""
    taken: set[Span] = set()
    anchored: list[tuple[Draft, Span]] = []
    for draft in drafts:
        span = draft.anchor.head.span
        if span in taken and draft.place is not None:
            span = draft.place.span
        if span not in taken:
            taken.add(span)
            anchored.append((draft, span))
    return anchored
