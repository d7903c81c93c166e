"""Word documents (.docx): one article in a file, by its paragraphs, headings, lists and tables.

Read with the standard library and lxml: a document is a ZIP file with XML in it. When it was published is not what its
properties say, which is when somebody saved it; so only its text tells.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.errors import RecordError, TooLargeError
from pipeline.sources.blocks import CELL_MARK, joined
from pipeline.sources.document import Document, folder_of, name_of
from pipeline.sources.streams import Limits, read_whole
from pipeline.sources.text import headline_of
from schemas import BlockKind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NO_ZIP = (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error, OSError)
"""What the standard library raises for what is no ZIP file, or a damaged one."""
_STORY = "word/document.xml"
_TITLES = ("Title", "Heading")


def read_docx(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document]:
    """Yield the one article of a Word document.

    Raises:
        SourceError: it is too long, or no Word document.
    """
    body = _body(read_whole(stream, limits.max_article_bytes), limits)
    written = joined(part for element in body for part in _parts(element))
    yield Document(
        ref=path,
        name=name_of(path),
        folder=folder_of(path),
        text=written.text,
        blocks=written.blocks,
        title=headline_of(written.text),
    )


def _body(data: bytes, limits: Limits) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(_STORY) as story:
            xml = story.read(limits.max_article_bytes * 4 + 1)
    except (
        zipfile.BadZipFile,
        KeyError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        zlib.error,
        OSError,
    ) as error:
        raise RecordError(f"not a Word document ({error}): save it as .docx or .txt") from error
    if len(xml) > limits.max_article_bytes * 4:
        raise TooLargeError("the document", limits.max_article_bytes * 4)
    from lxml import etree  # here, since readers of plain files have no use for it

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        body = etree.fromstring(xml, parser).find(f"{_W}body")
    except etree.XMLSyntaxError as error:
        raise RecordError(f"a damaged Word document ({error}): save it again as .docx or .txt") from error
    return body if body is not None else []


def _parts(element: Any) -> Iterator[tuple[BlockKind, str]]:
    if element.tag == f"{_W}p":
        yield _kind(element), _words(element)
    elif element.tag == f"{_W}tbl":
        for row in element.iter(f"{_W}tr"):
            cells = [" ".join(_words(cell).split()) for cell in row.iterfind(f"{_W}tc")]
            yield BlockKind.TABLE_ROW, CELL_MARK.join(cells) if len(cells) > 1 else "".join(cells)
    elif element.tag == f"{_W}sdt":
        for inner in element.iterfind(f"{_W}sdtContent/*"):
            yield from _parts(inner)


def _kind(paragraph: Any) -> BlockKind:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    if name.startswith(_TITLES):
        return BlockKind.HEADING
    if name == "Caption":
        return BlockKind.CAPTION
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return BlockKind.LIST_ITEM if numbered or name.startswith("List") else BlockKind.PARAGRAPH


def _words(element: Any) -> str:
    """Return the words of a paragraph or a cell, without those that were struck out as changes."""
    words: list[str] = []
    for each in element.iter(f"{_W}t", f"{_W}br", f"{_W}tab", f"{_W}cr", f"{_W}p"):
        if each.tag == f"{_W}t":
            words.append(each.text or "")
        elif each is not element:
            words.append(" " if each.tag == f"{_W}tab" else "\n")
    return "".join(words).strip()
