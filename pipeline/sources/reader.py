"""From a file to its articles and rejects, whatever kind of file it is.

To read another kind: write a module with a function like `text.read_text`, and add its suffix to `_READERS`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import BinaryIO

from pipeline.errors import SourceError, UnknownSuffixError
from pipeline.rejects import RECORD_CHARS, reject
from pipeline.sources.document import STAGE, Document, name_of, to_article
from pipeline.sources.html import read_html
from pipeline.sources.jsonl import read_jsonl
from pipeline.sources.streams import Limits
from pipeline.sources.text import read_text
from schemas import Article, Reject

Reader = Callable[[BinaryIO, str, Limits], Iterator[Document | Reject]]
"""Reads an open file, given its path (to name it by) and the limits. Raises SourceError if it cannot read it at all."""

_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": read_text,
        ".html": read_html,
        ".htm": read_html,
        ".jsonl": read_jsonl,
        ".jsonl.gz": read_jsonl,
    }
)

SUFFIXES = tuple(_READERS)
"""How the names of files end that can be read, in lower case; upper case is read alike."""


def read_file(
    path: str,
    open_file: Callable[[str], BinaryIO],
    modified_at: datetime | None,
    limits: Limits = Limits(),  # noqa: B008  # it is frozen
) -> Iterator[Article | Reject]:
    """Yield the articles of a file in its order, and a reject for whatever in it cannot be read.

    `open_file` opens a path for reading bytes, from the beginning. `modified_at` (aware) is when the file was last
    changed, null if unknown: it becomes the articles' `fetched_at`. Raises nothing for what a file contains or for a
    file that cannot be opened.
    """
    reader = _reader_for(path)
    if reader is None:
        yield reject(STAGE, str(UnknownSuffixError(name_of(path), SUFFIXES)), path)
        return
    try:
        with open_file(path) as stream:
            for found in reader(stream, path, limits):
                yield to_article(found, modified_at) if isinstance(found, Document) else found
    except SourceError as error:
        yield reject(STAGE, str(error), path, _head_of(path, open_file))
    except OSError as error:
        yield reject(STAGE, f"cannot be read ({_problem(error)}): check that it exists and that you may read it", path)


def _reader_for(path: str) -> Reader | None:
    name = name_of(path).lower()
    return next((reader for suffix, reader in _READERS.items() if name.endswith(suffix)), None)


def _problem(error: OSError) -> str:
    return f"{type(error).__name__}: {error.strerror or error}"


def _head_of(path: str, open_file: Callable[[str], BinaryIO]) -> bytes | str | None:
    """Return the beginning of a file: a text as text, anything else as bytes; None if it can no longer be read."""
    try:
        with open_file(path) as stream:
            head = stream.read(RECORD_CHARS)
    except OSError:
        return None
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head
