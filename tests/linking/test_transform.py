import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.typehints.decorators import TypeCheckError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking.cluster import attach, cluster
from pipeline.linking.fusion import incident_of
from pipeline.linking.transform import GatherReports, LinkIncidents
from pipeline.report import Report, report_of
from pipeline.sources.copies import Copy
from pipeline.sources.revisions import Superseded
from pipeline.storage.history import export_history
from schemas import Article, Incident, IncidentMention, Mention
from tests.support.beam import create, keep, ordered, pipeline
from tests.support.records import DAY, article, mention, report, report_sets
from tests.support.staging import run

UNDATED: dict[str, Any] = {"day": None}
COUNTED = {"killed_low": 4, "killed_best": 4}


def linked(reports: Iterable[Report]) -> tuple[list[Incident], list[IncidentMention]]:
    """What linking comes to, worked out without a pipeline."""
    by_country: dict[str, list[Report]] = defaultdict(list)
    for each in reports:
        by_country[each.link_key].append(each)
    fused = [
        incident_of(found)
        for told in by_country.values()
        for found in attach(
            cluster(each for each in told if each.is_dated), [each for each in told if not each.is_dated]
        )
    ]
    return [incident for incident, _ in fused], [link for _, links in fused for link in links]


def check(reports: Sequence[Report], window_days: int = 3) -> None:
    """Link reports on a pipeline, and compare with what it comes to."""
    with pipeline() as root:
        found = create(root, "Reports", Report, reports) | "Link" >> LinkIncidents(window_days)
        incidents, links = keep(found.incidents), keep(found.links)
    assert (ordered(incidents), ordered(links)) == tuple(map(ordered, linked(reports)))


def test_reports_are_linked_across_windows_and_within_countries() -> None:
    gate, tower = {"facility": "Gate Base"}, {"facility": "Tower Base"}
    days = [DAY, DAY + timedelta(days=100), date.min, date.max]
    dated = [report(number, day=day, **gate) for number, day in enumerate(days * 2)]
    near = [report(20, **UNDATED, **tower), report(21, **tower)]
    elsewhere = [report(30, country="IRQ"), report(31, country=None), report(32, country=None)]
    reports = [*dated, *near, *elsewhere]
    assert sorted(incident.mention_count for incident in linked(reports)[0]) == [1, 2, 2, 2, 2, 2, 2]
    check(reports)


def test_nothing_is_linked_to_nothing() -> None:
    check([])


def test_an_undated_report_joins_an_incident_of_any_window() -> None:
    facility = {"facility": "Tower Base"}
    first, second = report(1, **facility), report(2, day=DAY + timedelta(days=60), facility="Gate Base")
    undated = report(3, facility="Gate Base", **UNDATED)
    incidents, _ = linked([first, second, undated])
    assert sorted(incident.mention_count for incident in incidents) == [1, 2]
    check([first, second, undated])


def test_a_report_read_in_two_places_is_one_report() -> None:
    told = report(1)
    elsewhere = told.model_copy(update={"mention": told.mention.model_copy(update={"ref": "elsewhere"})})
    incidents, links = linked([elsewhere, told])
    assert (len(incidents), len(links)) == (1, 1)
    check([told, elsewhere])


