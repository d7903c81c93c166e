import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking.blocking_keys import dated_keys, dated_search_keys
from pipeline.records.report import Assignment, LinkState, Report, report_of
from pipeline.storage import dated_batches
from schemas import Mention
from schemas.base import Record
from tests.support.databases import rows
from tests.support.news import BASE, UNDATED, links, news, together
from tests.support.records import DAY, newsrooms, report
from tests.support.workspaces import Work, assignments_of, run


def test_what_is_far_away_is_not_read(database: Path, folders: Callable[[], Path]) -> None:
    days = [DAY + timedelta(days=away) for away in (-9, -1, 1, 9)]
    around = [record for n, day in enumerate(days) for record in news(f"day {n}", report(n, **BASE, day=day))]
    elsewhere = news("elsewhere", report(4, **BASE, country="IRQ"))
    other_town = news("other town", report(5, place="Hajin", geo_precision="locality", admin1="Deir ez-Zor"))
    run(database, folders(), *around, *elsewhere, *other_town)
    work = Work()
    run(database, folders(), *news("new", report(6, **BASE)), work=work)
    assert work.reports == 1 + 2  # those of the days before and after
    assert work.widened == []
    assert len(links(database)) == 7


@pytest.mark.slow
@pytest.mark.parametrize("widened", [0, 3])
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(newsrooms(days=40, dated=0.9, people=0.2), st.randoms(use_true_random=False))
def test_with_a_batch_goes_all_that_is_filed_where_its_reports_look(
    tmp_path_factory: pytest.TempPathFactory, widened: int, reports: list[Report], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("run")
    new = chance.sample(reports, 3)
    reported, old = ([r for n, each in enumerate(some) for r in news(f"{n}", each)] for some in (new, reports))
    old = [each for each in old if each not in reported]
    run(folder / "known.duckdb", folder / "before", *old)
    groups = dict(rows(folder / "known.duckdb", "SELECT mention_id, group_id FROM incident_mentions"))
    work = Work(lambda assignments: some_assigned(assignments, widened, chance))
    run(folder / "known.duckdb", folder / "after", *reported, work=work)
    for batch in work.batches:
        given = {assignment.report.mention.mention_id: assignment for assignment in assignments_of(batch)}
        asked = [
            assignment.report
            for assignment in given.values()
            if assignment.state is LinkState.PENDING or assignment.complete
        ]
        keys = {(each.link_key, key) for each in asked if batch.is_dated for key in dated_search_keys(each)}
        assignments = [report_of(each) for each in old if isinstance(each, Mention) and each.mention_id in groups]
        near = {
            groups[each.mention.mention_id]
            for each in assignments
            if each.is_dated and not keys.isdisjoint((each.link_key, key) for key in dated_keys(each))
        }
        expected = {
            each.mention.mention_id for each in assignments if each.is_dated and groups[each.mention.mention_id] in near
        }
        assert expected <= set(given)


def some_assigned(assignments: list[Assignment], most: int, chance: random.Random) -> list[str]:
    """The ids of a few of the filed reports of a batch."""
    names = [
        assignment.report.mention.mention_id for assignment in assignments if assignment.state is LinkState.ASSIGNED
    ]
    return chance.sample(names, min(most, len(names)))


def test_a_batch_is_given_whole_incidents(database: Path, folders: Callable[[], Path]) -> None:
    run(database, folders(), *news("wide", report(1, **wide(13))), *news("day", report(2, **BASE)))
    assert links(database) == together("wide day")
    work = Work()
    run(database, folders(), *news("new", report(3, **BASE)), work=work)
    (batch,) = work.batches
    assert sorted(assignment.state.value for assignment in assignments_of(batch)) == ["assigned", "assigned", "pending"]
    assert links(database) == together("wide day new")


def wide(days: int) -> dict[str, Any]:
    """On one of the days before, as far as the article's own date tells."""
    return (
        BASE
        | UNDATED
        | {
            "date_earliest": DAY - timedelta(days=days),
            "date_latest": DAY,
            "date_precision": "days",
            "date_basis": "publication",
        }
    )


def spread(days: int) -> list[Record]:
    """Six reports, so many days apart."""
    places = [report(n, day=DAY + timedelta(days=days * n), place=f"Town {n}") for n in range(6)]
    return [record for n, reported in enumerate(places) for record in news(str(n), reported)]


@pytest.mark.parametrize(("days", "batches"), [(0, 1), (100, 3)])
def test_batches_are_larger_on_crowded_days(
    database: Path, folders: Callable[[], Path], days: int, batches: int
) -> None:
    work = Work()
    run(database, folders(), *spread(days), size=2, work=work)
    assert len(work.batches) == batches
    assert len(links(database)) == 6


def test_a_neighbourhood_that_is_too_small_is_widened(
    database: Path, folders: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dated_batches, "_RINGS", 0)
    run(database, folders(), *news("wide", wide_report := report(1, **wide(4))))
    work = Work()
    run(database, folders(), *news("day", report(2, **BASE)), work=work)
    assert work.widened == [{wide_report.mention.mention_id}]
    assert links(database) == together("wide day")
