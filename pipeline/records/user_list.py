"""A user's own list of places or actors, as far as it matters which texts it can change."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UserList:
    """A user's list: `entries` are its rows as written, each with the names that it may be found by.

    `digest` stands for the entries, whatever comments, order and line ends the file has.
    """

    digest: str
    entries: tuple[tuple[str, tuple[str, ...]], ...]
