"""Finds the date expressions of a text: one combined scan, and a reader for each kind of expression."""

from pipeline.extraction.time import calendar_readers, relative_readers
from pipeline.extraction.time.core import Core
from pipeline.extraction.time.expressions import Expression
from pipeline.extraction.time.patterns import WORD, grammar

_READERS = calendar_readers.READERS | relative_readers.READERS


def scan(flat: str, written: str) -> list[Expression]:
    """Return the date expressions of a text, in order and not overlapping.

    `flat` is `written` as `flatten` gives it. Expressions of the future ("tomorrow", "next Thursday") and of habit
    ("every Friday") are left out.
    """
    kinds, digit_kinds, cores = grammar()
    found: list[Expression] = []
    read = 0
    for word in WORD.finditer(flat):
        opener = word[0]
        trying = kinds.get(opener) or (digit_kinds if opener < ":" else None)  # digits sort before the colon
        if not trying or word.start() < read:
            continue
        for kind in trying:
            match = cores[kind].match(flat, word.start())
            if match:
                expression = _READERS[kind](Core(match, flat, written))
                if expression and (not found or expression.start >= found[-1].end):
                    found.append(expression)
                read = match.end()
                break
    return found
