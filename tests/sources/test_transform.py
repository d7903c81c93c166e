import random
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

import pytest
from apache_beam.typehints.decorators import TypeCheckError

from pipeline.progress import Meter, read_totals
from pipeline.sources.copies import Copy, candidate_of
from pipeline.sources.revisions import Superseded
from pipeline.sources.streams import Limits
from pipeline.sources.transform import CompareArticles, DropKnown, ReadArticles, matched_files, read_files
from pipeline.storage.history import History, export_history
from schemas import Article, Mention, Reject
from tests.support.beam import create, keep, ordered, pipeline
from tests.support.records import DAY, article
from tests.support.staging import run

WORDS = random.Random(7).choices(["drone", "base", "attack", "north", "night", "guard", "fence", "radar"], k=100)  # noqa: S311  # nothing secret
WIRE = " ".join(WORDS)
EDITED = " ".join([*WORDS, "Additional reporting by our staff."])


def press(name: str, text: str, days: int = 0, **fields: object) -> Article:
    return article(text, f"{name}.txt", DAY + timedelta(days=days), **{"source": name} | fields)


class Known(NamedTuple):
    """What an earlier run left: these articles, with their fingerprints and copies."""

    history: History

    @classmethod
    def of(cls, folder: Path, *articles: Article, copies: Iterable[Copy] = ()) -> "Known":
        database = folder / "incidents.duckdb"
        prints = [candidate_of(each).fingerprint for each in articles]
        run(database, folder / "earlier", *articles, *prints, *copies)
        (folder / "history").mkdir()
        return cls(export_history(database, folder / "history"))

    def compared(self, *articles: Article) -> tuple[list[Copy], list[Superseded]]:
        with pipeline() as root:
            standing = create(root, "Articles", Article, articles) | CompareArticles(
                self.history.articles, self.history.fingerprints
            )
            prints = keep(standing.fingerprints)
            copies, superseded = keep(standing.copies), keep(standing.superseded)
        assert ordered(prints) == ordered(candidate_of(each).fingerprint for each in articles)
        return copies, superseded

    def new_among(self, *articles: Article) -> list[Article]:
        with pipeline() as root:
            new = create(root, "Articles", Article, articles) | DropKnown(self.history.articles)
            kept = keep(new)
        return list(kept)


@pytest.fixture
def nothing(tmp_path: Path) -> Known:
    return Known.of(tmp_path)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "the [news]"
    folder.mkdir()
    (folder / "a.txt").write_text("A drone hit the northern fence.")
    (folder / "b.TXT").write_text("   ")
    (folder / "c.jsonl").write_text('{"text": "Two guards were hurt."}\n{"id": 1}\nnot JSON\n')
    (folder / "d.pdf").write_bytes(b"%PDF-1.7")
    return folder


def read(*patterns: str, limits: Limits = Limits(), meter: Meter = Meter(None)) -> tuple[list[Article], list[Reject]]:  # noqa: B008  # both without state
    with pipeline() as root:
        found = root | ReadArticles(list(patterns), limits, meter)
        articles, rejects = keep(found.articles), keep(found.rejects)
    return articles, rejects


PATTERN = "/the [\\[]news]/*"


def test_files_are_articles_and_rejects(news: Path, tmp_path: Path) -> None:
    progress = tmp_path / "progress"
    progress.mkdir()
    articles, rejects = read(f"{tmp_path}{PATTERN}", f"{news.parent}/t*/a.txt", meter=Meter(str(progress)))
    assert sorted(each.text for each in articles) == ["A drone hit the northern fence.", "Two guards were hurt."]
    assert {each.source for each in articles} == {"the [news]"}
    assert sorted(Path(each.ref).name for each in rejects) == ["b.TXT", "c.jsonl:2", "c.jsonl:3", "d.pdf"]
    assert all(each.fetched_at == modified(news / each.ref.split(":")[0]) for each in articles)
    assert read_totals(progress) == {"articles": 2, "rejects": 4}


def modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)


def test_a_pipeline_reads_what_is_read_without_one(news: Path, tmp_path: Path) -> None:
    plain = list(read_files(matched_files([f"{tmp_path}{PATTERN}"]), Limits()))
    articles, rejects = read(f"{tmp_path}{PATTERN}")
    assert ordered([*articles, *rejects]) == ordered(plain)


def test_limits_are_kept(news: Path) -> None:
    articles, rejects = read(f"{news.parent}/*/a.txt", f"{news.parent}/*/none.txt", limits=Limits(max_article_bytes=10))
    assert articles == []
    assert ["10 bytes" in each.reason for each in rejects] == [True]


