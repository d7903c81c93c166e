"""Which extractor reads the articles: one for all the runs of a process, as loading takes longer than a small run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from pipeline.errors import MissingExtraError
from pipeline.extraction.interface import Extractor
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.user_lists import read_actors, read_places

_MAKING = Lock()


@dataclass(frozen=True)
class ExtractorOptions:
    """Which extractor is asked for. `encoder` has it look for parties that the rules leave out.

    `places` and `actors` are the user's own additions to the gazetteer and the alias table.
    """

    places: Path | None = None
    actors: Path | None = None
    encoder: bool = False


class Choice(NamedTuple):
    """An extractor's name and version, and how a worker gets it; `make` pickles."""

    name: str
    version: str
    make: Callable[[], Extractor]


def chosen_extractor(options: ExtractorOptions) -> Choice:
    """Return the extractor that the options ask for: the rules, or the rules and the encoder.

    Raises UserListError for a list of the user's that cannot be meant, MissingExtraError for an encoder that is not
    installed.
    """
    if options.places is not None:
        read_places(options.places)
    if options.actors is not None:
        read_actors(options.actors)
    kind = _kind(options.encoder)
    return Choice(kind.name, kind.version, partial(shared_extractor, options.encoder, options.places, options.actors))


def shared_extractor(encoder: bool, places: Path | None, actors: Path | None) -> RulesExtractor:
    """Return the extractor of this process with the user's additions, made anew when their files have changed."""
    with _MAKING:  # threads that begin together share one
        return _made(encoder, places, _changed_at(places), actors, _changed_at(actors))


def let_go() -> None:
    """Keep no extractor any longer, for work that needs the memory more. The next one takes about a second to make."""
    _made.cache_clear()


@lru_cache(maxsize=1)
def _made(
    encoder: bool,
    places: Path | None,
    places_changed_at: int | None,
    actors: Path | None,
    actors_changed_at: int | None,
) -> RulesExtractor:
    return _kind(encoder)(places=places, actors=actors)


def _kind(encoder: bool) -> type[RulesExtractor]:
    if not encoder:
        return RulesExtractor
    try:
        from pipeline.extraction.encoder.extractor import EncoderExtractor  # its runtime takes memory: only when asked
    except ModuleNotFoundError as error:
        raise MissingExtraError("--encoder", "encoder") from error
    return EncoderExtractor


def _changed_at(path: Path | None) -> int | None:
    return path.stat().st_mtime_ns if path else None
