import random
from collections.abc import Callable
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from pipeline.linking import clustering
from pipeline.storage import undated_batches
from pipeline.storage import unions as uniting
from pipeline.storage.workspace import Batch, open_workspace
from tests.support.databases import contents, incidents_by_report
from tests.support.news import BASE, KILLED, NAMED, UNDATED, links, news, texts, together
from tests.support.records import DAY, report
from tests.support.workspaces import Work, assignments_of, run


def test_reports_without_a_date_have_no_neighbourhood(database: Path, tmp_path: Path) -> None:
    with open_workspace(database, tmp_path) as workspace, pytest.raises(ValueError, match="neighbourhood"):
        workspace.wider(Batch(0, "", is_dated=False), [])


def test_reports_without_a_date_are_asked_again_when_their_place_changes(
    database: Path, folders: Callable[[], Path]
) -> None:
    run(database, folders(), *news("dated", report(1, **BASE)), *news("undated", report(2, **UNDATED | BASE)))
    assert links(database) == together("dated undated")
    first, second = texts("next", [report(3, **BASE | {"day": DAY + timedelta(days=1)})], [])
    run(database, folders(), *first)
    assert links(database) == together("dated", "undated", "next")
    run(database, folders(), *second)
    assert links(database) == together("dated undated")


def test_reports_without_a_date_elsewhere_are_left_alone(database: Path, folders: Callable[[], Path]) -> None:
    gate = UNDATED | {"facility": "Gate Base", "place": None}
    run(database, folders(), *news("tower", report(1, **UNDATED | BASE)), *news("gate", report(2, **gate)))
    work = Work()
    run(database, folders(), *news("dated", report(3, **BASE)), work=work)
    assert links(database) == together("dated tower", "gate")
    reported = [assignment.report.mention.facility for batch in work.batches for assignment in assignments_of(batch)]
    assert set(reported) == {"Tower Base"}


def test_reports_without_a_date_are_asked_again_when_an_incident_changes_that_others_there_are_of(
    database: Path, folders: Callable[[], Path]
) -> None:
    victim, base, later = (
        {"targets": NAMED["targets"]},
        {"facility": "Tower Base", "place": None},
        DAY + timedelta(days=1),
    )
    taken: dict[str, Any] = {"event_type": "abduction"} | KILLED
    records = [
        *news("dated", report(1, **base, **victim, **taken)),
        *news("named", report(2, **UNDATED, place="Tanf", **victim, **taken)),
        *news("unnamed", report(3, **UNDATED, place="Tanf", **taken), published=later),
    ]
    run(database, folders(), *records)
    assert links(database) == together("dated named unnamed")
    arrested = news("arrested", report(4, **base, **victim, event_type="arrest_raid"), published=later)
    run(database, folders(), *arrested)  # nobody is arrested and abducted, as far as those know who name no one
    assert links(database) == together("dated named arrested", "unnamed")
    run(at_once := folders(), folders(), *records, *arrested)
    assert contents(database, "incident_revisions") == contents(at_once, "incident_revisions")


@pytest.mark.parametrize(
    ("new", "states"),
    [
        pytest.param(UNDATED | BASE, "assigned assigned assigned pending", id="one more"),
        pytest.param(
            UNDATED | BASE | {"facility": "Gate Base"}, "assigned assigned pending", id="one elsewhere in town"
        ),
        pytest.param(BASE, "assigned assigned pending pending", id="one with a date"),
    ],
)
def test_reports_without_a_date_stay_assigned_where_no_dated_one_has_changed_their_case(
    new: dict[str, Any], states: str, database: Path, folders: Callable[[], Path]
) -> None:
    known = [BASE, UNDATED | BASE, UNDATED | BASE | {"event_type": "abduction"}]
    run(database, folders(), *chain(*(news(str(n), report(n, **fields)) for n, fields in enumerate(known))))
    work = Work()
    run(database, folders(), *news("new", report(9, **new)), work=work)
    reported = [assignment for batch in work.batches if not batch.is_dated for assignment in assignments_of(batch)]
    assert sorted(assignment.state.value for assignment in reported) == states.split()


@pytest.mark.slow
def test_where_too_much_happens_a_report_without_a_date_stays_alone(
    database: Path, folders: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (undated_batches, clustering):
        monkeypatch.setattr(module, "MAX_IN_BLOCK", 2)
    monkeypatch.setattr(
        uniting, "MAX_MET", 0
    )  # groups are another matter: they would crowd the place only as incidents
    run(database, folders(), *news("undated", report(0, **UNDATED | BASE)), size=1)
    for number, expected in enumerate(["0 undated", "0 1 undated", "0 1 2"]):
        run(database, folders(), *news(str(number), report(number + 1, **BASE)), size=1)
        assert together(expected) <= links(database)
    for number in range(3, 9):
        run(database, folders(), *news(str(number), report(number + 1, **BASE | {"day": DAY + timedelta(days=number)})))
    work = Work()
    run(database, folders(), *news("more", report(20, **UNDATED | BASE)), work=work)
    assert together("undated more") <= links(database)
    assert work.reports <= 7  # of nine dated ones at the place, at most those of three incidents


@pytest.mark.parametrize("seed", range(3))
def test_any_runs_come_to_the_same_where_too_much_happens(
    seed: int, database: Path, folders: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (undated_batches, clustering):
        monkeypatch.setattr(module, "MAX_IN_BLOCK", 2)
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    places = [BASE, {"place": None}, {"place": "Tanf"}]
    reports = [
        report(n, **chance.choice(places), **chance.choice([{}, UNDATED, KILLED, UNDATED | KILLED])) for n in range(24)
    ]
    records = [news(f"{number}", each) for number, each in enumerate(reports)]
    run(database, folders(), *chain(*records))
    other = folders()
    for first in range(0, len(records), 8):
        run(other, folders(), *chain(*records[first : first + 8]), size=2)
    assert incidents_by_report(other) == incidents_by_report(database)
