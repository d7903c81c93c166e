from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.document import Document, articles_of, folder_of, name_of
from schemas import Article, Reject
from schemas.enums import PublishedBasis

any_text = st.text(st.characters(codec=None))  # lone surrogates too


def document(**changes: object) -> Document:
    return Document(**{"ref": "a.txt", "name": "a.txt", "folder": "news", "text": "Two outposts.", **changes})  # type: ignore[arg-type]


def to_article(document: Document, fetched_at: datetime | None) -> Article | Reject:
    (made,) = articles_of(document, fetched_at)
    return made


def article(**changes: object) -> Article:
    made = to_article(document(**changes), None)
    assert isinstance(made, Article)
    return made


def test_the_article_of_a_document() -> None:
    fetched = datetime(2023, 11, 20, 12, tzinfo=timezone(timedelta(hours=3)))
    made = to_article(
        document(text="PORTVILLE, Nov 14, 2023 (XYZ) — Two\r\noutposts.", title=" Under \n fire "), fetched
    )
    assert isinstance(made, Article)
    assert made.text == "PORTVILLE, Nov 14, 2023 (XYZ) — Two\noutposts."
    assert (made.title, made.source, made.ref, made.language) == ("Under fire", "news", "a.txt", None)
    assert made.published_at == datetime(2023, 11, 14, tzinfo=timezone.utc)
    assert made.published_basis is PublishedBasis.DATELINE
    assert made.fetched_at == fetched


def test_identity_is_content_and_name_wherever_it_lies() -> None:
    same = article().article_id
    assert article(ref="elsewhere/a.txt").article_id == same
    assert article(folder="other").article_id == same
    for change in ({"name": "b.txt"}, {"text": "Three outposts."}, {"title": "Fire"}):
        assert article(**change).article_id != same


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_no_text_is_a_reject(text: str) -> None:
    made = to_article(document(text=text), None)
    assert isinstance(made, Reject)
    assert "no text" in made.reason


def test_what_the_schema_refuses_is_a_reject() -> None:
    made = to_article(document(), datetime(2023, 11, 14))  # naive on purpose
    assert isinstance(made, Reject)
    assert "fetched_at" in made.reason


def test_what_no_table_can_hold_is_replaced_in_place() -> None:
    assert article(text="a\x00b\ud800c").text == "a\ufffdb\ufffdc"


@given(any_text, any_text, any_text, any_text)
def test_any_document_gives_a_storable_article_or_reject(text: str, title: str, ref: str, folder: str) -> None:
    made = to_article(document(text=text, title=title, ref=ref, folder=folder), None)
    made.model_dump_json().encode("utf-8")


def test_folders_and_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path in ("a.txt", "./a.txt", str(tmp_path / "a.txt")):
        assert folder_of(path) == tmp_path.name
        assert name_of(path) == "a.txt"
    assert folder_of("gs://bucket/news/a.txt") == "news"
    assert folder_of("gs://bucket/a.txt") == "bucket"
    assert folder_of("/a.txt") == "files"


def test_the_document_knows_better_when_it_was_obtained() -> None:
    known = datetime(2023, 11, 20, 12, tzinfo=timezone.utc)
    made = to_article(document(fetched_at=known), known + timedelta(days=9))
    assert isinstance(made, Article)
    assert made.fetched_at == known


ENGLISH = "Gunmen opened fire on a convoy near the northern bridge on Tuesday evening, officials said."
FRENCH = "Des hommes armés ont ouvert le feu sur un convoi près du pont du nord mardi soir, selon les autorités."


def test_the_text_tells_its_language_and_the_document_where_it_does_not() -> None:
    assert article(text=ENGLISH, language="fr").language == "en"
    assert article(text="Two outposts.", language="de").language == "de"


def test_an_article_in_another_language_is_set_aside() -> None:
    made = to_article(document(text=FRENCH, language="en"), None)
    assert isinstance(made, Reject)
    assert (made.stage, made.ref, made.record) == ("sources", "a.txt", FRENCH)
    assert "in another language than English (fr, 1.00 sure)" in made.reason


NOON = datetime(2023, 11, 15, 12, tzinfo=timezone.utc)


def dated(published_at: datetime, **changes: object) -> tuple[Article, list[str]]:
    made, *rejects = articles_of(document(published_at=published_at, **changes), NOON)
    assert isinstance(made, Article)
    return made, [each.reason for each in rejects if isinstance(each, Reject)]


@pytest.mark.parametrize(
    ("published_at", "reason"),
    [
        (datetime(1, 1, 1, tzinfo=timezone.utc), "stands for none"),
        (datetime(1970, 1, 1, tzinfo=timezone.utc), "stands for none"),
        (datetime(1970, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))), "stands for none"),
        (datetime(1969, 12, 31, 19, tzinfo=timezone(timedelta(hours=-5))), "stands for none"),
        (datetime(1899, 12, 30, tzinfo=timezone.utc), "stands for none"),
        (datetime(1699, 12, 10, 3, tzinfo=timezone.utc), "stands for none"),
        (NOON + timedelta(days=2), "future"),
        (datetime(9999, 12, 31, tzinfo=timezone.utc), "future"),
    ],
)
def test_a_date_that_cannot_be_meant_is_no_date_and_the_reason_is_told(published_at: datetime, reason: str) -> None:
    made, reasons = dated(published_at)
    assert (made.published_at, made.published_basis) == (None, PublishedBasis.NONE)
    assert len(reasons) == 1
    assert reason in reasons[0]


@pytest.mark.parametrize(
    "published_at",
    [
        NOON + timedelta(hours=20),
        datetime(1970, 1, 1, 10, 30, tzinfo=timezone.utc),
        datetime(1989, 1, 5, tzinfo=timezone.utc),
    ],
)
def test_a_date_that_can_be_meant_is_believed(published_at: datetime) -> None:
    assert dated(published_at)[0].published_at == published_at
    assert dated(published_at)[1] == []


def test_a_date_far_from_the_one_in_the_address_is_not_believed() -> None:
    made, reasons = dated(datetime(2016, 7, 23, tzinfo=timezone.utc), url="https://post.example/2023/11/14/a")
    assert (made.published_at, made.published_basis) == (
        datetime(2023, 11, 14, tzinfo=timezone.utc),
        PublishedBasis.URL,
    )
    assert "far from the one in its address" in reasons[0]


def test_the_day_of_publication_is_the_publishers() -> None:
    made, _ = dated(datetime(2023, 11, 14, 2, 30, tzinfo=timezone(timedelta(hours=3))))
    assert made.published_at == datetime(2023, 11, 13, 23, 30, tzinfo=timezone.utc)
    assert made.published_offset_minutes == 180
    assert str(made.published_on) == "2023-11-14"


def test_a_future_date_in_the_text_is_not_believed_either() -> None:
    made, reason = articles_of(document(text="Published: 14 November 2093\n\nTwo outposts came under fire."), NOON)
    assert isinstance(made, Article)
    assert made.published_at is None
    assert isinstance(reason, Reject)
