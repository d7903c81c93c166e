from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb

from pipeline.linking.rulings import Overrides, Ruling
from pipeline.records.identity import incident_id
from pipeline.storage.workspace import open_workspace
from tests.support.databases import contents, make_older, rows
from tests.support.news import BASE, KILLED, NAMED, links, news, together
from tests.support.records import DAY, report
from tests.support.workspaces import Work, run

MONTHS: dict[str, Any] = {"day": DAY + timedelta(days=90), "date_basis": "weekday"}


def history(database: Path) -> list[tuple[Any, ...]]:
    """What became of incidents, each by the name of the article that founded it, run by run."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.create_function("incident_of", incident_id, ["VARCHAR"], "VARCHAR")
        names = dict(
            connection.execute(
                "SELECT incident_of(mention_id), name FROM mentions JOIN articles USING (article_id)"
            ).fetchall()
        )
        found = connection.execute(
            "SELECT run_id, incident_id, change, superseded_by, split_from FROM incident_revisions ORDER BY run_id"
        ).fetchall()
    return sorted((run_id, names[name], change, names.get(by), names.get(of)) for run_id, name, change, by, of in found)


def test_a_victim_named_again_unites_incidents_of_earlier_runs(database: Path, folders: Callable[[], Path]) -> None:
    run(database, folders(), *news("first", report(1, **NAMED)))
    later = {"published": DAY + timedelta(days=90)}
    run(database, folders(), *news("later", report(2, **NAMED | MONTHS), **later))
    assert links(database) == together("first later")
    assert rows(database, "SELECT count(DISTINCT group_id) FROM incident_mentions") == [(2,)]
    work = Work()
    run(database, folders(), *news("next", report(3, **NAMED | MONTHS), published=DAY + timedelta(days=91)), work=work)
    assert links(database) == together("first later next")
    assert work.reports == 2  # the group of months ago is not linked anew


def test_when_two_incidents_turn_out_to_be_one_the_older_id_stays(database: Path, folders: Callable[[], Path]) -> None:
    killed = NAMED | KILLED | {"targets": ()}
    ages = {"published": DAY + timedelta(days=90)}
    run(database, folders(), *news("first", report(1, **NAMED)), *news("later", report(2, **killed | MONTHS), **ages))
    assert links(database) == together("first", "later")
    run(database, folders(), *news("next", report(3, **NAMED | KILLED | MONTHS), published=DAY + timedelta(days=91)))
    assert links(database) == together("first later next")
    assert history(database) == [
        (1, "first", "created", None, None),
        (1, "later", "created", None, None),
        (2, "first", "updated", None, None),
        (2, "later", "superseded", "first", None),
    ]


def test_a_ruling_is_obeyed_and_can_be_taken_back(database: Path, folders: Callable[[], Path]) -> None:
    one, two, gate = report(1, **BASE), report(2, **BASE), report(3, **BASE | {"facility": "Gate Base"})
    texts_of = {"published": DAY + timedelta(days=1)}
    records = [*news("one", one), *news("two", two, **texts_of), *news("gate", gate, **texts_of)]
    run(database, folders(), *records)
    assert links(database) == together("one two", "gate")
    before = contents(database, "incident_revisions")
    apart = Ruling(ids=(one.mention.mention_id, two.mention.mention_id), note="two drones")
    merge = Ruling(ids=(incident_id(two.mention.mention_id), gate.mention.mention_id))
    rulings = Overrides(merge=(merge,), apart=(apart,))

    run(database, folders(), overrides=rulings)
    assert links(database) == together("one", "two gate")
    assert history(database)[2:] == [(2, "gate", "updated", None, None), (2, "one", "updated", None, None)]
    ruled = contents(database)
    run(database, folders(), *records, overrides=rulings)
    assert contents(database) == ruled

    run(database, folders())
    assert contents(database, "incident_revisions") == before


def test_a_split_is_said(database: Path, folders: Callable[[], Path]) -> None:
    one, two = report(1, **BASE), report(2, **BASE)
    run(database, folders(), *news("one", one), *news("two", two, published=DAY + timedelta(days=1)))
    ids = (one.mention.mention_id, two.mention.mention_id)
    run(database, folders(), overrides=Overrides(apart=(Ruling(ids=ids),)))
    assert history(database)[1:] == [(2, "one", "updated", None, None), (2, "two", "created", None, "one")]


def test_rulings_wait_for_their_reports(database: Path, folders: Callable[[], Path]) -> None:
    one, gate = report(1, **BASE), report(3, **BASE | {"facility": "Gate Base"})
    rulings = Overrides(merge=(Ruling(ids=(one.mention.mention_id, gate.mention.mention_id)),))
    run(database, folders(), *news("one", one), overrides=rulings)
    assert links(database) == together("one")
    run(database, folders(), *news("gate", gate), overrides=rulings)
    assert links(database) == together("one gate")


def test_rulings_on_nothing_are_told(database: Path, folders: Callable[[], Path], tmp_path: Path) -> None:
    run(database, folders(), *news("one", report(1, **BASE)))
    absent = ("m-" + "0" * 24, "i-" + "1" * 24)
    with open_workspace(database, tmp_path) as workspace:
        workspace.plan_work(tmp_path)
        assert workspace.unite(Overrides(merge=(Ruling(ids=absent),))) == set(absent)


def test_what_an_older_release_has_linked_is_linked_on(database: Path, folders: Callable[[], Path]) -> None:
    run(database, folders(), *news("first", report(1, **NAMED)))
    expected = folders()
    later = news("later", report(2, **NAMED | MONTHS), published=DAY + timedelta(days=90))
    run(expected, folders(), *news("first", report(1, **NAMED)))
    run(expected, folders(), *later)
    make_older(database)
    run(database, folders(), *later)
    told = "SELECT ref, link_score, link_reasons FROM incident_mentions JOIN mentions USING (mention_id) ORDER BY ALL"
    assert links(database) == links(expected)
    assert rows(database, told) == rows(expected, told)  # the ids are another: those of the older release are renamed
