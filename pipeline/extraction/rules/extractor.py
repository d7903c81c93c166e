"""The extractor that works by rules and lexicons, without a model."""

from pathlib import Path

from pipeline.extraction.rules.actors import ActorFinder
from pipeline.extraction.rules.assembly import gather
from pipeline.extraction.rules.drafts import Draft
from pipeline.extraction.rules.frames import frames_of
from pipeline.extraction.rules.places import PlaceFinder
from pipeline.extraction.rules.reading import Reader
from pipeline.extraction.rules.records import mention_of
from pipeline.extraction.rules.tallies import tally_of
from pipeline.extraction.spans import Span
from schemas import Article, Mention, Tally


class RulesExtractor:
    """Reads articles by rules. `places` and `actors` are the user's own tables, added to those that come with it."""

    name = "rules"
    version = "1"

    def __init__(self, places: Path | None = None, actors: Path | None = None) -> None:
        self._reader = Reader(PlaceFinder(places), ActorFinder(actors))

    def extract(self, article: Article) -> list[Mention | Tally]:
        """Return the incidents and the aggregates that an article reports, in the order of the text."""
        clock = article.published_at.date() if article.published_at else None
        reading = self._reader.read(article.text, clock)
        drafts, counted = gather(frames_of(reading), reading)
        signature = self.name, self.version
        found: list[tuple[int, Mention | Tally]] = [
            (anchor.start, mention_of(draft, anchor, article, reading, signature))
            for draft, anchor in _anchored(drafts)
        ]
        tallies = {t.tally_id: t for t in (tally_of(frame, article, reading, self.version) for frame in counted)}
        found += [(tally.evidence[0].start, tally) for tally in tallies.values()]
        return [record for _, record in sorted(found, key=lambda item: item[0])]


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
