"""The third stage on Beam: reports, pending and assigned → incidents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.window import GlobalWindows, Sessions, TimestampedValue

from pipeline.linking.blocking_keys import PEOPLE_SLACK_DAYS
from pipeline.linking.clustering import attach, relink
from pipeline.linking.clusters import Cluster
from pipeline.linking.fusion import incident_of
from pipeline.linking.reassignment import IncompleteNeighbourhoodError
from pipeline.records.report import LONGEST_DATED_DAYS, Assignment
from schemas import Incident, IncidentMention

LINKS = "links"
INCOMPLETE = "incomplete"
_SECONDS_PER_DAY = 86_400


class Grouped(NamedTuple):
    """What linking comes to: the incidents that pending reports made or changed, and the links of their mentions.

    `incomplete` names the mentions around which it needs more of the assigned reports than it was given (see `relink`);
    it yields nothing else for their windows.
    """

    incidents: beam.PCollection[Incident]
    links: beam.PCollection[IncidentMention]
    incomplete: beam.PCollection[str]


@dataclass
class LinkIncidents(beam.PTransform):
    """Group dated reports into incidents.

    Reports of a country meet in event-time session windows: a mention's time is its date interval, and reports less
    than `window_days` apart share a window.
    """

    window_days: int

    def __post_init__(self) -> None:
        if self.window_days < 1:
            raise ValueError(f"window_days must be at least 1, not {self.window_days}")

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, assignments: beam.PCollection[Assignment]) -> "Grouped":
        gap_days = self.window_days + LONGEST_DATED_DAYS + PEOPLE_SLACK_DAYS
        found = (
            assignments
            | "Key by country" >> beam.Map(_by_country)
            | "Stamp" >> beam.Map(_stamped).with_output_types(tuple[str, Assignment])
            | "Sessions" >> beam.WindowInto(Sessions(gap_days * _SECONDS_PER_DAY))
            | "Meet in the window" >> beam.GroupByKey()
            | "Link" >> beam.ParDo(_Link()).with_outputs(INCOMPLETE, main="clusters")
        )
        fused = found.clusters | "Leave the windows" >> beam.WindowInto(GlobalWindows()) | "Fuse" >> _Fuse()
        incomplete = found.incomplete | "Leave the windows of the incomplete" >> beam.WindowInto(GlobalWindows())
        return Grouped(fused.incidents, fused.links, incomplete)


@dataclass
class AttachUndated(beam.PTransform):
    """Let pending reports without a date join dated incidents of their country, or group among themselves.

    They have no place on the axis of time; so they come last, by their other evidence.
    """

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, assignments: beam.PCollection[Assignment]) -> "Grouped":
        fused = (
            assignments
            | "Key by country" >> beam.Map(_by_country)
            | "Meet in the country" >> beam.GroupByKey()
            | "Attach" >> beam.FlatMap(_attach).with_output_types(Cluster)
            | "Fuse" >> _Fuse()
        )
        nobody = assignments.pipeline | "None is incomplete" >> beam.Create([]).with_output_types(str)
        return Grouped(fused.incidents, fused.links, nobody)


def _by_country(assignment: Assignment) -> tuple[str, Assignment]:
    return assignment.report.link_key, assignment


def _stamped(keyed: tuple[str, Assignment]) -> TimestampedValue:
    day = keyed[1].report.mention.date_earliest
    if day is None:
        raise ValueError("only dated reports have a place in time")
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
    return TimestampedValue(keyed, midnight.timestamp())


@beam.typehints.with_input_types(tuple[str, Iterable[Assignment]])
@beam.typehints.with_output_types(Cluster, incomplete=str)
class _Link(beam.DoFn):
    def process(self, group: tuple[str, Iterable[Assignment]]) -> Iterator[Any]:
        _, assignments = group
        try:
            yield from relink(assignments)
        except IncompleteNeighbourhoodError as error:
            yield from (TaggedOutput(INCOMPLETE, mention) for mention in sorted(error.mentions))


def _attach(group: tuple[str, Iterable[Assignment]]) -> Iterable[Cluster]:
    return attach(group[1])


class _Fuse(beam.PTransform):
    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, clusters: beam.PCollection[Cluster]) -> "beam.pvalue.DoOutputsTuple":
        return clusters | beam.ParDo(_FuseOne()).with_outputs(LINKS, main="incidents")


@beam.typehints.with_input_types(Cluster)
@beam.typehints.with_output_types(Incident, links=IncidentMention)
class _FuseOne(beam.DoFn):
    def process(self, found: Cluster) -> Iterator[Any]:
        incident, links = incident_of(found)
        yield incident
        for link in links:
            yield TaggedOutput(LINKS, link)
