"""Whether every filled field of what is read has its words: checks any input, and says what has none.

    python -m benchmarks.evidence INPUT...

INPUT is what `python -m pipeline extract` takes. A field is filled where its value is not the default one. Exit status:
0 all have their words and every quote stands at its offsets, 1 some do not.
"""

import sys
from collections import Counter
from collections.abc import Iterator

from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.run.inputs import patterns_of
from pipeline.sources.streams import Limits
from pipeline.sources.transform import matched_files, read_files
from schemas import Article, Mention, Tally

_NOT_READ = frozenset(
    {"mention_id", "tally_id", "article_id", "ref", "url", "source", "published_at"}
    | {"confidence", "confidence_parts", "evidence", "extractor", "extractor_version"}
)
_LARGEST_BYTES = 10_000_000


def main() -> None:
    """Check all articles that the inputs hold and print what was found."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    extractor = RulesExtractor()
    for article in _articles(sys.argv[1:]):
        counts["articles"] += 1
        for record in extractor.extract(article):
            counts["mentions" if isinstance(record, Mention) else "tallies"] += 1
            counts["quotes"] += len(record.evidence)
            counts["filled fields"] += len(filled(record))
            faults += [f"{article.ref}: {fault}" for fault in faults_in(record, article.text)]
    print(
        ", ".join(f"{counts[what]:,} {what}" for what in ("articles", "mentions", "tallies", "filled fields", "quotes"))
    )
    print(f"{len(faults)} without their words, or with a quote that is not where it is said to be")
    print("\n".join(faults[:20]))
    sys.exit(bool(faults))


def filled(record: Mention | Tally) -> list[str]:
    """Return the names of the fields that were read from the text and hold something."""
    fields = type(record).model_fields
    return [
        name
        for name, field in fields.items()
        if name not in _NOT_READ
        and (field.is_required() or getattr(record, name) != field.get_default(call_default_factory=True))
        and getattr(record, name) not in (None, ())
    ]


def faults_in(record: Mention | Tally, text: str) -> list[str]:
    """Return what is wrong with the evidence of one record."""
    quoted = {item.field for item in record.evidence}
    missing = [f"{name} = {getattr(record, name)!r} has no words" for name in filled(record) if name not in quoted]
    astray = [
        f"{item.field}: {item.quote!r} is not at {item.start}–{item.end}"
        for item in record.evidence
        if text[item.start : item.end] != item.quote
    ]
    return missing + astray


def _articles(inputs: list[str]) -> Iterator[Article]:
    limits = Limits(max_article_bytes=_LARGEST_BYTES, max_line_bytes=_LARGEST_BYTES)
    found = read_files(matched_files(patterns_of(tuple(inputs), matched_files)), limits)
    return (record for record in found if isinstance(record, Article))


if __name__ == "__main__":
    main()
