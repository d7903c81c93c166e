"""Which victims and suspects an article names of which of its incidents."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.extraction.actors.persons import PersonReading
from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate


def persons_of(candidates: Sequence[IncidentCandidate], document: Document) -> list[list[PersonReading]]:
    """Return for each incident the victims and suspects that are named of it.

    An article's one incident has all of them; of several, each that was told last where the name or surname stands.
    """
    named: list[list[PersonReading]] = [[] for _ in candidates]
    told = sorted(
        (document.sentences[statement.sentence].start, number)
        for number, candidate in enumerate(candidates)
        for statement in candidate.statements
    )
    for person in document.persons if told else ():
        places = [person.span.start]
        if person.named:
            places += _occurrences(person.surname, document.text)
        for number in dict.fromkeys(told[max(0, bisect_right(told, (at, len(candidates))) - 1)][1] for at in places):
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
