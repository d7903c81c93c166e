import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone
from itertools import cycle
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing import test_stream
from apache_beam.typehints.decorators import TypeCheckError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking.clustering import attach, cluster, link
from pipeline.linking.clusters import Cluster
from pipeline.linking.fusion import incident_of
from pipeline.linking.transform import AttachUndated, LinkIncidents
from pipeline.records.report import Assignment, Report
from schemas import Article, Incident, IncidentMention, Mention
from tests.support.assignments import assigned, completed, ids_of, pending
from tests.support.beam import create, keep, ordered, pipeline, streaming
from tests.support.records import DAY, at, newsrooms, report

Linked = tuple[list[Incident], list[IncidentMention]]
UNDATED: dict[str, Any] = {"day": None}
BASE = {"facility": "Tower Base"}
SECONDS_PER_DAY = 86_400
COUNTED = {"killed_low": 4, "killed_best": 4}


def fused(clusters: Iterable[Cluster]) -> Linked:
    """The incidents and the links of groups of reports, each in order."""
    found = [incident_of(each) for each in clusters]
    return ordered(incident for incident, _ in found), ordered(link for _, links in found for link in links)


def linked(assignments: Iterable[Assignment], by: Callable[[list[Assignment]], list[Cluster]]) -> Linked:
    """What linking comes to, worked out without a pipeline."""
    countries: dict[str, list[Assignment]] = defaultdict(list)
    for each in assignments:
        countries[each.report.link_key].append(each)
    return fused(found for reported in countries.values() for found in by(reported))


def grouped(assignments: Iterable[Assignment], linking: LinkIncidents | AttachUndated) -> tuple[Linked, list[str]]:
    """What linking on a pipeline comes to, and where it is incomplete."""
    with pipeline() as root:
        found = create(root, "Files", Assignment, assignments) | "Link" >> linking
        incidents, links, incomplete = keep(found.incidents), keep(found.links), keep(found.incomplete)
    return (ordered(incidents), ordered(links)), incomplete


def check(reports: Iterable[Report], window_days: int = 3) -> Linked:
    """Link new reports on pipelines, those without a date in a second one; compare with what it comes to."""
    reported = list(reports)
    dated = pending(each for each in reported if each.is_dated)
    found, incomplete = grouped(dated, LinkIncidents(window_days))
    assert found == linked(dated, lambda assignments: cluster(assignment.report for assignment in assignments))
    assert incomplete == []
    clusters = [
        each
        for country in by_country(reported)
        for each in cluster(assignment for assignment in country if assignment.is_dated)
    ]
    known = [assignment for number, each in enumerate(clusters) for assignment in assigned(each, f"i-{number}")]
    undated = [*pending(each for each in reported if not each.is_dated), *known]
    attached, incomplete = grouped(undated, AttachUndated())
    assert attached == linked(undated, attach)
    assert incomplete == []
    changed = {link.mention_id for link in attached[1]}
    kept = fused(each for each in clusters if not changed & set(ids_of(each)))
    whole = ordered([*kept[0], *attached[0]]), ordered([*kept[1], *attached[1]])
    assert whole == fused(each for country in by_country(reported) for each in link(country))
    return whole


def by_country(reports: Iterable[Report]) -> list[list[Report]]:
    countries: dict[str, list[Report]] = defaultdict(list)
    for each in reports:
        countries[each.link_key].append(each)
    return list(countries.values())


def test_reports_are_linked_across_windows_and_within_countries() -> None:
    gate, tower = {"facility": "Gate Base"}, {"facility": "Tower Base"}
    days = [DAY, DAY + timedelta(days=100), date.min, date.max]
    dated = [report(number, day=day, **gate) for number, day in enumerate(days * 2)]
    near = [report(20, **UNDATED, **tower), report(21, **tower)]
    elsewhere = [report(30, country="IRQ"), report(31, country=None), report(32, country=None)]
    reports = [*dated, *near, *elsewhere]
    assert sorted(incident.mention_count for incident in check(reports)[0]) == [1, 2, 2, 2, 2, 2, 2]


def test_nothing_is_linked_to_nothing() -> None:
    assert check([]) == ([], [])


def test_an_undated_report_joins_an_incident_of_any_window() -> None:
    facility = {"facility": "Tower Base"}
    first, second = report(1, **facility), report(2, day=DAY + timedelta(days=60), facility="Gate Base")
    undated = report(3, facility="Gate Base", **UNDATED, published_at=at(DAY + timedelta(days=61)))
    incidents, _ = check([first, second, undated])
    assert sorted(incident.mention_count for incident in incidents) == [1, 2]


def test_a_report_read_in_two_places_is_one_report() -> None:
    reported = report(1)
    elsewhere = reported.model_copy(update={"mention": reported.mention.model_copy(update={"ref": "elsewhere"})})
    incidents, links = check([elsewhere, reported])
    assert (len(incidents), len(links)) == (1, 1)


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(newsrooms(), st.integers(1, 30))
def test_a_pipeline_links_as_plain_functions_do(reports: list[Report], window_days: int) -> None:
    check(reports, window_days)


