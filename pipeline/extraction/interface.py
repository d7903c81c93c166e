"""What every extractor offers, whatever it works with."""

from typing import Protocol

from schemas import Article, Mention, Tally


class Extractor(Protocol):
    """Reads one article at a time. Built once per worker (models and lexicons load in the constructor)."""

    name: str
    version: str
    """Changes whenever the same text may be read differently: what was read by another version can be read again."""

    def extract(self, article: Article) -> list[Mention | Tally]:
        """Return what the article reports, in the order of the text.

        A pure function of the article: no clock, no network, no memory of earlier articles. Every filled field of a
        result has evidence whose quote stands in `article.text` at its offsets.
        """
        ...
