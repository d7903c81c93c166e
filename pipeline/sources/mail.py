"""Mails (.eml): one article in a file: the newsletter or the alert that it carries, with its subject and its date."""

import email
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from typing import Any, BinaryIO, cast

from pipeline.errors import EmptyTextError
from pipeline.sources.blocks import Written
from pipeline.sources.document import Document, folder_of, name_of
from pipeline.sources.moments import read_moment
from pipeline.sources.streams import Limits, read_whole

_MOST_HEADER_CHARS = 2_000
_MOST_BRACKETS = 20


class _Brief(EmailPolicy):
    """Reads no more of a header than its beginning, and no brackets in brackets in brackets.

    The standard library's time grows with the square of its length, and it calls itself for each bracket.
    """

    def header_fetch_parse(self, name: str, value: str) -> Any:
        value = value[:_MOST_HEADER_CHARS]
        if value.count("(") > _MOST_BRACKETS:
            value = value.replace("(", " ")
        return super().header_fetch_parse(name, value)


def read_mail(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document]:
    """Yield the one article of a mail: of its HTML, which has the structure, or else of its plain text.

    Raises:
        SourceError: it is too long, or has no text.
    """
    data = read_whole(stream, limits.max_article_bytes)
    message = cast(EmailMessage, email.message_from_bytes(data, policy=_Brief()))
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

    html, plain = (_body(message, kind) for kind in ("html", "plain"))
    if html is not None and (written := written_in(_text(html))).text:
        return written
    return Written(_text(plain), ()) if plain is not None else Written("", ())


def _body(message: EmailMessage, kind: str) -> "MIMEPart[Any, Any] | None":
    """Return the body of a mail, or else of the first mail that it forwards."""
    found = message.get_body((kind,))
    if found is None:
        parts = (part for part in message.walk() if part.get_content_type() == f"text/{kind}")
        found = next((part for part in parts if isinstance(part, MIMEPart) and not part.is_attachment()), None)
    return found


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
