"""Copies and revisions, as DuckDB finds whom to compare among new articles and those of earlier runs."""

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking.rulings import NOTHING_RULED
from pipeline.sources.copies import SAME_SHARE, Copy, fingerprint_of, similarity
from pipeline.storage.load import load
from pipeline.storage.staged import COPIES, SUPERSEDED
from pipeline.storage.workspace import open_workspace
from schemas import Article
from tests.support.databases import rows
from tests.support.records import DAY, article, at
from tests.support.staging import FACTS, run, stage
from tests.support.words import text

NEXT = DAY + timedelta(days=1)
WIRE, EDITED = text(1, 100), text(1, 100) + " Additional reporting by our staff."


def press(name: str, content: str, published: date | None = DAY, **fields: object) -> Article:
    return article(content, f"{name}.txt", published, **{"source": name} | fields)


class Archive:
    """A database, and runs that only look how their articles stand to all others."""

    def __init__(self, folder: Path) -> None:
        self._folders = (folder / str(number) for number in count())
        self.database = folder / "incidents.duckdb"

    def hold(self, *articles: Article, copies: Iterable[Copy] = ()) -> None:
        """Let an earlier run have stored articles, with what it knew of copies."""
        run(self.database, next(self._folders), *articles, *map(fingerprint_of, articles), *copies)

    def compare(self, *articles: Article) -> tuple[dict[str, str], dict[str, str]]:
        """Return, of new articles, who is newly a copy of whom, and who is newly replaced by whom."""
        staged, books = stage(next(self._folders), *articles, *map(fingerprint_of, articles)), next(self._folders)
        books.mkdir()
        with open_workspace(self.database, books) as workspace:
            workspace.plan_work(staged)
            workspace.unite(NOTHING_RULED)
            workspace.write(staged)
        self._staged = staged
        copies, superseded = (
            [tuple(row.values()) for path in staged.glob(f"{table.name}-*") for row in pq.read_table(path).to_pylist()]
            for table in (COPIES, SUPERSEDED)
        )
        assert len({name for name, _ in copies}) == len(copies)
        return dict(copies), dict(superseded)

    def store(self, *articles: Article) -> None:
        """Compare articles, and store what comes of it."""
        self.compare(*articles)
        load(self.database, self._staged, FACTS)

    @property
    def standings(self) -> list[tuple[object, ...]]:
        """How all articles stand to each other."""
        return rows(self.database, "SELECT article_id, duplicate_of, superseded_by FROM articles ORDER BY ALL")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.fixture
def archives(tmp_path: Path) -> Callable[[], Archive]:
    """New archives, as many as a test needs."""
    numbers = count()

    def make() -> Archive:
        folder = tmp_path / f"archive {next(numbers)}"
        folder.mkdir()
        return Archive(folder)

    return make


def pointing(*pairs: tuple[Article, Article]) -> dict[str, str]:
    return {one.article_id: other.article_id for one, other in pairs}


def copied(copy: Article, original: Article) -> Copy:
    return Copy(article_id=copy.article_id, original=original.article_id)


def test_copies_among_new_articles(archive: Archive) -> None:
    original, copy, other = press("wire", WIRE), press("paper", EDITED, NEXT), press("blog", "A drone hit.", NEXT)
    assert archive.compare(copy, other, original) == (pointing((copy, original)), {})


def test_the_earliest_is_the_original(archive: Archive) -> None:
    undated, later, first = press("undated", WIRE, None), press("later", WIRE, NEXT), press("first", WIRE)
    assert archive.compare(undated, later, first)[0] == pointing((later, first), (undated, first))


def test_copies_of_known_articles(archive: Archive) -> None:
    original, copy = press("wire", WIRE), press("paper", EDITED, NEXT + timedelta(days=1))
    between = press("blog", WIRE, NEXT)
    archive.hold(original, copy, copies=[copied(copy, original)])
    assert archive.compare(between) == (pointing((between, original)), {})


def test_a_known_article_can_turn_out_to_be_a_copy(archive: Archive) -> None:
    original, copy = press("wire", WIRE), press("paper", EDITED, NEXT)
    archive.hold(copy)
    assert archive.compare(original) == (pointing((copy, original)), {})


def test_an_older_original_is_met_later(archive: Archive) -> None:
    oldest, original, copy = press("first", WIRE), press("wire", WIRE, NEXT), press("blog", EDITED, None)
    archive.hold(original, copy, copies=[copied(copy, original)])
    assert archive.compare(oldest) == (pointing((original, oldest), (copy, oldest)), {})


def test_a_copy_of_a_known_copy_points_to_it(archive: Archive) -> None:
    first, second, third = press("wire", "Older words."), press("paper", EDITED, NEXT), press("blog", EDITED, None)
    archive.hold(first, second, copies=[copied(second, first)])
    assert archive.compare(third)[0] == pointing((third, second))


def test_a_small_step_after_the_other_leads_to_the_first(archive: Archive) -> None:
    steps = [press(f"{n}", text(1, changed=8 * n), DAY + timedelta(days=n)) for n in range(8)]
    first, last = (fingerprint_of(each).signature for each in (steps[0], steps[7]))
    assert similarity(first, last) < SAME_SHARE
    copies, _ = archive.compare(*steps)
    name = steps[7].article_id
    while name in copies:
        name = copies[name]
    assert name == steps[0].article_id


