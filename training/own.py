"""Sentences of our own: templates filled at random, the parts of an incident marked in the templates."""

import csv
import random
import re
from pathlib import Path

from training.passages import Marked

_DATA = Path(__file__).parent / "data"
_PIECE = re.compile(r"\[(\w+)\|([^\]]+)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def own_sentences(times: int, seed: int) -> list[Marked]:
    """Return every template filled `times` times, no two alike."""
    with (_DATA / "fillers.csv").open(encoding="utf-8", newline="") as file:
        fillers = {row["slot"]: row["fillers"].split("|") for row in csv.DictReader(file)}
    lines = (_DATA / "templates.txt").read_text(encoding="utf-8").splitlines()
    draw = random.Random(seed)  # noqa: S311 - no secret
    made = {
        _SLOT.sub(lambda slot: draw.choice(fillers[slot[1]]), line)
        for line in lines
        if line.strip() and not line.startswith("#")
        for _ in range(times)
    }
    return [_marked(line) for line in sorted(made)]


def _marked(line: str) -> Marked:
    text, spans, at = "", [], 0
    for piece in _PIECE.finditer(line):
        text += line[at : piece.start()]
        spans.append((len(text), len(text) + len(piece[2]), piece[1]))
        text, at = text + piece[2], piece.end()
    text += line[at:]
    return Marked(text[:1].upper() + text[1:], spans)
