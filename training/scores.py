"""Scores of the heads, whether run by PyTorch or, exported, by onnxruntime."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from training.batches import Item, batch_of
from training.labels import ROLES, TAGS, spans_of

Array = NDArray[np.generic]
Model = Callable[[Array, Array], tuple[Array, Array, Array]]
"""From piece ids and first pieces to each word's head, relation and tag scores."""


def attachment(model: Model, items: Sequence[Item]) -> tuple[float, float]:
    """Return the share of words with the right head (UAS), and with the right head and relation (LAS)."""
    head = both = count = 0
    for item, (heads, relations, _) in _run(model, items):
        for i in range(len(item.heads)):
            right = heads[i] == item.heads[i]
            head += right
            both += right and relations[i] == item.relations[i]
            count += 1
    return head / count, both / count


def roles(model: Model, items: Sequence[Item], labelled: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 of the spans of each labelled role and of all; spans that overlap match."""
    right, given, found, wanted = (dict.fromkeys((*ROLES, "all"), 0) for _ in range(4))
    for item, (_, _, scores) in _run(model, items):
        guess = spans_of([TAGS[n] for n in scores.argmax(-1)])
        gold = spans_of([TAGS[tags[0]] if len(tags) == 1 else "O" for tags in item.allowed])
        for mine, theirs, hits, totals in ((guess, gold, right, given), (gold, guess, found, wanted)):
            for first, last, role in mine:
                if role in labelled:
                    hit = any(r == role and a < last and first < b for a, b, r in theirs)
                    for key in (role, "all"):
                        hits[key] += hit
                        totals[key] += 1
    return {key: _prf(right[key], given[key], found[key], wanted[key]) for key in (*labelled, "all")}


def _prf(right: int, given: int, found: int, wanted: int) -> tuple[float, float, float]:
    p, r = right / given if given else 0.0, found / wanted if wanted else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _run(model: Model, items: Sequence[Item]) -> Iterator[tuple[Item, tuple[Array, Array, Array]]]:
    """Yield each item with its words' heads, relations and tag scores; [CLS] is left out."""
    order = sorted(items, key=lambda item: len(item.ids))
    for at in range(0, len(order), 32):
        some = order[at : at + 32]
        batch = batch_of(some)
        heads, relations, tags = model(batch.ids.numpy(), batch.first.numpy())
        for row, item in enumerate(some):
            count = len(item.first)
            yield item, (heads[row, 1:count], relations[row, 1:count], tags[row, 1:count])
