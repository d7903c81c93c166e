"""From what a reader found to an article: the one place where articles are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from pipeline.errors import EmptyTextError
from pipeline.records.identity import article_id
from pipeline.records.rejects import reject
from pipeline.sources.decode import unify_line_ends
from pipeline.sources.language import identify
from pipeline.sources.plausibility import implausible
from pipeline.sources.publication_date import PublicationDate, read_publication_date
from pipeline.sources.urls import site_of, stretch_in
from schemas import Article, Block, PublishedBasis, Reject

STAGE = "sources"
"""The stage that the rejects of this package name."""

_UNNAMED_FOLDER = "files"


@dataclass(frozen=True, slots=True)
class Document:
    """One text as a reader found it.

    `ref` says where, for people. `name` is what the document is called where it comes from, whatever folder it lies in:
    its URL, its id, its file's name; null when it has none. `publisher` is who published it, as far as the document
    says; `folder` stands in where neither that nor the URL tells. `published_at` (aware, in the publisher's zone if
    that is known) is what the source or the page declares, not what the text says; `doubt` is why the date that the
    source gives was not taken, null if it was or if there is none. `fetched_at` (UTC) is when it was obtained, as far
    as its archive says. `blocks` are those of the text, if the source knows them.
    """

    ref: str
    name: str | None
    folder: str
    text: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    doubt: str | None = None
    language: str | None = None
    fetched_at: datetime | None = None
    blocks: tuple[Block, ...] = ()


def articles_of(
    document: Document, fetched_at: datetime | None, languages: frozenset[str] = frozenset()
) -> Iterator[Article | Reject]:
    r"""Yield the article of `document`, or why there is none, and why its date was not believed if it was not.

    `fetched_at` is when this copy was obtained (aware), unless the document knows better.

    Its text is the document's with `\n` for every line end, and U+FFFD for what no table can hold: NULs and lone
    surrogates. There is none where the text is empty, or in a language that is neither English nor one of
    `languages`, which are codes of ISO 639-1.
    """
    try:
        yield from _made(document, fetched_at, languages)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # not all that a document holds is foreseen, and one must not end a run over all
        reason = f"a fault in making an article of it ({type(error).__name__}: {error}): please report it"
        yield reject(STAGE, reason, document.ref, document.text)


def _made(document: Document, fetched_at: datetime | None, languages: frozenset[str]) -> Iterator[Article | Reject]:
    text = _storable(unify_line_ends(document.text))
    if not text.strip():
        yield reject(STAGE, str(EmptyTextError()), document.ref, document.text)
        return
    verdict = identify(text)
    if verdict.is_foreign and verdict.language not in languages:
        reason = f"in another language than English ({verdict.language}, {verdict.sureness:.2f} sure): it is set aside"
        yield reject(STAGE, reason, document.ref, text)
        return
    obtained = document.fetched_at or fetched_at
    published, doubt = _published(document, text, obtained)
    try:
        yield _article(document, text, published, obtained, verdict.language)
    except ValidationError as error:
        yield reject(STAGE, f"cannot be an article: {_first_problem(error)}", document.ref, document.text)
        return
    if doubt:
        yield reject(STAGE, f"{doubt}: read as if it had no date", document.ref, document.title)


def _article(
    document: Document, text: str, published: PublicationDate, fetched_at: datetime | None, language: str | None
) -> Article:
    title = _one_line(document.title)
    return Article(
        article_id=article_id(document.name, title, text, published.published_at),
        ref=_one_line(document.ref) or "?",
        name=_storable(document.name) if document.name else document.name,
        url=_one_line(document.url),
        title=title,
        text=text,
        source=_one_line(document.publisher) or _one_line(document.folder) or _UNNAMED_FOLDER,
        published_at=published.published_at,
        published_basis=published.basis,
        published_offset_minutes=published.offset_minutes,
        fetched_at=fetched_at,
        language=language or document.language,
        blocks=document.blocks if len(text) == len(document.text) else (),
    )


def _published(document: Document, text: str, obtained: datetime | None) -> tuple[PublicationDate, str | None]:
    """Return when an article was published, and why a date that it has was not believed."""
    declared, doubt, url = document.published_at, document.doubt, _one_line(document.url)
    if declared is not None and (problem := implausible(declared, obtained, stretch_in(url))):
        declared, doubt = None, problem
    found = read_publication_date(text, url, declared)
    if found.published_at is None or declared is not None:
        return found, doubt
    problem = implausible(found.published_at, obtained, None)
    return (PublicationDate(None, PublishedBasis.NONE), doubt or problem) if problem else (found, doubt)


def folder_of(path: str) -> str:
    """Return the name of the folder that a file lies in, the same for a relative and for an absolute path."""
    if "://" in path:
        return PurePosixPath(path).parent.name
    return Path(path).parent.resolve().name or _UNNAMED_FOLDER


def name_of(path: str) -> str:
    """Return a file's name without its folder."""
    return PurePosixPath(path).name if "://" in path else Path(path).name


def publisher_of(url: str | None, declared: str | None) -> str | None:
    """Return the publisher: the site that `url` lies on, or else what is `declared`."""
    return site_of(url) or declared


def _one_line(text: str | None) -> str | None:
    return " ".join(_storable(text).split()) or None if text else None


def _storable(text: str) -> str:
    """Return `text` with U+FFFD for each code point that UTF-8 or a text column cannot hold. Keeps every offset."""
    text = text.replace("\x00", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def _first_problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'record'}: {first['msg']}"
