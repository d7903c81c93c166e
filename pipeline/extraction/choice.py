"""Which extractor reads the articles: one for all the runs of a process, as loading takes longer than a small run."""

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from pipeline.extraction.interface import Extractor, Preparation, Setup
from pipeline.extraction.registry import offer_of
from pipeline.extraction.user_lists import read_actors, read_places

_MAKING = Lock()


class Choice(NamedTuple):
    """An extractor's name and version, how a worker gets it, and what comes before; `make` and `preparation` pickle.

    `languages` are those beside English whose articles it is to be given.
    """

    name: str
    version: str
    make: Callable[[], Extractor]
    preparation: Preparation | None
    languages: frozenset[str]


def chosen_extractor(name: str, setup: Setup) -> Choice:
    """Return the extractor of a name, set up as asked for.

    Raises UserListError for a list of the user's that cannot be meant, MissingExtraError for an extractor that is not
    installed.
    """
    if setup.places is not None:
        read_places(setup.places)
    if setup.actors is not None:
        read_actors(setup.actors)
    offer = offer_of(name)
    preparation = offer.prepare(setup) if offer.prepare else None
    make = partial(shared_extractor, name, setup)
    return Choice(name, offer.version(setup), make, preparation, offer.languages(setup))


def shared_extractor(name: str, setup: Setup) -> Extractor:
    """Return the extractor of this process with the user's additions, made anew when their files have changed."""
    with _MAKING:  # threads that begin together share one
        return _made(name, setup, _changed_at(setup.places), _changed_at(setup.actors))


def let_go() -> None:
    """Keep no extractor any longer, for work that needs the memory more. The next one takes about a second to make."""
    _made.cache_clear()


@lru_cache(maxsize=1)
def _made(name: str, setup: Setup, places_changed_at: int | None, actors_changed_at: int | None) -> Extractor:
    return offer_of(name).make(setup)


def _changed_at(path: Path | None) -> int | None:
    return path.stat().st_mtime_ns if path else None
