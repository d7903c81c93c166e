"""Sentences as tensors, sorted into batches of like length."""

import random
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.corpora import LABELLED
from training.labels import TAGS
from training.passages import Tagged
from training.treebanks import Tree

CLS, SEP, UNKNOWN = 101, 102, 100
MOST_PIECES_OF_A_WORD = 8
IGNORED = -100


class Item(NamedTuple):
    """A sentence in numbers: piece ids, each word's first piece, and what is to be learnt of it."""

    ids: list[int]
    first: list[int]
    heads: list[int]
    relations: list[int]
    allowed: list[list[int]]


class Items:
    """Makes items with one tokenizer and one list of relations."""

    def __init__(self, tokenizer: Tokenizer, relations: Sequence[str]) -> None:
        self._relations = {name: number for number, name in enumerate(relations)}
        self._tags = {name: number for number, name in enumerate(TAGS)}
        encode = tokenizer.encode
        self._pieces = cache(lambda w: encode(w, add_special_tokens=False).ids[:MOST_PIECES_OF_A_WORD] or [UNKNOWN])

    def of_tree(self, tree: Tree) -> Item:
        """Return a tree as an item."""
        ids, first = self._encode(tree.words)
        return Item(ids, first, tree.heads, [self._relations.get(r, IGNORED) for r in tree.relations], [])

    def of_tags(self, sentence: Tagged, corpus: str) -> Item:
        """Return a tagged sentence as an item: an unmarked word may be any tag that its corpus does not mark."""
        ids, first = self._encode(sentence.words)
        open_tags = [0, *(n for tag, n in self._tags.items() if tag != "O" and tag[2:] not in LABELLED[corpus])]
        return Item(ids, first, [], [], [open_tags if tag == "O" else [self._tags[tag]] for tag in sentence.tags])

    def _encode(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        ids, first = [CLS], [0]
        for word in words:
            first.append(len(ids))
            ids += self._pieces(word)
        return [*ids, SEP], first


class Batch(NamedTuple):
    """Tensors of several items, padded. Word 0 is [CLS]."""

    ids: Tensor
    first: Tensor
    heads: Tensor
    relations: Tensor
    allowed: Tensor
    words: Tensor


def batch_of(items: Sequence[Item]) -> Batch:
    """Return the batch of some items, all trees or all tagged."""
    longest, most = max(len(i.ids) for i in items), max(len(i.first) for i in items)
    ids = torch.zeros(len(items), longest, dtype=torch.long)
    first = torch.zeros(len(items), most, dtype=torch.long)
    heads = torch.full((len(items), most), IGNORED)
    relations = heads.clone()
    words = torch.zeros(len(items), most, dtype=torch.bool)
    allowed = torch.zeros(len(items), most, len(TAGS), dtype=torch.bool)
    for row, item in enumerate(items):
        count = len(item.first)
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        first[row, :count] = torch.tensor(item.first)
        words[row, 1:count] = True
        if item.heads:
            heads[row, 1:count] = torch.tensor(item.heads)
            relations[row, 1:count] = torch.tensor(item.relations)
        for at, tags in enumerate(item.allowed, start=1):
            allowed[row, at, tags] = True
    return Batch(ids, first, heads, relations, allowed, words)


def buckets(items: Sequence[Item], size: int, draw: random.Random) -> list[list[Item]]:
    """Return the items in batches of about the same length, in random order."""
    order = sorted(items, key=lambda item: len(item.ids) + draw.random() * 4)
    made = [order[at : at + size] for at in range(0, len(order), size)]
    draw.shuffle(made)
    return made