def test_what_is_known_is_not_told_again(archive: Archive) -> None:
    articles = [press("wire", WIRE), press("paper", EDITED, NEXT), press("wire", text(2), fetched_at=at(NEXT))]
    archive.store(*articles)
    assert archive.compare(*articles) == ({}, {})


def test_boilerplate_is_compared_with_a_few(archive: Archive) -> None:
    many = [press(f"{number}", WIRE) for number in range(40)]
    first = min(each.article_id for each in many)
    copies, _ = archive.compare(*many)
    assert copies == {each.article_id: first for each in many if each.article_id != first}


def test_revisions_among_new_and_known_articles(archive: Archive) -> None:
    contents = [WIRE, EDITED, f"{EDITED} Updated."]
    first, second, third = (
        press("paper", content, fetched_at=at(DAY + timedelta(days=number))) for number, content in enumerate(contents)
    )
    elsewhere = article("Another document.", "other.txt", source="paper", fetched_at=at(DAY))
    archive.hold(first)
    assert archive.compare(third, second, elsewhere) == ({}, pointing((first, second), (second, third)))


def test_an_older_text_met_later_is_superseded_at_once(archive: Archive) -> None:
    newer, older = press("paper", EDITED, fetched_at=at(NEXT)), press("paper", WIRE, fetched_at=at(DAY))
    archive.hold(newer)
    assert archive.compare(older)[1] == pointing((older, newer))


def test_a_text_between_two_known_ones_changes_the_older_one(archive: Archive) -> None:
    one, between, other = (
        press("paper", f"Text {number}.", fetched_at=at(DAY + timedelta(days=number))) for number in range(3)
    )
    archive.store(one, other)
    assert archive.compare(between)[1] == pointing((one, between), (between, other))


def day(number: int | None) -> datetime | None:
    return None if number is None else at(DAY + timedelta(days=number))


@pytest.mark.parametrize(
    ("one", "other"),
    [((1, 9), (2, 1)), ((1, 1), (1, 2)), ((None, None), (None, 1)), ((None, 5), (1, None)), ((1, None), (1, 1))],
)
def test_the_newest_is_what_was_obtained_last_then_what_was_published_last(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None], archive: Archive
) -> None:
    older, newer = (
        press(
            "paper",
            f"Text of {each}.",
            None if each[1] is None else DAY + timedelta(days=each[1]),
            fetched_at=day(each[0]),
            article_id=name,
        )
        for each, name in ((one, "a-2"), (other, "a-1"))
    )
    assert archive.compare(newer, older)[1] == pointing((older, newer))


def test_nameless_articles_have_no_revisions(archive: Archive) -> None:
    articles = [press("lines", content).model_copy(update={"name": None}) for content in (WIRE, "A drone hit.")]
    archive.hold(articles[0])
    assert archive.compare(*articles) == ({}, {})


def test_an_article_read_in_two_places_is_no_copy_of_itself(archive: Archive) -> None:
    reported = press("wire", WIRE)
    assert archive.compare(reported, reported.model_copy(update={"ref": "elsewhere"})) == ({}, {})


def test_a_known_article_read_elsewhere_changes_nothing(archive: Archive) -> None:
    reported = press("wire", WIRE)
    archive.hold(reported, press("paper", "Other words."))
    assert archive.compare(reported.model_copy(update={"ref": "elsewhere"})) == ({}, {})


newsroom = st.lists(
    st.builds(
        lambda name, seed, changed, published, fetched: press(
            name, text(seed, 120, changed), None if published is None else DAY + timedelta(days=published),
            fetched_at=day(fetched),
        ),
        st.sampled_from("abcdef"),
        st.integers(1, 2),
        st.sampled_from([0, 2, 4, 60]),
        st.none() | st.integers(0, 3),
        st.none() | st.integers(0, 3),
    ),
    min_size=4,
    max_size=9,
    unique_by=lambda each: each.article_id,
)  # fmt: skip


@settings(max_examples=6, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(newsroom, st.integers(0))
def test_standings_depend_on_the_set_of_articles(
    archives: Callable[[], Archive], articles: list[Article], seed: int
) -> None:
    shuffled = random.Random(seed).sample(articles, len(articles))  # noqa: S311  # nothing secret
    at_once, in_two = archives(), archives()
    at_once.store(*articles)
    in_two.store(*shuffled[:3])
    in_two.store(*shuffled[2:], shuffled[-1])
    assert in_two.standings == at_once.standings
    originals = {name: original for name, original, _ in at_once.standings}
    published = {each.article_id: (each.published_at is None, each.published_at, each.article_id) for each in articles}
    for name, original in originals.items():
        if original is not None:
            assert published[original] < published[name]
    documents: dict[str, list[Article]] = {}
    for each in articles:
        documents.setdefault(each.source, []).append(each)
    replaced = {name: newer for name, _, newer in at_once.standings if newer is not None}
    for editions in documents.values():
        known = [each for each in editions if each.article_id in replaced]
        assert len(known) == len(editions) - 1
