"""From a file to its articles and rejects, whatever kind of file it is.

To read another kind: write a module with a function like `text.read_text`, and add its suffix to `_FORMATS`. Where a
quick look through a large file tells where its items begin, also say how to cut it into parts.
"""

import errno
import logging
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from pipeline.errors import NotAFileError, SourceError, UnknownSuffixError
from pipeline.records.rejects import RECORD_CHARS, reject
from pipeline.sources.csv_table import read_csv
from pipeline.sources.document import STAGE, Document, articles_of, name_of
from pipeline.sources.docx import read_docx
from pipeline.sources.html import read_html
from pipeline.sources.json_array import read_json
from pipeline.sources.jsonl import cut_jsonl, read_jsonl
from pipeline.sources.mail import read_mail
from pipeline.sources.parquet import cut_at_row_groups, read_parquet
from pipeline.sources.parts import PART_BYTES, WHOLE, Part
from pipeline.sources.pdf import read_pdf
from pipeline.sources.streams import Limits
from pipeline.sources.text import read_text
from pipeline.sources.warc import cut_at_records, read_warc
from schemas import Article, Reject

Found = Iterator[Document | Reject]
Reader = Callable[[BinaryIO, str, Limits], Found]
PartReader = Callable[[BinaryIO, str, Limits, Part], Found]


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is read. Both functions are given an open file, and raise SourceError if it is hopeless.

    `read` yields what a part of it holds, given its path (to name it by), the limits and the part. `cut` returns its
    parts, given how large they should be, in bytes; null if it cannot be cut.
    """

    read: PartReader
    cut: Callable[[BinaryIO, int], list[Part]] | None = None


def _uncut(read: Reader) -> Format:
    return Format(lambda stream, path, limits, part: read(stream, path, limits))


_JSONL = Format(read_jsonl, cut_jsonl)
_FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": _uncut(read_text),
        ".html": _uncut(read_html),
        ".htm": _uncut(read_html),
        ".docx": _uncut(read_docx),
        ".eml": _uncut(read_mail),
        ".json": _uncut(read_json),
        ".json.gz": _uncut(read_json),
        ".json.zst": _uncut(read_json),
        ".pdf": _uncut(read_pdf),
        ".jsonl": _JSONL,
        ".jsonl.gz": _JSONL,
        ".jsonl.zst": _JSONL,
        ".csv": _uncut(read_csv),
        ".csv.gz": _uncut(read_csv),
        ".csv.zst": _uncut(read_csv),
        ".parquet": Format(read_parquet, cut_at_row_groups),
        ".warc.wet.gz": Format(read_warc, cut_at_records),
        ".warc.wet": Format(read_warc, cut_at_records),
        ".wet.gz": Format(read_warc, cut_at_records),
        ".wet": Format(read_warc, cut_at_records),
        ".warc": Format(read_warc, cut_at_records),
        ".warc.gz": Format(read_warc, cut_at_records),
    }
)

SUFFIXES = tuple(_FORMATS)
"""How the names of files end that can be read, in lower case; upper case is read alike."""

OpenFile = Callable[[str], BinaryIO]
"""Opens a path for reading bytes, from the beginning. Raises OSError, or NotAFileError for what is no file."""

MOST_ALIKE = 100
"""How many rejects of one kind a file may have in full; those beyond are counted in one."""

_DETAIL = re.compile(r"[(:]")
_DIGITS = re.compile(r"\d+")
_NO_FAULT_OF_THE_FILE = (errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EMFILE, errno.ENFILE)
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

_log = logging.getLogger(__name__)


def check_is_file(path: str) -> None:
    """Raise NotAFileError for what waits for ever when it is read, and for a link that leads nowhere."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):  # not on a local disk, perhaps: whoever opens it will say so
        if "://" not in path and Path(path).is_symlink():
            raise NotAFileError(f"a link to {str(Path(path).readlink())!r}, which is not there") from None
        return
    kind = next((kind for is_of_kind, kind in _SPECIAL if is_of_kind(mode)), None)
    if kind is not None:
        raise NotAFileError(kind)


