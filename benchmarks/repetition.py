"""Whether any pattern backtracks and any step is quadratic: reads long texts of one token after another.

    python -m benchmarks.repetition [--all] [TOKEN...]

Without arguments the tokens are every phrase of every lexicon, signs, dates, numbers and names, and a thousand rows of
two to six of those that a fixed seed draws. All are read at 10 kB; then the fifty slowest, and the fifty that grow most
from 5 kB to 20 kB among the 150 slowest, at 100 kB (with --all, every one: an hour or more). It prints the slowest
of these, with their time as a multiple of what news of that length takes at the same moment, as machines are noisy; and
articles of thousands of different incidents, names and headlines, which no repetition gives, at 25, 50 and 100 kB. Exit
status 1 where 100 kB of anything takes longer than two seconds.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone

from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.knowledge.tables import phrases_of, rows
from schemas import Article

LENGTH = 100_000
LIMIT_SECONDS = 2.0
_SCREENED, _GROWN, _WORST, _ROWS = 10_000, 150, 50, 1000
_SLOWEST_SHOWN = 15
_LEXICONS = {
    "triggers.csv": "phrases",
    "cues.csv": "phrases",
    "phrases.csv": "phrases",
    "casualties.csv": "phrases",
    "weapons.csv": "phrases",
    "quantities.csv": "phrases",
    "date_words.csv": "phrases",
    "actor_words.csv": "words",
    "place_words.csv": "words",
    "facilities.csv": "phrases",
    "countries.csv": "name",
}
_SIGNS = (
    *"0123456789-–—,;:.!?()[]{}\"'“”‘’/\\|&%$#@*_+=<>~`\n\t ",
    *("\u00a0", "\u0301", "\ufeff", "\u200f", "é", "中", "🙂", "عربي ", "İ", "ß", "\n\n", "a.\n\n", "- ", ". ", ", "),
    *("12 ", "1,000 ", "20-30 ", "3.5 million ", "a ", "an ", "A ", "I ", "Mr. ", "U.S. ", "St. ", "al-", "x"),
    *("Aa", "A'", "A'a", "Aa-", "A-", "a-", "a'", "Ab (a b c ", 'Ab "a ', "[A] ", "((", '""', "«a» "),
    *("and ", "or ", "of ", "the ", "by ", "who ", "that ", "in ", "on ", "from ", "to ", "as ", "while ", "after "),
    *("Monday ", "on Monday, ", "May 3, 2019 ", "2019-05-03 ", "3/5/2019 ", "yesterday ", "two days ago "),
    *("a day earlier ", "last week ", "since October ", "March ", "twenty-three ", "two hundred and ", "dozens of "),
    *("Kabul ", "Kabul, ", "Iraq ", "UK ", "Ain al-Asad ", "New York ", "Washington said ", "Kyiv's ", "Taliban "),
    *("San Jose in San Antonio, ", "Santa Cruz, Santa Maria, ", "Foo district, ", "Rockets hit Xar base. "),
    *("the group ", "killed five, ", "5 killed and ", "two drones ", "two drones and ", "killed in ", "A B "),
    *("one drone was shot down but another ", "Abc Def Ghi ", "JOHN SMITH ", "Ann Lee, 14, was shot. "),
    *("group calling itself ", "X, a militia, ", "nautical miles of ", "said that on ", "did. ", "killed. "),
    *("amid overrun ", "dead as ", ";wounded ", "as UK attack ", "while Iraq bombing in Mosul "),
    *("Two people were killed in Kabul on Monday. ", "The second attack hit Kabul. ", "Attack in Kabul\n\n"),
)
_NEWS = (
    "KANO, July 10 — Gunmen attacked a market in Kano on Tuesday, killing 12 people. In a separate incident, a car "
    "bomb exploded in Maiduguri on Monday, killing four soldiers. Six others were wounded in the blast. Boko Haram "
    "claimed responsibility for the bombing.\n\n"
)
_MONTHS = ("January", "March", "May", "July", "October")


def main() -> None:
    parser = argparse.ArgumentParser(description="What long texts of one token after another take to read.")
    parser.add_argument("tokens", nargs="*")
    parser.add_argument("--all", action="store_true", help="read every token at 100 kB")
    options = parser.parse_args()
    extractor = RulesExtractor()
    tokens = options.tokens or sorted({*_SIGNS, *_phrases()}) + _drawn()
    kept = tokens if options.all or options.tokens else _slow_or_growing(extractor, tokens)
    timed = sorted(((seconds(extractor, token), token) for token in kept), reverse=True)
    news = seconds(extractor, _NEWS)
    for taken, token in timed[:_SLOWEST_SHOWN]:
        print(f"{taken:6.2f} s  {taken / news:5.1f} times news  {token!r}", flush=True)
    print(f"{len(tokens)} tokens, {len(kept)} of them at {LENGTH // 1000} kB; news takes {news:.2f} s")
    slowest = timed[0][0]
    for name, make in {} if options.tokens else VARIED.items():
        grown = [_seconds_of(extractor, varied(make, length)) for length in (LENGTH // 4, LENGTH // 2, LENGTH)]
        slowest = max(slowest, grown[-1])
        print(f"{name:20}" + "".join(f"{taken:8.2f} s" for taken in grown) + "  at 25, 50 and 100 kB")
    sys.exit(slowest > LIMIT_SECONDS)


def _slow_or_growing(extractor: RulesExtractor, tokens: list[str]) -> list[str]:
    """Return the tokens that are slowest at 10 kB, and of the 150 slowest those that grow most beyond."""
    screened = sorted(tokens, key=lambda token: -seconds(extractor, token, _SCREENED))
    growing = sorted(screened[:_GROWN], key=lambda token: -growth(extractor, token, _SCREENED // 2, 2 * _SCREENED))
    return list(dict.fromkeys([*screened[:_WORST], *growing[:_WORST], *_SIGNS]))


def growth(extractor: RulesExtractor, token: str, short: int, long: int) -> float:
    """Return how many times longer `long` characters take than `short` ones: the better of two tries each."""
    brief, full = (min(seconds(extractor, token, length) for _ in range(2)) for length in (short, long))
    return full / brief


def seconds(extractor: RulesExtractor, token: str, length: int = LENGTH) -> float:
    """Return the processor time that reading a text of nothing but `token` takes."""
    return _seconds_of(extractor, (token * (length // len(token) + 1))[:length])


def _seconds_of(extractor: RulesExtractor, text: str) -> float:
    now = datetime(2019, 7, 10, tzinfo=timezone.utc)
    article = Article.model_construct(
        article_id="a", ref="r", url=None, title=None, text=text, source="s", published_at=now, language="en"
    )
    started = time.process_time()
    extractor.extract(article)
    return time.process_time() - started


def _name(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "X" + "".join(letters[number // 26**place % 26] for place in range(3))


VARIED: dict[str, Callable[[int], str]] = {
    "incidents": lambda i: (
        f"A bomb killed {i % 9 + 2} people in {_town(i)} on {_MONTHS[i % 5]} {i % 28 + 1}, 20{i % 20:02}. "
    ),
    "announcements": lambda i: f"Two bases in {_town(i)} were attacked in {_MONTHS[i % 5]} {2000 + i % 20}.\n\n",
    "headlines": lambda i: f"Attacks in {_town(i)}\n\n",
    "ordinals": lambda i: f"Gunmen attacked {_town(i)}. The second attack hit {_town(7 * i)}. ",
    "people": lambda i: f"{_name(i)} {_name(7 * i)}, {i % 70 + 8}, was shot dead. ",
    "groups": lambda i: f"The {_name(i)} Brigades attacked the army. ",
    "unlisted sites": lambda i: f"Rockets hit {_name(i)} base. ",
    "towns": lambda i: f"{_town(i)}, ",
}
"""Sentences that differ with their number: for texts of as many incidents, names or sites as there is room for."""


def varied(make: Callable[[int], str], length: int) -> str:
    """Return a text of `length` characters of the sentences that `make` gives for 0, 1, 2 …"""
    text = ""
    for number in range(length):
        text += make(number)
        if len(text) >= length:
            break
    return text[:length]


def _town(number: int) -> str:
    towns = (
        "Kabul",
        "Herat",
        "Mosul",
        "Kirkuk",
        "Aden",
        "Taiz",
        "Gao",
        "Kidal",
        "Kano",
        "Jos",
        "Goma",
        "Beni",
        "Idlib",
    )
    return towns[number % len(towns)]


def _phrases() -> Iterator[str]:
    for name, column in _LEXICONS.items():
        for row in rows(name):
            for phrase in phrases_of(row.get(column) or ""):
                yield phrase.replace("*", "") + " "
                yield phrase.split()[0].replace("*", "") + " "


def _drawn() -> list[str]:
    """Return rows of two to six phrases and signs: most of what is slow, is slow in company."""
    draw = random.Random(3)  # noqa: S311 - a draw that is the same every time, of no secret
    known = [*sorted(set(_phrases())), *_SIGNS * 20]
    return ["".join(draw.choice(known) for _ in range(draw.choice((2, 2, 3, 4, 6)))) for _ in range(_ROWS)]


if __name__ == "__main__":
    main()
