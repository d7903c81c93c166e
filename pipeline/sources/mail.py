"""Mails (.eml): one article in a file: the newsletter or the alert that it carries, with its subject and its date."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from typing import Any, BinaryIO

from pipeline.errors import EmptyTextError
from pipeline.sources.blocks import Written
from pipeline.sources.document import Document, folder_of, name_of
from pipeline.sources.moments import read_moment
from pipeline.sources.streams import Limits, read_whole


def read_mail(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document]:
    """Yield the one article of a mail: of its HTML, which has the structure, or else of its plain text.

    Raises:
        SourceError: it is too long, or has no text.
    """
    message = email.message_from_bytes(read_whole(stream, limits.max_article_bytes), policy=email.policy.default)
    written = _story(message)
    if not written.text.strip():
        raise EmptyTextError
    written_date = _header(message, "date")
    sent = read_moment(written_date or "")
    yield Document(
        ref=path,
        name=_header(message, "message-id") or name_of(path),
        folder=folder_of(path),
        text=written.text,
        blocks=written.blocks,
        title=_header(message, "subject"),
        publisher=_sender(message),
        published_at=sent,
        doubt=f"its date cannot be read: {written_date!r}" if written_date and sent is None else None,
    )


def _story(message: EmailMessage) -> Written:
    from pipeline.sources.feeds.markup import written_in  # here, since it loads lxml

    html, plain = message.get_body(("html",)), message.get_body(("plain",))
    if html is not None and (written := written_in(_text(html))).text:
        return written
    return Written(_text(plain), ()) if plain is not None else Written("", ())


def _text(part: "MIMEPart[Any, Any]") -> str:
    """Return what a part says; in an encoding that nobody knows, what of it is ASCII."""
    try:
        return str(part.get_content())
    except (LookupError, ValueError, KeyError):
        payload = part.get_payload(decode=True)
        return payload.decode("ascii", "replace") if isinstance(payload, bytes) else ""


def _header(message: EmailMessage, name: str) -> str | None:
    """Return what a header says; one that the standard library fails on, as it is written."""
    try:
        said = str(message[name] or "")
    except (ValueError, ArithmeticError, IndexError, AttributeError, TypeError):
        said = next((str(raw) for key, raw in message.raw_items() if key.lower() == name), "")
    return " ".join(said.split()) or None


def _sender(message: EmailMessage) -> str | None:
    sender = _header(message, "from") or ""
    name, _, address = sender.rpartition("<")
    return name.strip(' "') or address.strip("<> ") or None
