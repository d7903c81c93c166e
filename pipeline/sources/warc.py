"""Web archives: the news pages among what a crawler has kept (.warc, .warc.gz), as Common Crawl News has them.

A page is a response of status 2xx that is HTML, a resource that is, or the text of one (in WET files); requests,
redirects, images and such are passed over, and counted in the log. It is called by the address that it was fetched
from, and `fetched_at` is when that was; when it was published is for the page to say. What cannot be read becomes a
reject, named by the record's number in the file.

A file that is packed is read by one worker, whichever way it is packed.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from pipeline.errors import SourceError, TooLargeError
from pipeline.records.rejects import RECORD_CHARS, reject
from pipeline.sources.compressed import GZIP_MAGIC, is_compressed, read_up_to
from pipeline.sources.decode import decode
from pipeline.sources.document import STAGE, Document, folder_of, publisher_of
from pipeline.sources.gzip_members import RECORD_BEGINS
from pipeline.sources.html import decode_page, read_page
from pipeline.sources.http_response import Response, response_in
from pipeline.sources.moments import read_moment
from pipeline.sources.parts import WHOLE, Part
from pipeline.sources.peekable import GzipPeekableStream, PeekableStream, PlainPeekableStream
from pipeline.sources.streams import Limits
from pipeline.sources.text import headline_of
from pipeline.sources.warc_records import Damage, Record, Records
from schemas import Reject

_HTML_TYPES = ("text/html", "application/xhtml+xml")

_log = logging.getLogger(__name__)


def read_warc(stream: BinaryIO, path: str, limits: Limits, part: Part = WHOLE) -> Iterator[Document | Reject]:
    """Yield the article of each page, or the reject of a page or of a damaged stretch that cannot be read."""
    folder, passed_over = folder_of(path), Counter[str]()
    for found in Records(_peekable(stream, path, part), _may_be_page, limits.max_article_bytes, part.first):
        where = f"{path}:{found.number}"
        if isinstance(found, Damage):
            reason = f"damaged WARC record at byte {found.place:,} ({found.problem}): obtain the file again"
            yield reject(STAGE, reason, where, found.head)
        elif (read := _read_record(found, where, folder, limits)) is not None:
            yield read
        else:
            passed_over[found.fields.get("warc-type", "unnamed")] += 1
    if passed_over:
        _log.info("records without a page passed over", extra={"fields": {"path": path, **passed_over}})


def cut_at_records(stream: BinaryIO, part_bytes: int) -> list[Part]:
    """Return the parts of an archive, each of which begins a record and has `part_bytes` or somewhat more.

    It goes from header to header, since a page may hold anything, even what looks like a record. One that is packed, or
    what follows a damaged record, is one part.
    """
    if is_compressed(read_up_to(stream, 4)):
        return [WHOLE]
    parts, part = [], WHOLE
    for record in Records(PlainPeekableStream(stream), lambda fields: False, 0):
        if isinstance(record, Damage):
            break
        if record.place - part.start >= part_bytes:
            parts.append(part._replace(stop=record.place))
            part = Part(record.place, None, record.number)
    return [*parts, part]


def _peekable(stream: BinaryIO, path: str, part: Part) -> PeekableStream:
    if part == WHOLE:
        head = read_up_to(stream, len(RECORD_BEGINS))
        if head.startswith(GZIP_MAGIC) or (path.lower().endswith(".gz") and head != RECORD_BEGINS):
            return GzipPeekableStream(stream)
    return PlainPeekableStream(stream, part.start, part.stop)


def _may_be_page(fields: Mapping[str, str]) -> bool:
    """Tell by a record's header whether it can hold a page, or the text of one."""
    kind, content = fields.get("warc-type", "").lower(), fields.get("content-type", "application/http").lower()
    if kind == "conversion":
        return content.startswith("text/plain")
    wanted = {"response": ("application/http",), "resource": _HTML_TYPES}
    return content.startswith(wanted.get(kind, ()))


def _response_in(record: Record) -> Response | None:
    """Return the response of a record; a resource was obtained without HTTP, so that its block is the body."""
    if record.fields.get("warc-type", "").lower() != "resource":
        return response_in(record.block or b"")
    return Response(200, {"content-type": record.fields.get("content-type", "")}, record.block or b"")


def _read_text(record: Record, where: str, folder: str, limits: Limits) -> Document | Reject:
    """Return the article of a record that holds a page's text, as those of WET files do, or a reject."""
    url = record.fields.get("warc-target-uri", "").strip("<> ") or None
    try:
        if record.length > limits.max_article_bytes:
            raise TooLargeError("the text", limits.max_article_bytes)
        text = decode(record.block or b"").text
    except SourceError as error:
        return reject(STAGE, str(error), where, url)
    return Document(
        ref=url or where,
        name=url,
        folder=folder,
        text=text,
        url=url,
        title=headline_of(text),
        publisher=publisher_of(url, None),
        fetched_at=read_moment(record.fields.get("warc-date", "")),
    )


def _read_record(record: Record, where: str, folder: str, limits: Limits) -> Document | Reject | None:
    """Return the article of a record, a reject, or nothing if it holds no page."""
    if not _may_be_page(record.fields):
        return None
    if record.fields.get("warc-type", "").lower() == "conversion":
        return _read_text(record, where, folder, limits)
    response = _response_in(record)
    if response is None or not response.is_page:
        return None
    url = record.fields.get("warc-target-uri", "").strip("<> ") or None  # some crawlers put it in angle brackets
    try:
        if record.length > limits.max_article_bytes:
            raise TooLargeError("the page", limits.max_article_bytes)
        page = read_page(decode_page(response.body(limits.max_article_bytes), response.charset))
    except SourceError as error:
        head = response.raw[:RECORD_CHARS].decode("utf-8", "backslashreplace")
        return reject(STAGE, str(error), where, f"{url}\n{head}")
    return Document(
        ref=url or where,
        name=url,
        folder=folder,
        text=page.text,
        blocks=page.blocks,
        url=url,
        title=page.title,
        publisher=publisher_of(url, page.site),
        published_at=page.published_at,
        language=page.language,
        fetched_at=read_moment(record.fields.get("warc-date", "")),
    )
