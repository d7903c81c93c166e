"""PDF documents (.pdf) with a text layer: one article in a file. Needs the extra `pdf`.

What a PDF holds is where each letter stands, not which paragraph it is of; so lines are as the page has them. One that
is a picture of a page has no text, and is set aside with what to do about it.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.errors import OverdueError, ReaderEndedError, RecordError, SourceError
from pipeline.sources.bounded import Bounded
from pipeline.sources.document import Document, folder_of, name_of
from pipeline.sources.streams import Limits, read_whole
from pipeline.sources.text import headline_of

MAX_PAGES = 200
"""A longer document is no article."""

SECONDS = 60.0
"""How long a document may be read for: a page may be made of millions of strokes, or say that it lies in itself."""

_REMEDY = "install the extra (pip install 'incident-stream[pdf]'), or convert it to text (pdftotext FILE.pdf FILE.txt)"


def read_pdf(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document]:
    """Yield the one article of a PDF document.

    Raises:
        SourceError: it is too long, damaged, locked, without text, or what reads it is not installed.
    """
    text = _within(SECONDS, read_whole(stream, limits.max_article_bytes))
    if not text.strip():
        raise RecordError(
            "a PDF without a text layer, such as a scan: read it with OCR first (ocrmypdf IN.pdf OUT.pdf)"
        )
    yield Document(ref=path, name=name_of(path), folder=folder_of(path), text=text, title=headline_of(text))


def _within(seconds: float, data: bytes) -> str:
    try:
        return _READERS.ask(seconds, data)
    except (OverdueError, ReaderEndedError) as error:
        raise RecordError(f"a PDF, and {error}: take out the pages that are wanted, or save it as text") from error


def text_of(data: bytes) -> str:
    """Return the text of a PDF document, however long that takes.

    Raises:
        SourceError: it is too long, damaged, locked, or what reads it is not installed.
    """
    try:
        import pypdf  # here, since it is an extra
    except ImportError as error:
        raise RecordError(f"a PDF, and nothing to read it with: {_REMEDY}") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it logs becomes a reject
    try:
        return _pages(pypdf.PdfReader(io.BytesIO(data)))
    except SourceError:
        raise
    except Exception as error:  # it parses what strangers wrote, and fails on some of it in ways that it does not name
        raise RecordError(
            f"a PDF that cannot be read ({type(error).__name__}: {error}): save it anew or as text"
        ) from error


def _pages(reader: Any) -> str:
    if reader.is_encrypted and not reader.decrypt(""):
        raise RecordError("a PDF that is locked with a password: unlock it first (qpdf --decrypt IN.pdf OUT.pdf)")
    if len(reader.pages) > MAX_PAGES:
        raise RecordError(f"a PDF of {len(reader.pages):,} pages, and no article: take out the pages that are wanted")
    return "\n\n".join(page.extract_text().strip() for page in reader.pages)


_READERS = Bounded(text_of)
"""Each reads a document in a process of its own."""
