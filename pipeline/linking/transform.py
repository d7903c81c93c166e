"""The third stage on Beam: mentions, new and known → incidents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import AsDict, TaggedOutput
from apache_beam.transforms.window import GlobalWindows, Sessions, TimestampedValue

from pipeline.linking.cluster import Cluster, attach, cluster
from pipeline.linking.fusion import incident_of
from pipeline.report import LONGEST_DATED_DAYS, Report, report_of
from pipeline.sources.copies import Copy, original_of
from pipeline.sources.revisions import Superseded
from pipeline.storage.transform import LookUp
from schemas import Incident, IncidentMention, Mention

LINKS = "links"
_SECONDS_PER_DAY = 86_400


@dataclass
class GatherReports(beam.PTransform):
    """Bring new mentions together with those of earlier runs that they may be linked with.

    `known` is the exported history of reports. All reports of a country are gathered again when it has a new
    report, or when an article that reports of it has become a copy or been superseded; other countries are left
    alone. Reports of superseded articles are dropped.
    """

    known: str
    copies: beam.PCollection[Copy]
    superseded: beam.PCollection[Superseded]

    def expand(self, mentions: beam.PCollection[Mention]) -> beam.PCollection[Report]:
        fresh = mentions | "As reports" >> beam.Map(report_of)
        copied = self.copies | "Key copies" >> beam.Map(_copied)
        replaced = self.superseded | "Key replaced" >> beam.Map(_replaced)
        changed = (
            copied | "Take copied" >> beam.Keys(),
            replaced | "Take replaced" >> beam.Keys(),
        ) | "Changed articles" >> beam.Flatten()
        affected = changed | "Look up reports of the changed" >> LookUp(self.known, "article_id", Report)
        touched = (
            fresh | "Countries of the new" >> beam.Map(_link_key_of),
            affected | "Countries of the changed" >> beam.Map(_link_key_of),
        )
        countries = touched | "What is touched" >> beam.Flatten() | "Each country" >> beam.Distinct()
        known = countries | "Look up reports" >> LookUp(self.known, "link_key", Report)
        return (
            (fresh, known)
            | "New and known" >> beam.Flatten()
            | "Drop replaced" >> beam.Filter(_is_current, AsDict(replaced)).with_output_types(Report)
            | "Trace to originals" >> beam.Map(_traced, AsDict(copied)).with_output_types(Report)
        )


def _copied(copy: Copy) -> tuple[str, Copy]:
    return copy.article_id, copy


def _replaced(superseded: Superseded) -> tuple[str, str]:
    return superseded.article_id, superseded.superseded_by


def _link_key_of(report: Report) -> str:
    return report.link_key


def _is_current(report: Report, replaced: Mapping[str, str]) -> bool:
    return report.mention.article_id not in replaced


def _traced(report: Report, copied: Mapping[str, Copy]) -> Report:
    article = report.mention.article_id
    start = article if article in copied else report.original
    original, publisher = original_of(copied, start, report.publisher)
    if (original, publisher) == (report.original, report.publisher):
        return report
    return report.model_copy(update={"original": original, "publisher": publisher})


@dataclass
class LinkIncidents(beam.PTransform):
    """Group reports into incidents. Yields incidents, and the links of their mentions under the tag `links`.

    Dated reports of a country meet in event-time session windows: a mention's time is its date interval, and reports
    less than `window_days` apart share a window. Reports without a date have no place on that axis; they join the
    country's incidents afterwards, by their other evidence.
    """

    window_days: int

    def __post_init__(self) -> None:
        if self.window_days < 1:
            raise ValueError(f"window_days must be at least 1, not {self.window_days}")

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, reports: beam.PCollection[Report]) -> "beam.pvalue.DoOutputsTuple":
        dated, undated = reports | "Part by date" >> beam.Partition(_undated, 2)
        clusters = dated | "Cluster in windows" >> _ClusterInWindows(self.window_days)
        return (
            {
                "clusters": clusters | "Key clusters" >> beam.Map(_cluster_by_country),
                "undated": undated | "Key undated" >> beam.Map(_report_by_country),
            }
            | "Meet in the country" >> beam.CoGroupByKey()
            | "Attach undated" >> beam.FlatMap(_attach)
            | "Fuse"
            >> beam.ParDo(_Fuse())
            .with_output_types(Incident, links=IncidentMention)
            .with_outputs(LINKS, main="incidents")
        )


@dataclass
class _ClusterInWindows(beam.PTransform):
    window_days: int

    def expand(self, reports: beam.PCollection[Report]) -> beam.PCollection[Cluster]:
        gap_days = self.window_days + LONGEST_DATED_DAYS
        return (
            reports
            | "Key by country" >> beam.Map(_report_by_country)
            | "Stamp" >> beam.Map(_stamped).with_output_types(tuple[str, Report])
            | "Sessions" >> beam.WindowInto(Sessions(gap_days * _SECONDS_PER_DAY))
            | "Meet in the window" >> beam.GroupByKey()
            | "Cluster" >> beam.FlatMap(_cluster)
            | "Leave the windows" >> beam.WindowInto(GlobalWindows())
        )


def _undated(report: Report, parts: int) -> int:
    return int(not report.is_dated)


def _report_by_country(report: Report) -> tuple[str, Report]:
    return report.link_key, report


def _cluster_by_country(found: Cluster) -> tuple[str, Cluster]:
    return found.link_key, found


def _stamped(keyed: tuple[str, Report]) -> TimestampedValue:
    day = keyed[1].mention.date_earliest
    if day is None:
        raise ValueError("only dated reports have a place in time")
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
    return TimestampedValue(keyed, midnight.timestamp())


def _cluster(group: tuple[str, Iterable[Report]]) -> Iterable[Cluster]:
    return cluster(group[1])


def _attach(group: tuple[str, Mapping[str, Iterable[Any]]]) -> Iterable[Cluster]:
    return attach(group[1]["clusters"], group[1]["undated"])


@beam.typehints.with_input_types(Cluster)
@beam.typehints.with_output_types(Incident)
class _Fuse(beam.DoFn):
    def process(self, found: Cluster) -> Iterator[Any]:
        incident, links = incident_of(found)
        yield incident
        for link in links:
            yield TaggedOutput(LINKS, link)
