"""The actors that are known by name: `actors.csv`, the states, and a user's own file of the same form."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pipeline.extraction.text.name_keys import ARTICLES, first_key, fold, plain
from pipeline.extraction.user_lists import read_actors
from pipeline.knowledge.tables import phrases_of, rows
from schemas import ActorType

_LONGEST_ACRONYM = 5
_GENITIVE = re.compile(r"(?<=\w)['’]s\b")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor of the table. `parent` is the actor_id of its umbrella, `country` the ISO alpha-3 of its state."""

    actor_id: str
    name: str
    actor_type: ActorType
    parent: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write an actor.

    `proper`: its first word needs a capital. `acronym`: only these very letters will do ("ELN", not "Eln").
    """

    actor: KnownActor
    proper: bool
    acronym: str


def _actor(row: dict[str, str]) -> KnownActor:
    return KnownActor(
        row["actor_id"], row["name"], ActorType(row["type"]), row["parent"] or None, row["country"] or None
    )


def letters_of(written: str) -> str:
    """Return `written` without the dots, hyphens and slashes that acronyms are written with or without."""
    return written.replace("-", "").replace(".", "").replace("/", "")


def _alias(actor: KnownActor, written: str) -> Alias:
    letters = letters_of(written)
    short = letters.isupper() and len(letters) <= _LONGEST_ACRONYM and " " not in written
    first = next((word for word in re.split(r"[\s-]", written) if plain(word) not in ARTICLES), written)
    return Alias(actor, first[:1].isupper(), letters if short else "")


class ActorTable:
    """Aliases by key, a user's before the shipped ones.

    `by_id` finds an actor by its id; `starts` holds the keys of the aliases' first words.

    Raises:
        UserListError: `extra` cannot be read, or a line of it cannot be meant.
    """

    def __init__(self, extra: Path | None = None) -> None:
        self.by_id: dict[str, KnownActor] = {}
        self.starts: set[str] = set()
        self._aliases: dict[str, list[Alias]] = defaultdict(list)
        for row in (*(read_actors(extra) if extra else ()), *rows("actors.csv")):
            self._add(_actor(row), (row["name"], *phrases_of(row["aliases"])))
        for row in rows("countries.csv"):
            state = KnownActor(row["country"].lower(), row["name"], ActorType.STATE, None, row["country"])
            self._add(state, (row["name"], *phrases_of(row["aliases"])))

    def _add(self, actor: KnownActor, names: tuple[str, ...]) -> None:
        actor = self.by_id.setdefault(actor.actor_id, actor)
        for name in names:
            bare = _GENITIVE.sub("", name)  # as the words of a text stand, "'s" apart from them
            self._aliases[fold(bare)].append(_alias(actor, name))
            self.starts.add(first_key(bare))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._aliases)

    def goes_on(self, key: str) -> bool:
        """Return whether some alias's key begins with `key` and is longer."""
        at = bisect_right(self._sorted, key)
        return at < len(self._sorted) and self._sorted[at].startswith(key)

    def state_keys(self) -> Iterator[str]:
        """Yield the keys that a state is known by."""
        for key, aliases in self._aliases.items():
            if any(alias.actor.actor_type is ActorType.STATE for alias in aliases):
                yield key

    def aliases(self, key: str) -> list[Alias]:
        """Return the aliases of this key, the first listed first."""
        return self._aliases.get(key, [])


@cache
def organisation_keys() -> frozenset[str]:
    """Return the keys of the shipped actors that are not states: names that are not places, whatever is in them."""
    keys = {
        fold(name)
        for row in rows("actors.csv")
        for name in (row["name"], *phrases_of(row["aliases"]))
        if any(char.isupper() for char in name)
    }
    return frozenset(keys)
