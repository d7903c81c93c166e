"""Passages with marked parts of incidents, made into tagged sentences."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.extraction.encoder.words import split_words
from pipeline.extraction.text.lexicon import tokenize
from pipeline.extraction.text.sentences import split_sentences
from pipeline.extraction.violence.triggers import TriggerFinder
from training.labels import tags_of

_LONGEST = 90


class Marked(NamedTuple):
    """A text and the parts of incidents in it: start, end, role; in the order of preference where they overlap."""

    text: str
    spans: list[tuple[int, int, str]]


class Tagged(NamedTuple):
    """A sentence: its words and a BIO tag for each."""

    words: list[str]
    tags: list[str]


def every(text: str, phrase: str, role: str) -> list[tuple[int, int, str]]:
    """Return where `phrase` stands in `text` as whole words, in any case, across line breaks too."""
    words = re.findall(r"\S+", phrase)
    if len("".join(words)) < 3:
        return []
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
    return [(m.start(), m.end(), role) for m in re.finditer(pattern, text, re.IGNORECASE)]


class Tagger:
    """Cuts marked passages into the sentences that a trigger selects, as the pipeline does."""

    def __init__(self) -> None:
        self._triggers = TriggerFinder()

    def sentences(self, passages: Iterable[Marked], *, marked_only: bool = True) -> list[Tagged]:
        """Return the sentences with a trigger, and with a marked part unless `marked_only` is false."""
        tagged: list[Tagged] = []
        for text, spans in passages:
            triggers = self._triggers.find(text, tokenize(text))
            for sentence in split_sentences(text):
                start, end = sentence.start, sentence.end
                mine = [s for s in spans if start <= s[0] and s[1] <= end]
                if (marked_only and not mine) or not any(start <= t.span.start < end for t in triggers):
                    continue
                words = split_words(text, start, end)
                if 3 <= len(words) <= _LONGEST:
                    tagged.append(Tagged([w.text for w in words], tags_of(len(words), _in_words(mine, words))))
        return tagged


def _in_words(spans: list[tuple[int, int, str]], words: list) -> list[tuple[int, int, str]]:
    found = []
    for start, end, role in spans:
        inside = [i for i, w in enumerate(words) if w.start < end and start < w.end]
        if inside:
            found.append((inside[0], inside[-1] + 1, role))
    return found
