"""What an INPUT on the command line means: a file, a folder or a glob → the patterns of the files to read."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.errors import BrokenLinkError, NoInputError, NotAnInputError
from pipeline.runtime.globs import GLOB_CHARACTER, literal
from pipeline.sources.reader import SUFFIXES

_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)


def patterns_of(inputs: Sequence[str], matches: Callable[[Iterable[str]], Sequence[object]]) -> tuple[str, ...]:
    """Return the patterns of the files that the inputs name.

    A folder (or a path that ends in a slash) stands for all files in it and below whose suffix can be read. An
    existing file stands for itself, whatever characters its name holds. Anything else is a pattern. `matches` finds
    the files of patterns; raises NoInputError for an input that has none.
    """
    found: list[str] = []
    for given in inputs:
        _check_address(given)
        patterns = _patterns(given)
        if not matches(patterns):
            raise _nothing_found(given)
        found += patterns
    return tuple(dict.fromkeys(found))


def _check_address(given: str) -> None:
    """Raise NotAnInputError for an address of the web."""
    if _WEB.match(given):
        problem = (
            "inputs are files, folders and globs; save the page as .html, or put the address of a feed into a file and "
            "give that with --feeds"
        )
        raise NotAnInputError(given, problem)


def _nothing_found(given: str) -> NoInputError:
    path = Path(given)
    if given and path.is_symlink() and not path.exists():
        return BrokenLinkError(given, str(path.readlink()))
    return NoInputError(given, SUFFIXES)


def _patterns(given: str) -> list[str]:
    if not given:  # a shell's empty variable means nothing, not the folder that a Path makes of it
        return []
    path = Path(given)
    if path.is_dir() or given.endswith("/"):
        folder = literal(given.rstrip("/"))
        return [_anchored(f"{folder}/**{_any_case(suffix)}") for suffix in SUFFIXES]
    return [_anchored(literal(given) if path.exists() else given)]


def _anchored(pattern: str) -> str:
    """Return a glob with the folder to look in, without which Beam looks in none."""
    glob = GLOB_CHARACTER.search(pattern)
    return f"./{pattern}" if glob and "/" not in pattern[: glob.start()] else pattern


def _any_case(suffix: str) -> str:
    return "".join(f"[{char}{char.upper()}]" if char.isalpha() else char for char in suffix)
