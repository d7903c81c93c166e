import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking import clustering, unions
from pipeline.linking.blocking_keys import dated_keys, dated_search_keys
from pipeline.linking.clustering import link
from pipeline.linking.rulings import Overrides, Ruling, Rulings
from pipeline.linking.unions import incidents_among
from pipeline.records.identity import incident_id
from pipeline.records.report import Assignment, LinkState, Report, report_of
from pipeline.sources.copies import fingerprint_of
from pipeline.storage import dated_batches, undated_batches
from pipeline.storage import unions as uniting
from pipeline.storage.workspace import Batch, open_workspace
from schemas import ActorType, Article, Mention
from schemas.base import Record
from schemas.tables import from_row
from tests.support.databases import contents, make_older, rows
from tests.support.records import DAY, actor, article, at, newsrooms, report
from tests.support.words import text
from tests.support.workspaces import Work, assignments_of, run

UNDATED: dict[str, Any] = {"day": None}
BASE: dict[str, Any] = {"facility": "Tower Base", "place": "Tanf"}
KILLED = {"killed_low": 4, "killed_best": 4}


@pytest.fixture
def folders(tmp_path: Path) -> Callable[[], Path]:
    """New folders, which do not exist yet."""
    numbers = count()
    return lambda: tmp_path / f"it's {next(numbers)}"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "it's ours.duckdb"


def news(name: str, *reports: Report, **fields: Any) -> list[Record]:
    """An article with its reports, as reading stages it."""
    reported = article(fields.pop("text", f"Text of {name}."), name, **{"source": name} | fields)
    theirs = {"article_id": reported.article_id, "source": reported.source, "published_at": reported.published_at}
    mentions = (each.mention.model_copy(update=theirs) for each in reports)
    return [reported, fingerprint_of(reported), *mentions]


def links(database: Path) -> set[frozenset[str]]:
    """Which reports are of one incident, each by the name of its article."""
    found = rows(
        database,
        "SELECT list(name) FROM incident_mentions JOIN mentions USING (mention_id) JOIN articles USING (article_id) "
        "GROUP BY incident_id",
    )
    return {frozenset(names) for (names,) in found}


def together(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group.split()) for group in groups}


class Newsroom:
    """Articles of many kinds with their reports: copies of each other, newer texts of one document, and others."""

    def __init__(self, reports: Iterable[Report], chance: random.Random) -> None:
        self.chance = chance
        self.articles: dict[str, list[Record]] = {}
        for each in reports:
            reported = self._article(each.mention.article_id)
            theirs = {"source": reported.source, "published_at": reported.published_at}
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
    def everything(self) -> list[Record]:
        return [record for records in self.articles.values() for record in records]


def ruling(chance: random.Random, reports: Iterable[Report]) -> Overrides:
    """Rulings on some of the reports."""
    names = [each.mention.mention_id for each in reports]
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
    rulings = [ruling(chance, reports) for _ in range(runs)]
    with pytest.MonkeyPatch.context() as patch:
        for module in (unions, uniting):
            patch.setattr(module, "MAX_MET", most)
        run(one, folders(), *newsroom.everything, overrides=rulings[-1])
        for part, ruled in zip(newsroom.parts(runs), rulings, strict=True):
            run(other, folders(), *part, size=size, overrides=ruled)
        whole = incidents_among(map(report_of, standing(one)), Rulings(rulings[-1]))
    assert contents(other, "incident_revisions") == contents(one, "incident_revisions")
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


def incidents(database: Path) -> set[frozenset[str]]:
    """Which mentions are of one incident."""
    found = rows(database, "SELECT list(mention_id) FROM incident_mentions GROUP BY incident_id")
    return {frozenset(names) for (names,) in found}


def test_the_ledger_comes_to_what_linking_everything_comes_to(database: Path, folders: Callable[[], Path]) -> None:
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


def test_reports_without_a_date_have_no_neighbourhood(database: Path, tmp_path: Path) -> None:
    with open_workspace(database, tmp_path) as workspace, pytest.raises(ValueError, match="neighbourhood"):
        workspace.wider(Batch(0, "", is_dated=False), [])


def texts(name: str, *reported: list[Report]) -> list[list[Record]]:
    """One text after the other of one document."""
    return [
        news(name, *reports, text=f"Text {number}.", source="press", fetched_at=at(DAY + timedelta(days=number)))
        for number, reports in enumerate(reported)
    ]


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_reports_of_a_replaced_text_leave(order: list[int], database: Path, folders: Callable[[], Path]) -> None:
    editions = texts("a.txt", [report(1, **BASE | KILLED)], [report(2, **BASE)])
    run(database, folders(), *news("other", report(3, **BASE)))
    for edition in order:
        run(database, folders(), *editions[edition])
    assert rows(database, "SELECT killed_best, mention_count FROM incidents") == [(None, 2)]
    assert rows(database, "SELECT count(*) FROM mentions") == [(3,)]


def test_an_incident_of_replaced_texts_alone_is_gone(database: Path, folders: Callable[[], Path]) -> None:
    first, second = texts("a.txt", [report(1, **BASE), report(2, place="Hajin", **UNDATED)], [])
    run(database, folders(), *first)
    assert rows(database, "SELECT count(*) FROM incidents") == [(2,)]
    run(database, folders(), *second)
    assert rows(database, "SELECT count(*) FROM incidents") == [(0,)]
    assert links(database) == set()


def test_a_copy_that_is_known_only_now_is_no_second_source(database: Path, folders: Callable[[], Path]) -> None:
    later = {"published": DAY + timedelta(days=1)}
    run(database, folders(), *news("copy", report(1, **BASE), text=text(1), **later))
    run(database, folders(), *news("paper", report(2, **BASE), text=text(2), **later))
    assert rows(database, "SELECT source_count, mention_count FROM incidents") == [(2, 2)]
    run(database, folders(), *news("wire", report(3, **BASE), text=text(1)))
    assert rows(database, "SELECT source_count, mention_count FROM incidents") == [(2, 3)]
    run(database, folders(), *news("agency", report(4, **BASE), text=text(2)))
    assert rows(database, "SELECT source_count, mention_count FROM incidents") == [(2, 4)]


def test_a_chain_of_copies_leads_to_the_first_publisher(database: Path, folders: Callable[[], Path]) -> None:
    names = ["c", "b", "a"]
    steps = {name: text(1, changed=12 * number) for number, name in enumerate("abc")}
    for name in names:
        day = DAY + timedelta(days="abc".index(name))
        run(database, folders(), *news(name, report(ord(name), **BASE), text=steps[name], published=day))
    copies = "SELECT a.name, b.name FROM articles a JOIN articles b ON b.article_id = a.duplicate_of ORDER BY ALL"
    assert rows(database, copies) == [("b", "a"), ("c", "b")]
    assert rows(database, "SELECT source_count, mention_count FROM incidents") == [(1, 3)]


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
    assert contents(other, "incident_revisions") == contents(database, "incident_revisions")


NAMED: dict[str, Any] = {"place": "Hajin", "targets": (actor("Ann Lee", actor_type=ActorType.PERSON),)}
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
    assert contents(database, "schema_version") == contents(expected, "schema_version")