@settings(max_examples=4, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(report_sets(largest=40), st.integers(1, 30))
def test_a_pipeline_links_as_plain_functions_do(reports: list[Report], window_days: int) -> None:
    check(reports, window_days)


def test_neither_order_nor_bundles_matter() -> None:
    reports = [
        report(number, day=DAY + timedelta(days=number % 4), place=["Rukban", "Hajin", None][number % 3])
        for number in range(20)
    ]
    shuffled = random.Random(1).sample(reports, len(reports))  # noqa: S311  # nothing secret
    with pipeline() as root:
        one_by_one = [create(root, f"Report {number}", Report, [each]) for number, each in enumerate(shuffled)]
        found = one_by_one | "Flatten" >> beam.Flatten() | "Link" >> LinkIncidents(3)
        incidents, links = keep(found.incidents), keep(found.links)
    assert (ordered(incidents), ordered(links)) == tuple(map(ordered, linked(reports)))


@pytest.mark.parametrize("kind", [Article, Mention, Incident, str])
def test_only_reports_can_be_linked(kind: type) -> None:
    root = pipeline()
    with pytest.raises(TypeCheckError):
        _ = create(root, "Create", kind, []) | LinkIncidents(3)


@pytest.mark.parametrize("kind", [Article, Report])
def test_only_mentions_can_be_gathered(kind: type) -> None:
    root = pipeline()
    copies, superseded = create(root, "Copies", Copy, []), create(root, "Superseded", Superseded, [])
    with pytest.raises(TypeCheckError):
        _ = create(root, "Create", kind, []) | GatherReports("reports.parquet", copies, superseded)


def test_results_are_typed() -> None:
    root = pipeline()
    found = create(root, "Create", Report, []) | LinkIncidents(3)
    assert (found.incidents.element_type, found.links.element_type) == (Incident, IncidentMention)


def test_a_window_is_a_day_at_least() -> None:
    with pytest.raises(ValueError, match="window_days"):
        LinkIncidents(0)


class Known:
    """Three articles of an earlier run, with a report each; the third is a copy of the second."""

    first, second, third = (article(f"Text {name}.", f"{name}.txt", source=name) for name in ("alpha", "beta", "gamma"))

    def __init__(self, folder: Path) -> None:
        database = folder / "incidents.duckdb"
        copy = Copy(article_id=self.third.article_id, original=self.second.article_id, publisher="beta")
        countries = {"alpha": "SYR", "beta": "IRQ", "gamma": "IRQ"}
        self.mentions = {
            each.source: mention(0, article_id=each.article_id, source=each.source, country=countries[each.source])
            for each in (self.first, self.second, self.third)
        }
        run(database, folder / "1", self.first, self.second, self.third, copy, *self.mentions.values())
        (folder / "history").mkdir()
        self.path = export_history(database, folder / "history").reports

    def report(self, name: str, original: Article | str, publisher: str) -> Report:
        whose = original if isinstance(original, str) else original.article_id
        return Report(mention=self.mentions[name], original=whose, publisher=publisher)


def gathered(
    known: Known, fresh: Iterable[Mention], copies: Iterable[Copy], superseded: Iterable[Superseded], *expected: Report
) -> None:
    with pipeline() as root:
        found = create(root, "Fresh", Mention, fresh) | GatherReports(
            known.path, create(root, "Copies", Copy, copies), create(root, "Superseded", Superseded, superseded)
        )
        reports = keep(found)
    assert ordered(reports) == ordered(expected)


@pytest.fixture
def known(tmp_path: Path) -> Known:
    return Known(tmp_path)


def test_all_reports_of_a_touched_country_are_gathered(known: Known) -> None:
    quoted = {"field": "place", "start": 0, "end": 4, "quote": "Text"}
    fresh = mention(9, country="IRQ", evidence=(quoted,))
    gathered(
        known, [fresh], [], [], report_of(fresh),
        known.report("beta", known.second, "beta"), known.report("gamma", known.second, "beta"),
    )  # fmt: skip
    assert report_of(fresh).mention.evidence == ()


def test_countries_without_news_are_left_alone(known: Known) -> None:
    gathered(known, [], [], [])
    fresh = mention(9, country=None)
    gathered(known, [fresh], [], [], report_of(fresh))


def test_reports_of_superseded_articles_are_dropped(known: Known) -> None:
    fresh = mention(9, country="IRQ")
    replaced = [
        Superseded(article_id=known.second.article_id, superseded_by="a-new"),
        Superseded(article_id=fresh.article_id, superseded_by="a-new"),
    ]
    gathered(known, [fresh], [], replaced, known.report("gamma", known.second, "beta"))


def test_a_country_is_touched_when_an_article_of_its_is_replaced(known: Known) -> None:
    replaced = [Superseded(article_id=known.first.article_id, superseded_by="a-new")]
    gathered(known, [], [], replaced)


def test_copies_are_traced_to_their_originals(known: Known) -> None:
    older = Copy(article_id=known.second.article_id, original="a-wire", publisher="wire")
    fresh = mention(9, country="IRQ")
    copied = Copy(article_id=fresh.article_id, original=known.second.article_id, publisher="beta")
    gathered(
        known, [fresh], [older, copied], [],
        Report(mention=fresh, original="a-wire", publisher="wire"),
        known.report("beta", "a-wire", "wire"),
        known.report("gamma", "a-wire", "wire"),
    )  # fmt: skip