def test_neither_order_nor_bundles_matter() -> None:
    reports = [
        report(number, day=DAY + timedelta(days=number % 4), place=["Rukban", "Hajin", None][number % 3])
        for number in range(20)
    ]
    shuffled = random.Random(1).sample(reports, len(reports))  # noqa: S311  # nothing secret
    with pipeline() as root:
        one_by_one = [
            create(root, f"Report {number}", Assignment, pending([each])) for number, each in enumerate(shuffled)
        ]
        found = one_by_one | "Flatten" >> beam.Flatten() | "Link" >> LinkIncidents(3)
        incidents, links = keep(found.incidents), keep(found.links)
    assert (ordered(incidents), ordered(links)) == fused(cluster(reports))


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(newsrooms(20, 30, dated=1.0), st.randoms(use_true_random=False), st.integers(1, 10))
def test_a_stream_links_what_is_in_time_as_a_batch_does(
    reports: list[Report], chance: random.Random, window_days: int
) -> None:
    # A session of a few days, and one that begins long after it has ended.
    long_after = timedelta(days=120)
    arrivals: dict[str, list[Report]] = {"on time": [], "late": [], "too late": [], "next": []}
    for each, when in zip(chance.sample(reports, len(reports)), cycle(arrivals)):  # without end
        arrivals[when].append(moved(each, long_after) if when == "next" else each)
    first_day = stamp(DAY)
    streamed = (
        test_stream.TestStream()
        .advance_watermark_to(first_day)
        .add_elements(pending(arrivals["on time"]))
        .advance_watermark_to(first_day + 20 * SECONDS_PER_DAY)
        .add_elements(pending(arrivals["late"]))
        .advance_watermark_to(first_day + 60 * SECONDS_PER_DAY)
        .add_elements(pending([*arrivals["too late"], *arrivals["next"]]))
        .advance_watermark_to_infinity()
    )
    with streaming() as root:
        found = root | streamed.with_output_types(Assignment) | "Link" >> LinkIncidents(window_days)
        incidents, links = keep(found.incidents), keep(found.links)
    in_time = pending(each for when, reported in arrivals.items() if when != "too late" for each in reported)
    batch, _ = grouped(in_time, LinkIncidents(window_days))
    assert (ordered(incidents), ordered(links)) == batch
    assert len(links) == len(in_time) < len(reports)


def moved(reported: Report, by: timedelta) -> Report:
    """A report of so much later."""
    first, last = reported.mention.date_earliest, reported.mention.date_latest
    assert first is not None
    assert last is not None
    days = {"date_earliest": first + by, "date_latest": last + by}
    return reported.model_copy(update={"mention": reported.mention.model_copy(update=days)})


def stamp(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp()


def test_open_reports_join_the_filed_ones() -> None:
    first, second, third = report(1), report(2), report(3, country="IRQ")
    (known,), (elsewhere,) = cluster([first]), cluster([third])
    assignments = [*pending([second]), *assigned(known, "i-1"), *assigned(elsewhere, "i-2")]
    assert grouped(assignments, LinkIncidents(3)) == (fused(cluster([first, second])), [])


def test_reports_around_which_more_matters_are_told() -> None:
    later = {"day": DAY + timedelta(days=1), "date_basis": "deictic"}
    known = [found for country in ("SYR", "IRQ") for found in cluster([report(1, **COUNTED, **BASE, country=country)])]
    assignments = [assignment for number, each in enumerate(known) for assignment in assigned(each, f"i-{number}")]
    new = pending([report(2, **COUNTED, **BASE, **later), report(3, country="IRN")])
    (incidents, _), incomplete = grouped([*assignments, *new], LinkIncidents(3))
    assert incomplete == ids_of(known[0])
    assert [incident.country for incident in incidents] == ["IRN"]
    assert grouped([*map(completed, assignments), *new], LinkIncidents(3))[1] == []


@pytest.mark.parametrize("linking", [LinkIncidents(3), AttachUndated()])
@pytest.mark.parametrize("kind", [Article, Mention, Report, Incident, str])
def test_only_filed_reports_can_be_linked(kind: type, linking: beam.PTransform) -> None:
    root = pipeline()
    with pytest.raises(TypeCheckError):
        _ = create(root, "Create", kind, []) | linking


@pytest.mark.parametrize("linking", [LinkIncidents(3), AttachUndated()])
def test_results_are_typed(linking: beam.PTransform) -> None:
    found = create(pipeline(), "Create", Assignment, []) | linking
    types = (found.incidents.element_type, found.links.element_type, found.incomplete.element_type)
    assert types == (Incident, IncidentMention, str)


def test_a_window_is_a_day_at_least() -> None:
    with pytest.raises(ValueError, match="window_days"):
        LinkIncidents(0)