def parts_of(path: str, size: int, open_file: OpenFile, part_bytes: int = PART_BYTES) -> list[Part]:
    """Return the parts that a file of `size` bytes is best read in; one for a file that cannot be cut or even read."""
    format_ = _format_of(path)
    if format_ is None or format_.cut is None or size <= part_bytes:
        return [WHOLE]
    try:
        with open_file(path) as stream:
            return format_.cut(stream, part_bytes)
    except Exception:  # a library may raise anything on a damaged file; `read_file` reads it and tells what it was
        return [WHOLE]


def read_file(
    path: str,
    open_file: OpenFile,
    modified_at: datetime | None,
    limits: Limits = Limits(),  # noqa: B008  # it is frozen
    part: Part = WHOLE,
    languages: frozenset[str] = frozenset(),
) -> Iterator[Article | Reject]:
    """Yield the articles of a file, or of a part of it, in its order, and a reject for whatever cannot be read.

    `modified_at` (aware) is when the file was last changed, null if unknown: it becomes the articles' `fetched_at`
    where the file does not tell when it obtained them. `languages` are those beside English that are read. Raises
    nothing for what a file contains or for a file that cannot be opened.
    """
    yield from _folded(_outcomes(path, open_file, modified_at, limits, part, languages), path)


def _outcomes(
    path: str,
    open_file: OpenFile,
    modified_at: datetime | None,
    limits: Limits,
    part: Part,
    languages: frozenset[str],
) -> Iterator[Article | Reject]:
    format_ = _format_of(path)
    if format_ is None:
        yield reject(STAGE, str(UnknownSuffixError(name_of(path), SUFFIXES)), path)
        return
    try:
        with open_file(path) as stream:
            for found in format_.read(stream, path, limits, part):
                if isinstance(found, Document):
                    yield from articles_of(found, modified_at, languages)
                else:
                    yield found
    except NotAFileError as error:
        yield reject(STAGE, str(error), path)
    except SourceError as error:
        yield reject(STAGE, str(error), path, _head_of(path, open_file))
    except OSError as error:
        if error.errno in _NO_FAULT_OF_THE_FILE:
            raise
        yield reject(STAGE, f"cannot be read ({_problem(error)}): check that it exists and that you may read it", path)
    except Exception as error:  # not all that lies in a file is foreseen, and one file must not end a run over all
        _log.info("a fault in reading %s", path, exc_info=True)
        reason = f"a fault of the reader ({type(error).__name__}: {error}): what came before was read; please report it"
        yield reject(STAGE, reason, path)


def _folded(outcomes: Iterator[Article | Reject], path: str) -> Iterator[Article | Reject]:
    """Yield outcomes, but only so many rejects of a kind, and in the end one that counts the others of it."""
    counts: Counter[str] = Counter()
    last: dict[str, str] = {}
    for outcome in outcomes:
        if isinstance(outcome, Reject):
            kind = _DIGITS.sub("N", _DETAIL.split(outcome.reason, maxsplit=1)[0]).strip()
            counts[kind] += 1
            last[kind] = outcome.ref
            if counts[kind] > MOST_ALIKE:
                continue
        yield outcome
    for kind, count in counts.items():
        if count > MOST_ALIKE:
            yield reject(
                STAGE, f"{count - MOST_ALIKE:,} more like the {MOST_ALIKE} before ({kind}): the last", last[kind]
            )


def _format_of(path: str) -> Format | None:
    name = name_of(path).lower()
    return next((format_ for suffix, format_ in _FORMATS.items() if name.endswith(suffix)), None)


def _problem(error: OSError) -> str:
    return f"{type(error).__name__}: {error.strerror or error}"


def _head_of(path: str, open_file: OpenFile) -> bytes | str | None:
    """Return the beginning of a file: a text as text, anything else as bytes; None if it can no longer be read."""
    try:
        with open_file(path) as stream:
            head = stream.read(RECORD_CHARS)
    except Exception:  # storage clients share no class of errors; the reject is made without the beginning
        return None
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head
