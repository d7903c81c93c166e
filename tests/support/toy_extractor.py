"""An extractor of its own: a folder's worth of it in one file, to show what adding one takes."""

from dataclasses import dataclass, field

from pipeline.extraction.interface import Extractor, Offer, Setup
from pipeline.records.identity import identified
from schemas import Article, EventType, Evidence, Mention, Tally


@dataclass(frozen=True)
class ToyOptions:
    word: str = field(default="attack", metadata={"help": "what an attack is called"})


class ToyExtractor:
    name, version = "toy", "1"

    def __init__(self, word: str) -> None:
        self._word = word

    def extract(self, article: Article) -> list[Mention | Tally]:
        start = article.text.find(self._word)
        end = start + len(self._word)
        if start < 0:
            return []
        mention = Mention(
            mention_id="m",  # until it is identified
            article_id=article.article_id,
            ref=article.ref,
            source=article.source,
            published_at=article.published_at,
            event_type=EventType.ATTACK,
            evidence=(Evidence(field="event_type", start=start, end=end, quote=self._word),),
            extractor=self.name,
            extractor_version=self.version,
        )
        return identified(article, [mention])


def _make(setup: Setup) -> Extractor:
    return ToyExtractor(setup.own.word)


OFFER = Offer("toy", lambda setup: ToyExtractor.version, _make, options=ToyOptions)
