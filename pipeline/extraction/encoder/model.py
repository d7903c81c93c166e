"""The model at work: from sentences to their words, each with its head and its part in an incident.

The weights are one ONNX file with int8 weights (`data/encoder.onnx`), the word pieces BERT's (`data/vocab.txt`). How
they are made is in `training/`. Reading a sentence costs about a millisecond; so only sentences that a trigger selects
are read, several of like length at a time.
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer

from pipeline.extraction.encoder.words import Word, split_words

DATA = Path(__file__).parent / "data"
"""Where the weights and the word pieces are that come with the package."""

_BATCH = 8
_MOST_WORDS = 120
_MOST_PIECES_OF_A_WORD = 8
_MOST_PIECES = 250
_CLS, _SEP, _UNKNOWN = 101, 102, 100
_CACHED_WORDS = 1 << 14


class Role(NamedTuple):
    """A stretch of a sentence that plays a part in an incident: its words (first, past the last), the part's name.

    `probability` (0 to 1) is that of its least sure word.
    """

    first: int
    last: int
    name: str
    probability: float


class Parse(NamedTuple):
    """A sentence as the model reads it.

    `heads` has for each word the index of the word it depends on, -1 for the root; `relations` has the kind of
    dependency (Universal Dependencies, subtypes cut but for `nsubj:pass` and `obl:agent`).
    """

    words: list[Word]
    heads: list[int]
    relations: list[str]
    roles: list[Role]


class Encoder:
    """Loads the model of a folder once; reading is a pure function of the text."""

    def __init__(self, folder: Path = DATA) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
        properties = self._session.get_modelmeta().custom_metadata_map
        self._relations: list[str] = json.loads(properties["relations"])
        self._tags: list[str] = json.loads(properties["tags"])
        tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)
        self._pieces = lru_cache(_CACHED_WORDS)(
            lambda word: tokenizer.encode(word, add_special_tokens=False).ids[:_MOST_PIECES_OF_A_WORD] or [_UNKNOWN]
        )

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[Parse]:
        """Return the parse of each stretch of `text` (start, end); of very long ones, that of their first words."""
        encoded = [self._encode(text, start, end) for start, end in sentences]
        parses: list[Parse | None] = [None] * len(encoded)
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
        for at in range(0, len(order), _BATCH):
            some = order[at : at + _BATCH]
            for i, parse in zip(some, self._run([encoded[i] for i in some]), strict=True):
                parses[i] = parse
        return [parse for parse in parses if parse is not None]

    def _encode(self, text: str, start: int, end: int) -> "_Encoded":
        ids, first, words = [_CLS], [0], []
        for word in split_words(text, start, end)[:_MOST_WORDS]:
            pieces = self._pieces(word.text)
            if len(ids) + len(pieces) > _MOST_PIECES:
                break
            first.append(len(ids))
            ids += pieces
            words.append(word)
        return _Encoded(words, [*ids, _SEP], first)

    def _run(self, some: Sequence["_Encoded"]) -> Iterator[Parse]:
        ids, first = _padded([one.ids for one in some]), _padded([one.first for one in some])
        heads, relations, scores = self._session.run(None, {"ids": ids, "first": first})
        odds = np.exp(scores - scores.max(-1, keepdims=True))
        odds /= odds.sum(-1, keepdims=True)
        for row, one in enumerate(some):
            count = len(one.words) + 1
            yield Parse(
                one.words,
                [int(head) - 1 for head in heads[row, 1:count]],
                [self._relations[n] for n in relations[row, 1:count]],
                self._roles(odds[row, 1:count]),
            )

    def _roles(self, odds: NDArray[np.float32]) -> list[Role]:
        roles: list[Role] = []
        for at, best in enumerate(odds.argmax(-1)):
            edge, _, name = self._tags[best].partition("-")
            sure = float(odds[at, best])
            if edge == "I" and roles and roles[-1].last == at and roles[-1].name == name:
                known = roles[-1]
                roles[-1] = Role(known.first, at + 1, name, min(known.probability, sure))
            elif name:
                roles.append(Role(at, at + 1, name, sure))
        return roles


class _Encoded(NamedTuple):
    words: list[Word]
    ids: list[int]
    first: list[int]


def _padded(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    table = np.zeros((len(rows), max(len(row) for row in rows)), dtype=np.int64)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row
    return table
