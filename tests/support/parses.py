"""Parses written by hand: a line is a word, the number of its head (0 for the root) and its relation."""

from pipeline.extraction.encoder.model import Parse, Role
from pipeline.extraction.encoder.words import Word


def parse_of(lines: str, *roles: tuple[str, str]) -> tuple[str, Parse]:
    """Return the text of a parse (its words, with spaces) and the parse. `roles` are pairs of words and a role."""
    rows = [line.split() for line in lines.strip().splitlines()]
    words, at = [], 0
    for row in rows:
        words.append(Word(at, at + len(row[0]), row[0]))
        at += len(row[0]) + 1
    text = " ".join(row[0] for row in rows)
    marked = []
    for phrase, name in roles:
        start = text.index(phrase)
        inside = [i for i, w in enumerate(words) if start <= w.start < start + len(phrase)]
        marked.append(Role(inside[0], inside[-1] + 1, name, 0.9))
    return text, Parse(words, [int(row[1]) - 1 for row in rows], [row[2] for row in rows], marked)
