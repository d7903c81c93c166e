"""Dependency trees: UD English EWT and GUM, the latter without its non-commercial genres."""

import gzip
import re
from pathlib import Path
from typing import NamedTuple

from training.labels import KEPT_SUBTYPES

_BANKS = ("en_ewt", "en_gum")
_NON_COMMERCIAL = re.compile(r"# sent_id = GUM_(whow|fiction|essay|letter|podcast|reddit)_")
_LONGEST = 80


class Tree(NamedTuple):
    """A sentence: its words, each word's head (0 for the root, else the head's number from 1) and relation."""

    words: list[str]
    heads: list[int]
    relations: list[str]


def read_trees(folder: Path, split: str) -> list[Tree]:
    """Return the trees of a split (train, dev or test) of both treebanks."""
    trees: list[Tree] = []
    for bank in _BANKS:
        with gzip.open(folder / f"{bank}-{split}.conllu.gz", "rt", encoding="utf-8") as file:
            blocks = file.read().split("\n\n")
        for block in blocks:
            if _NON_COMMERCIAL.search(block):
                continue
            rows = [line.split("\t") for line in block.split("\n") if re.match(r"\d+\t", line)]
            if 0 < len(rows) <= _LONGEST:
                trees.append(Tree([r[1] for r in rows], [int(r[6]) for r in rows], [_relation(r[7]) for r in rows]))
    return trees


def _relation(label: str) -> str:
    return label if label in KEPT_SUBTYPES else label.split(":")[0]
