"""Plain text: one article in a file (.txt)."""

from collections.abc import Iterator
from typing import BinaryIO

from pipeline.sources.decode import decode
from pipeline.sources.document import Document, folder_of, name_of
from pipeline.sources.publication_date import has_dateline, is_header_line
from pipeline.sources.streams import Limits, read_whole

MIN_HEADLINE_WORDS = 3
"""The fewest words of a headline."""

MAX_HEADLINE_CHARS = 160
"""The longest headline, in characters."""


def read_text(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document]:
    """Yield the one article of a text file: all of its text, the headline and the date line included.

    Raises:
        SourceError: it is too long, or no text.
    """
    text = decode(read_whole(stream, limits.max_article_bytes)).text
    yield Document(ref=path, name=name_of(path), folder=folder_of(path), text=text, title=headline_of(text))


def headline_of(text: str) -> str | None:
    """Return the first line if it looks like a headline: short, set off by a blank line, and neither prose nor a date.

    A line that ends as a sentence does is prose; so is one that runs on in the next line, as in wrapped text.
    """
    first, _, rest = text.lstrip().partition("\n")
    first, below = first.strip(), rest.split("\n", 1)
    if len(first) > MAX_HEADLINE_CHARS or len(first.split()) < MIN_HEADLINE_WORDS or below[0].strip():
        return None
    if first.endswith((".", ",", ";", ":")) or is_header_line(first) or has_dateline(first):
        return None
    return first if rest.strip() else None
