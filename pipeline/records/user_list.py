"""A user's list of places or actors, as far as it says which articles it may matter to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UserList:
    """A user's list: `entries` are its rows as written, each with the names that it may be found by.

    `digest` stands for the entries, whatever comments, order and line ends the file has.
    """

    digest: str
    entries: tuple[tuple[str, tuple[str, ...]], ...]
