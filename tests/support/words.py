"""Texts of made-up words."""

import random


def words(seed: int, number: int = 200) -> list[str]:
    """Words of a made-up language, other ones for another seed."""
    generator = random.Random(seed)  # noqa: S311  # nothing secret
    return ["".join(generator.choices("aeioubdgklmnprst", k=6)) for _ in range(number)]


def text(seed: int, number: int = 200, changed: int = 0) -> str:
    """A text; `changed` words in the middle of it are others."""
    written = words(seed, number)
    written[number // 2 : number // 2 + changed] = words(seed + 1_000, changed)
    return " ".join(written)
