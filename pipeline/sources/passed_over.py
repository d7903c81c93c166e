"""The files in an input folder that are not read, so that none is passed over in silence.

A folder stands for the files in it whose names say that they can be read. What else lies there is named here: a
document of another kind, a link that leads nowhere, what is no file at all. Hidden files and folders, databases, the
files of runs, and what tells of the folder itself (README.md, LICENSE) are nobody's articles, and are not mentioned.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path, PurePath
from typing import NamedTuple

from pipeline.errors import NotAFileError, SourceError, UnknownSuffixError
from pipeline.records.rejects import reject
from pipeline.sources.document import STAGE
from pipeline.sources.reader import MOST_ALIKE, SUFFIXES, check_is_file
from schemas import Reject

RUN_SUFFIX, RUN_FOLDERS = ".run", ("workspace", "staged", "linked", "progress")
"""How the name of a run's folder ends, and the folders in it."""

_ABOUT_THE_FOLDER = re.compile(r"(?:readme|licen[cs]e|notice)(?:\.(?:md|rst))?", re.IGNORECASE)
_OURS = (".duckdb", ".duckdb.wal", ".duckdb.lock", ".duckdb.new", ".duckdb.new.wal")


class Unread(NamedTuple):
    """What was not read: as rejects, and how many files there are of each kind, by the end of their names."""

    rejects: tuple[Reject, ...]
    kinds: Counter[str]


def is_of_a_run(path: str) -> bool:
    """Return whether a file is one that a run is staging, of whatever database."""
    return any(
        folder.endswith(RUN_SUFFIX) and inner in RUN_FOLDERS
        for folder, inner in pairwise(path.replace("\\", "/").split("/"))
    )


def unread_in(folders: Sequence[str]) -> Unread:
    """Return what is not read of local folders. Of each kind, a hundred are named, and the others counted."""
    kinds: Counter[str] = Counter()
    rejects = []
    for path, error in _unread(folders):
        kind = "links" if path.is_symlink() else path.suffix.lower() or "without a suffix"
        kinds[kind] += 1
        if kinds[kind] <= MOST_ALIKE:
            rejects.append(reject(STAGE, str(error), str(path)))
    for kind, count in kinds.items():
        if count > MOST_ALIKE:
            reason = f"{count - MOST_ALIKE:,} more files that are not read ({kind}): convert them to text or HTML"
            rejects.append(reject(STAGE, reason, ", ".join(folders)))
    return Unread(tuple(rejects), kinds)


def _unread(folders: Sequence[str]) -> Iterator[tuple[Path, SourceError]]:
    for path in dict.fromkeys(path for folder in folders for path in _files(folder)):
        if path.name.lower().endswith(_OURS) or is_of_a_run(str(path)) or _ABOUT_THE_FOLDER.fullmatch(path.name):
            continue
        known = path.name.lower().endswith(SUFFIXES)
        try:
            check_is_file(str(path))
        except NotAFileError as error:
            if not known or not path.exists():  # a reader will say so of the others
                yield path, error
            continue
        if not known:
            yield path, UnknownSuffixError(path.name, SUFFIXES)


def _files(folder: str) -> Iterator[Path]:
    for where, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        yield from (Path(where, name) for name in sorted(names) if not name.startswith("."))


def folders_of(inputs: Sequence[str]) -> list[str]:
    """Return those inputs that are local folders."""
    return [given for given in inputs if given and PurePath(given).parts and Path(given).is_dir()]
