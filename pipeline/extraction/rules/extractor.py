"""The extractor that works by rules and lexicons, without a model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from pipeline.extraction.actors.alias_table import organisation_keys
from pipeline.extraction.actors.recogniser import ActorFinder
from pipeline.extraction.document import Document, DocumentReader
from pipeline.extraction.places.recogniser import PlaceFinder
from pipeline.extraction.rules.incidents.assembler import Assembler
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.default_country import settle_in_homelands
from pipeline.extraction.rules.incidents.default_place import settle_at_home
from pipeline.extraction.rules.incidents.named_persons import persons_of
from pipeline.extraction.rules.incidents.newsworthiness import select
from pipeline.extraction.rules.incidents.party_roles import settle_roles
from pipeline.extraction.rules.incidents.tallies import tally_of
from pipeline.extraction.rules.incidents.to_mention import mention_of
from pipeline.extraction.rules.incidents.trace import Trace
from pipeline.extraction.rules.statements.finder import statements_of
from pipeline.extraction.text.spans import Span
from pipeline.extraction.view.view import in_the_article, view_of
from pipeline.records.identity import identified
from pipeline.runtime.memory import without_collecting
from schemas import Article, Mention, Tally


class Completion(Protocol):
    """Another way of reading, which is shown what the rules found."""

    def complete(self, candidates: Sequence[IncidentCandidate], document: Document) -> None:
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
        self.documents = DocumentReader(PlaceFinder(places, organisation_keys()), ActorFinder(actors))
        self._completion = completion

    @without_collecting()
    def extract(self, article: Article) -> list[Mention | Tally]:
        """Return the incidents and the aggregates that an article reports, in the order of the text."""
        return self._read(article, None)[1]

    def explain(self, article: Article) -> tuple[Document, Trace]:
        """Return an article as it is analysed, and what became of every statement found in it."""
        trace = Trace()
        document, _ = self._read(article, trace)
        return document, trace

    def _read(self, article: Article, trace: Trace | None) -> tuple[Document, list[Mention | Tally]]:
        view = view_of(article, self.documents.is_place)
        document = self.documents.read(view.text, article.published_on, article.title or "")
        assembler = Assembler(document, trace)
        assembler.run(statements_of(document))
        selected = select(assembler.candidates, document)
        anchored = self._settled([one.candidate for one in selected if one.omitted_by is None], document)
        mentions = self._mentions(anchored, article, document)
        found: list[tuple[int, Mention | Tally]] = [
            (anchor.start, mention) for (_, anchor), mention in zip(anchored, mentions, strict=True)
        ]
        tallies = (tally_of(statement, article, document) for statement in assembler.tallies)
        found += [(tally.evidence[0].start, tally) for tally in {tally.tally_id: tally for tally in tallies}.values()]
        drafts = [record for _, record in sorted(found, key=lambda item: item[0])]
        records = identified(article, [in_the_article(draft, view, article.text) for draft in drafts])
        if trace is not None:
            ids = {_id_of(draft): _id_of(record) for draft, record in zip(drafts, records, strict=True)}
            trace.outcome(
                selected, {one.number: ids[m.mention_id] for (one, _), m in zip(anchored, mentions, strict=True)}
            )
        return document, records

    def _settled(self, candidates: list[IncidentCandidate], document: Document) -> list[tuple[IncidentCandidate, Span]]:
        """Return incidents with what the article as a whole says of them, each with the span its id comes from."""
        settle_at_home(candidates, document.places, document.text)
        settle_in_homelands(candidates, document.places, document.text)
        if self._completion is not None:
            self._completion.complete(candidates, document)
        for candidate in candidates:
            settle_roles(candidate)
        return _anchored(candidates)

    def _mentions(
        self, anchored: Sequence[tuple[IncidentCandidate, Span]], article: Article, document: Document
    ) -> list[Mention]:
        signature = self.name, self.version
        named = persons_of([candidate for candidate, _ in anchored], document)
        return [
            mention_of(candidate, anchor, persons, article, document, signature)
            for (candidate, anchor), persons in zip(anchored, named, strict=True)
        ]


def _anchored(candidates: list[IncidentCandidate]) -> list[tuple[IncidentCandidate, Span]]:
    """Return each candidate with the span its id comes from: its trigger, or its place where two share a trigger."""
    taken: set[Span] = set()
    anchored: list[tuple[IncidentCandidate, Span]] = []
    for candidate in candidates:
        span = candidate.anchor.head.span
        if span in taken and candidate.place is not None:
            span = candidate.place.span
        if span not in taken:
            taken.add(span)
            anchored.append((candidate, span))
    return anchored


def _id_of(record: Mention | Tally) -> str:
    return record.mention_id if isinstance(record, Mention) else record.tally_id
