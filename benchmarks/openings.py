"""Openings of news that is no incident, told with the verbs of violence, and of incidents told beside such news.

    python -m benchmarks.openings [FILE] [--misses]

FILE (`benchmarks/labelled/openings.jsonl`) has an opening of two or three sentences a line: `kind` (strike, sport,
weather …), `incident` (whether it is one) and `split`: half of them were looked at while rules were made (`work`), half
are only counted (`measure`). Printed for each half: how many openings that are no incident give one, how sure the
extractor was of those (`confidence`), and how many that are one give one. What is told as background is no incident
of today. With `--misses` the openings of the half to work on that come out wrong are printed too.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.records.identity import article_id
from schemas import Article, Mention, PublishedBasis

LABELLED = Path(__file__).parent / "labelled" / "openings.jsonl"


class Outcome(NamedTuple):
    """An opening and the incidents of today that were read from it."""

    opening: Mapping[str, Any]
    news: list[Mention]

    @property
    def right(self) -> bool:
        """Whether there is an incident where there should be one, and none where not."""
        return bool(self.news) == self.opening["incident"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.openings", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=LABELLED)
    parser.add_argument("--misses", action="store_true", help="print what comes out wrong in the half to work on")
    options = parser.parse_args()
    lines = options.file.read_text(encoding="utf-8").splitlines()
    outcomes = list(read(json.loads(line) for line in lines))
    for split in ("work", "measure"):
        print(f"{split}: {summary([one for one in outcomes if one.opening['split'] == split])}")
    print(f"all: {summary(outcomes)}")
    if options.misses:
        wrong = [one for one in outcomes if one.opening["split"] == "work" and not one.right]
        print("\n".join(f"{one.opening['id']} {_told(one)}\n  {one.opening['text']}" for one in wrong))


def read(openings: Iterable[Mapping[str, Any]]) -> Iterator[Outcome]:
    """Yield each opening with what is read from it."""
    extractor = RulesExtractor()
    for opening in openings:
        found = extractor.extract(_article(opening))
        yield Outcome(opening, [one for one in found if isinstance(one, Mention) and not one.background])


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return the figures of some openings as a line of text."""
    others = [one for one in outcomes if not one.opening["incident"]]
    real = [one for one in outcomes if one.opening["incident"]]
    phantoms = [mention.confidence for one in others for mention in one.news]
    sure = f"{fmean(phantoms):.2f}" if phantoms else "none"
    found = [max(mention.confidence for mention in one.news) for one in real if one.news]
    return (
        f"no incident, yet one is read {_share(not one.right for one in others)}, mean confidence {sure}; "
        f"an incident, and one is read {_share(one.right for one in real)}, mean confidence {fmean(found):.2f}"
    )


def _share(hits: Iterable[bool]) -> str:
    told = list(hits)
    return f"{sum(told)} of {len(told)} ({sum(told) / len(told):.3f})"


def _told(outcome: Outcome) -> str:
    return "; ".join(f"{one.event_type.value} {one.place_name} {one.confidence}" for one in outcome.news) or "nothing"


def _article(opening: Mapping[str, Any]) -> Article:
    published = datetime.fromisoformat(opening["published_at"])
    return Article(
        article_id=article_id(opening["id"], None, opening["text"], published),
        ref=opening["id"],
        text=opening["text"],
        source="openings",
        published_at=published,
        published_basis=PublishedBasis.METADATA,
    )


if __name__ == "__main__":
    main()