def test_the_known_are_dropped(tmp_path: Path) -> None:
    nameless = article("Text of a line.", "lines.jsonl:1").model_copy(update={"name": None})
    known, new = press("known", "Known."), press("new", "New.")
    assert Known.of(tmp_path, known, nameless).new_among(known, new, nameless) == [new]


def test_before_the_first_run_all_are_new(nothing: Known) -> None:
    articles = [press("one", "One."), press("other", "Other.")]
    assert ordered(nothing.new_among(*articles)) == ordered(articles)


def test_copies_among_new_articles(nothing: Known) -> None:
    original, copy, other = press("wire", WIRE), press("paper", EDITED, 1), press("blog", "A drone hit.", 1)
    assert nothing.compared(copy, other, original) == (
        [Copy(article_id=copy.article_id, original=original.article_id, publisher="wire")],
        [],
    )


def test_copies_of_known_articles(tmp_path: Path) -> None:
    original, copy, between = press("wire", WIRE), press("paper", EDITED, 2), press("blog", WIRE, 1)
    known = Copy(article_id=copy.article_id, original=original.article_id, publisher="wire")
    copies, _ = Known.of(tmp_path, original, copy, copies=[known]).compared(between)
    assert copies == [Copy(article_id=between.article_id, original=original.article_id, publisher="wire")]


def test_a_known_article_can_turn_out_to_be_a_copy(tmp_path: Path) -> None:
    original, copy = press("wire", WIRE), press("paper", EDITED, 1)
    copies, _ = Known.of(tmp_path, copy).compared(original)
    assert copies == [Copy(article_id=copy.article_id, original=original.article_id, publisher="wire")]


def test_a_copy_of_a_known_copy_has_the_first_publisher(tmp_path: Path) -> None:
    second = press("paper", EDITED, 1)
    first = press("wire", "Some older words of the same report.")
    known = Copy(article_id=second.article_id, original=first.article_id, publisher="wire")
    third = press("blog", EDITED, 2)
    copies, _ = Known.of(tmp_path, first, second, copies=[known]).compared(third)
    assert copies == [Copy(article_id=third.article_id, original=second.article_id, publisher="wire")]


def test_revisions_among_new_and_known_articles(tmp_path: Path) -> None:
    at = datetime(2023, 11, 9, tzinfo=timezone.utc)
    texts = [WIRE, EDITED, f"{EDITED} Updated."]
    first, second, third = (
        press("paper", text, fetched_at=at + timedelta(days=number)) for number, text in enumerate(texts)
    )
    elsewhere = article("Another document.", "other.txt", source="paper", fetched_at=at)
    copies, superseded = Known.of(tmp_path, first).compared(third, second, elsewhere)
    assert copies == []
    assert ordered(superseded) == ordered(
        [
            Superseded(article_id=first.article_id, superseded_by=second.article_id),
            Superseded(article_id=second.article_id, superseded_by=third.article_id),
        ]
    )


def test_an_older_text_met_later_is_superseded_at_once(tmp_path: Path) -> None:
    at = datetime(2023, 11, 9, tzinfo=timezone.utc)
    newer, older = press("paper", EDITED, fetched_at=at), press("paper", WIRE, fetched_at=at - timedelta(days=1))
    _, superseded = Known.of(tmp_path, newer).compared(older)
    assert superseded == [Superseded(article_id=older.article_id, superseded_by=newer.article_id)]


def test_nameless_articles_have_no_revisions(nothing: Known) -> None:
    articles = [press("lines", text).model_copy(update={"name": None}) for text in (WIRE, "A drone hit.")]
    assert nothing.compared(*articles) == ([], [])


def test_an_article_read_in_two_places_is_no_copy_of_itself(nothing: Known) -> None:
    told = press("wire", WIRE)
    with pipeline() as root:
        standing = create(root, "Articles", Article, [told, told]) | CompareArticles(
            nothing.history.articles, nothing.history.fingerprints
        )
        copies, superseded = keep(standing.copies), keep(standing.superseded)
    assert (copies, superseded) == ([], [])


@pytest.mark.parametrize("kind", [Mention, Reject])
def test_only_articles_can_be_compared(kind: type, nothing: Known) -> None:
    values = create(pipeline(), "Create", kind, [])
    with pytest.raises(TypeCheckError):
        _ = values | DropKnown(nothing.history.articles)
    with pytest.raises(TypeCheckError):
        _ = values | CompareArticles(nothing.history.articles, nothing.history.fingerprints)
