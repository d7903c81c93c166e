import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking import unions
from pipeline.linking.clustering import link
from pipeline.linking.rulings import Overrides, Ruling, Rulings
from pipeline.linking.unions import incidents_among
from pipeline.records.report import Report, report_of
from pipeline.sources.copies import fingerprint_of
from pipeline.storage import unions as uniting
from schemas import Article, Mention
from schemas.base import Record
from schemas.tables import from_row
from tests.support.databases import contents, incidents_by_report, rows
from tests.support.news import BASE, UNDATED, incidents, links, news, together
from tests.support.records import DAY, article, at, newsrooms, report
from tests.support.words import text
from tests.support.workspaces import Work, run


class Newsroom:
    """Articles of many kinds with their reports: copies of each other, newer texts of one document, and others."""

    def __init__(self, reports: Iterable[Report], chance: random.Random) -> None:
        self.chance = chance
        self.articles: dict[str, list[Record]] = {}
        for each in reports:
            reported = self._article(each.mention.article_id)
            theirs = {name: getattr(reported, name) for name in ("ref", "source", "published_at")}
            self.articles[reported.article_id].append(each.mention.model_copy(update=theirs))

    def _article(self, article_id: str) -> Article:
        if article_id not in self.articles:
            pick = self.chance.choice
            reported = article(
                text(pick([1, 2, 3, *range(10, 40)]), 50, pick([0, 0, 2])),
                pick(["a.txt", "b.txt", *map(str, range(20))]),
                pick([None, DAY, DAY + timedelta(days=1)]),
                article_id=article_id,
                source=pick(["alpha", "beta"]),
                fetched_at=pick([None, at(DAY), at(DAY + timedelta(days=2))]),
            )
            self.articles[article_id] = [reported, fingerprint_of(reported)]
        (reported, *_) = self.articles[article_id]
        assert isinstance(reported, Article)
        return reported

    def parts(self, number: int) -> list[list[Record]]:
        """All there is, in so many parts; nearly all articles are in one of them, and some in two."""
        parts: list[list[Record]] = [[] for _ in range(number)]
        for records in self.articles.values():
            for part in {self.chance.randrange(number), self.chance.choice([0, self.chance.randrange(number)])}:
                parts[part] += records
        return parts

    @property
    def unedited(self) -> list[str]:
        """The mentions of documents of one text.

        A ruling on a report of an older text is understood of the report that took its place, if the older text was
        there before: that is known where texts come one after the other, not where they come at once.
        """
        texts = [record for record in self.everything if isinstance(record, Article)]
        documents = Counter((each.source, each.name) for each in texts)
        once = {each.article_id for each in texts if documents[each.source, each.name] == 1}
        told = (record for record in self.everything if isinstance(record, Mention))
        return [each.mention_id for each in told if each.article_id in once]

    @property
    def everything(self) -> list[Record]:
        return [record for records in self.articles.values() for record in records]


def ruling(chance: random.Random, newsroom: Newsroom) -> Overrides:
    """Rulings on some of the reports."""
    names = newsroom.unedited
    chance.shuffle(names)
    return Overrides(
        merge=tuple(Ruling(ids=tuple(names[n : n + 2])) for n in (0, 2)[: chance.randrange(3)]),
        apart=tuple(Ruling(ids=tuple(names[n : n + 3])) for n in (4, 7)[: chance.randrange(3)]),
    )


@pytest.mark.slow
@pytest.mark.parametrize("most", [2, uniting.MAX_MET])
@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(newsrooms(largest=50, days=8, people=0.3), st.integers(0), st.sampled_from([1, 3, 10_000]), st.integers(1, 3))
def test_any_batches_and_any_runs_come_to_the_same(
    folders: Callable[[], Path], most: int, reports: list[Report], seed: int, size: int, runs: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    newsroom = Newsroom(reports, chance)
    one, other = folders(), folders()
    rulings = [ruling(chance, newsroom) for _ in range(runs)]
    with pytest.MonkeyPatch.context() as patch:
        for module in (unions, uniting):
            patch.setattr(module, "MAX_MET", most)
        run(one, folders(), *newsroom.everything, overrides=rulings[-1])
        for part, ruled in zip(newsroom.parts(runs), rulings, strict=True):
            run(other, folders(), *part, size=size, overrides=ruled)
        whole = incidents_among(map(report_of, standing(one)), Rulings(rulings[-1]))
    assert incidents_by_report(other) == incidents_by_report(one)
    assert incidents(one) == {
        frozenset(linked.report.mention.mention_id for part in parts for linked in part.members) for parts in whole
    }


def standing(database: Path) -> list[Mention]:
    """The mentions that count."""
    columns = ", ".join(f'"{name}"' for name in Mention.model_fields)
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.sql(f"SELECT {columns} FROM mentions SEMI JOIN incident_mentions USING (mention_id)")
        return [from_row(Mention, row) for row in found.to_arrow_table().to_pylist()]


def test_the_workspace_comes_to_what_linking_everything_comes_to(database: Path, folders: Callable[[], Path]) -> None:
    kinds = [BASE, BASE, {}, UNDATED | BASE, {"place": None}, UNDATED | BASE | {"facility": "Gate Base"}]
    records = [record for n, fields in enumerate(kinds) for record in news(f"{n}", report(n, **fields))]
    run(database, folders(), *records, size=1)
    clusters = link(report_of(record) for record in records if isinstance(record, Mention))
    assert sorted(map(len, links(database))) == sorted(len(found.members) for found in clusters)
    assert together("0 1 3") <= links(database)


def test_a_second_run_has_nothing_to_do(database: Path, folders: Callable[[], Path]) -> None:
    records = [*news("one", report(1, **BASE)), *news("two", report(2, **BASE)), *news("three", report(3, **UNDATED))]
    run(database, folders(), *records)
    before, work = contents(database), Work()
    run(database, folders(), *records, work=work)
    assert work.batches == []
    assert contents(database) == before


def test_nothing_comes_of_nothing(database: Path, folders: Callable[[], Path]) -> None:
    work = Work()
    run(database, folders(), work=work)
    assert work.batches == []
    assert rows(database, "FROM incidents") == []
