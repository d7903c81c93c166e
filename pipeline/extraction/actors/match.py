"""A party found over some words of an article."""

from typing import NamedTuple

from schemas import ActorType


class Match(NamedTuple):
    """An actor over the words `first` to `last` (past the end). An empty `name` stands for the words themselves."""

    first: int
    last: int
    kind: ActorType
    name: str = ""
    actor_id: str | None = None
    parent: str | None = None
    country: str | None = None
