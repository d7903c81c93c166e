"""Rulings on fields and on incidents, over runs without Beam."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.linking.rulings import Dropping, Overrides
from pipeline.linking.settings import Setting
from tests.support.databases import contents, rows
from tests.support.news import BASE, news
from tests.support.records import DAY, at, report
from tests.support.workspaces import run

ONE, TWO = report(1, **BASE, killed_best=3), report(2, **BASE, killed_best=4)
ALONE = report(3, place="Hajin", geo_precision="locality")
NEWS = [*news("one", ONE), *news("two", TWO), *news("alone", ALONE)]


@pytest.fixture
def folders(tmp_path: Path) -> Callable[[], Path]:
    """New folders, which do not exist yet."""
    numbers = count()
    return lambda: tmp_path / f"{next(numbers)}"


@pytest.fixture
def database(tmp_path: Path, folders: Callable[[], Path]) -> Path:
    path = tmp_path / "incidents.duckdb"
    run(path, folders(), *NEWS)
    return path


def incident_with(database: Path, mention: str) -> str:
    ((found,),) = rows(database, f"SELECT incident_id FROM incident_mentions WHERE mention_id = '{mention}'")
    return str(found)


def killed(database: Path) -> dict[str, int | None]:
    return dict(rows(database, "SELECT incident_id, killed_best FROM incidents"))


def test_what_is_set_wins_says_so_and_is_undone(database: Path, folders: Callable[[], Path]) -> None:
    before, name = contents(database, "incident_revisions"), incident_with(database, ONE.mention.mention_id)
    setting = Setting(id=name, field="killed_best", value=9, note="the list")
    run(database, folders(), overrides=Overrides(set=(setting,)))
    assert killed(database)[name] == 9
    assert rows(database, "SELECT quote, start FROM evidence WHERE quote LIKE 'set to%'") == [
        ("set to 9 by an analyst: the list", None)
    ]
    assert rows(database, "SELECT named, field, value, verdict FROM rulings") == [(name, "killed_best", "9", "set")]
    assert rows(database, "SELECT cause FROM incident_revisions WHERE revision = 2") == [("ruling",)]

    ruled = contents(database)
    run(database, folders(), overrides=Overrides(set=(setting,)))
    assert contents(database) == ruled
    run(database, folders())
    assert contents(database, "incident_revisions") == before


def test_a_setting_holds_for_a_mention_wherever_it_is(database: Path, folders: Callable[[], Path]) -> None:
    setting = Setting(id=TWO.mention.mention_id, field="event_type", value="bombing")
    run(database, folders(), *news("more", report(4, **BASE)), overrides=Overrides(set=(setting,)))
    query = "SELECT event_type, mention_count FROM incidents WHERE place_name = 'Tanf'"
    assert rows(database, query) == [("bombing", 3)]


def test_a_dropped_incident_is_none_and_comes_back(database: Path, folders: Callable[[], Path]) -> None:
    before, name = contents(database, "incident_revisions"), incident_with(database, ONE.mention.mention_id)
    dropping = Overrides(drop=(Dropping(id=name, note="a drill"),))
    run(database, folders(), overrides=dropping)
    assert name not in killed(database)
    query = f"SELECT change, cause FROM incident_revisions WHERE incident_id = '{name}' ORDER BY revision"
    assert rows(database, query) == [("created", "articles"), ("dropped", "ruling")]
    run(database, folders(), *news("more", report(4, **BASE)), overrides=dropping)
    assert name not in killed(database)
    assert len(killed(database)) == 1  # what is told later of the drill is none either
    run(database, folders())
    assert rows(database, f"SELECT mention_count FROM incidents WHERE incident_id = '{name}'") == [(3,)]
    assert len(before["incidents"]) == len(killed(database))


def test_a_dropped_mention_leaves_its_incident_which_keeps_its_name(
    database: Path, folders: Callable[[], Path]
) -> None:
    before, name = contents(database, "incident_revisions"), incident_with(database, ONE.mention.mention_id)
    run(database, folders(), overrides=Overrides(drop=(Dropping(id=ONE.mention.mention_id),)))
    assert killed(database)[name] == 4
    assert len(killed(database)) == 2
    run(database, folders())
    assert contents(database, "incident_revisions") == before


def test_settings_of_one_incident_may_not_contradict_one_another(database: Path, folders: Callable[[], Path]) -> None:
    settings = tuple(
        Setting(id=each.mention.mention_id, field="killed_best", value=n) for n, each in enumerate((ONE, TWO))
    )
    before = contents(database)
    with pytest.raises(ValidationError, match="set to another value by set"):
        run(database, folders(), overrides=Overrides(set=settings))
    assert contents(database) == before


def test_rulings_hold_when_the_report_that_an_incident_is_named_after_changes(
    database: Path, folders: Callable[[], Path]
) -> None:
    name = incident_with(database, ALONE.mention.mention_id)
    overrides = Overrides(set=(Setting(id=name, field="killed_best", value=9),))
    corrected = report(5, place="Hajin", geo_precision="locality", wounded_best=2)
    later = news("alone", corrected, text="Corrected.", fetched_at=at(DAY + timedelta(days=1)))
    run(database, folders(), *later, overrides=overrides)
    query = f"SELECT killed_best, wounded_best, mention_count FROM incidents WHERE incident_id = '{name}'"
    assert rows(database, query) == [(9, 2, 1)]
