"""Whether any pattern backtracks: reads 100 kB of one token after another, for every kind of token there is.

    python -m benchmarks.repetition [TOKEN...]

Without arguments the tokens are the first words of every lexicon, and digits, quotes, brackets, dates and joints. It
prints the slowest. Exit status 1 where one takes longer than two seconds.
"""

import sys
import time
from collections.abc import Iterator
from datetime import datetime, timezone

from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.rules.lexicon import phrases_of, rows
from schemas import Article

LENGTH = 100_000
LIMIT_SECONDS = 2.0
_LEXICONS = {
    "triggers.csv": "phrases",
    "cues.csv": "phrases",
    "phrases.csv": "phrases",
    "casualties.csv": "phrases",
    "weapons.csv": "phrases",
    "quantities.csv": "phrases",
    "actor_words.csv": "words",
    "place_words.csv": "words",
    "facilities.csv": "phrases",
}
_SIGNS = (
    *"0123456789-–—,;:.!?()[]{}\"'“”‘’/\\|&%$#@*_+=<>~`\n\t ",
    *("\u00a0", "\u0301", "\ufeff", "é", "中", "🙂", "İ", "ß"),
    *("12 ", "1,000 ", "20-30 ", "3.5 million ", "a ", "an ", "A ", "I ", "Mr. ", "U.S. ", "St. ", "al-", "x"),
    *("and ", "or ", "of ", "the ", "by ", "who ", "that ", "in ", "on ", "from ", "to ", "as ", "while "),
    *(
        "Monday ",
        "on Monday, ",
        "May 3, 2019 ",
        "2019-05-03 ",
        "3/5/2019 ",
        "yesterday ",
        "two days ago ",
        "a day earlier ",
    ),
    *(
        "Kabul ",
        "Kabul, ",
        "Iraq ",
        "Ain al-Asad ",
        "New York ",
        "Washington said ",
        "Kyiv's ",
        "Taliban ",
        "the group ",
    ),
    *("killed five, ", "5 killed and ", "two drones ", "one drone was shot down but another ", "A B ", "Abc Def Ghi "),
    *("JOHN SMITH ", "group calling itself ", "X, a militia, ", "nautical miles of ", "said that on ", "did. "),
)


def main() -> None:
    """Read every token and print the slowest."""
    extractor = RulesExtractor()
    tokens = sys.argv[1:] or sorted({*_SIGNS, *_first_words()})
    timed = sorted(((seconds(extractor, token), token) for token in tokens), reverse=True)
    for taken, token in timed[:10]:
        print(f"{taken:6.2f} s  {token!r}")
    print(f"{len(timed)} tokens, {LENGTH // 1000} kB each")
    sys.exit(timed[0][0] > LIMIT_SECONDS)


def seconds(extractor: RulesExtractor, token: str, length: int = LENGTH) -> float:
    """Return the processor time that reading a text of nothing but `token` takes."""
    text = (token * (length // len(token) + 1))[:length]
    now = datetime(2019, 7, 10, tzinfo=timezone.utc)
    article = Article.model_construct(
        article_id="a", ref="r", url=None, title=None, text=text, source="s", published_at=now, language="en"
    )
    started = time.process_time()
    extractor.extract(article)
    return time.process_time() - started


def _first_words() -> Iterator[str]:
    for name, column in _LEXICONS.items():
        for row in rows(name):
            for phrase in phrases_of(row.get(column) or ""):
                yield phrase.split()[0].replace("*", "") + " "


if __name__ == "__main__":
    main()
