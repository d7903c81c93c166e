"""The first stage on Beam: files → the articles that are new, and how they stand to the articles known before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, BinaryIO, NamedTuple

import apache_beam as beam
from apache_beam.io import fileio
from apache_beam.io.filesystem import CompressionTypes, FileMetadata
from apache_beam.io.filesystems import FileSystems
from apache_beam.metrics import Metrics
from apache_beam.pvalue import TaggedOutput
from apache_beam.utils.shared import Shared

from pipeline.progress import Meter
from pipeline.sources.copies import Candidate, Copy, band_columns, candidate_of, copy_of, pairs_in
from pipeline.sources.reader import read_file
from pipeline.sources.revisions import Edition, Superseded, document_key, superseded_among
from pipeline.sources.streams import Limits
from pipeline.storage.selection import KnownKeys
from pipeline.storage.transform import LookUp
from schemas import Article, Reject
from schemas.tables import Fingerprint

REJECTS = "rejects"


@dataclass
class ReadArticles(beam.PTransform):
    """Read every file that a pattern matches. Yields articles, and rejects under the tag `rejects`."""

    patterns: list[str]
    limits: Limits = field(default_factory=Limits)
    meter: Meter = field(default_factory=lambda: Meter(None))

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, root: beam.pvalue.PBegin) -> "beam.pvalue.DoOutputsTuple":
        return (
            root
            | "Name the inputs" >> beam.Create(self.patterns)
            | "Match files" >> fileio.MatchAll(fileio.EmptyMatchTreatment.ALLOW)
            | "Key by path" >> beam.Map(lambda file: (file.path, file))
            | "Each file" >> beam.CombinePerKey(_first)
            | "Take files" >> beam.Values().with_output_types(FileMetadata)
            | "Spread files" >> beam.Reshuffle()
            | "Read files" >> beam.ParDo(_ReadFile(self.limits, self.meter)).with_outputs(REJECTS, main="articles")
        )


def _first(files: Iterable[FileMetadata]) -> FileMetadata:
    return next(iter(files))


@beam.typehints.with_input_types(FileMetadata)
@beam.typehints.with_output_types(Article)
class _ReadFile(beam.DoFn):
    def __init__(self, limits: Limits, meter: Meter) -> None:
        self._limits = limits
        self._meter = meter
        self._read = Metrics.counter("sources", "articles_read")

    def process(self, file: FileMetadata) -> Iterator[Any]:
        for outcome in read_files([file], self._limits):
            if isinstance(outcome, Article):
                self._meter.add(articles=1)
                self._read.inc()
                yield outcome
            else:
                self._meter.add(rejects=1)
                yield TaggedOutput(REJECTS, outcome)

    def finish_bundle(self) -> None:
        self._meter.flush()


def matched_files(patterns: Iterable[str]) -> list[FileMetadata]:
    """Return the files that the patterns match, on any file system that Beam knows, each once, in order of path."""
    found = (file for result in FileSystems.match(list(patterns)) for file in result.metadata_list)
    return [file for _, file in sorted({file.path: file for file in found}.items())]


def read_files(files: Iterable[FileMetadata], limits: Limits) -> Iterator[Article | Reject]:
    """Yield what files hold, one after the other and without a pipeline."""
    for file in files:
        yield from read_file(file.path, _open, _modified_at(file), limits)


def _open(path: str) -> BinaryIO:
    stream: BinaryIO = FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED)
    return stream


def _modified_at(file: FileMetadata) -> datetime | None:
    seconds = file.last_updated_in_seconds
    return datetime.fromtimestamp(seconds, timezone.utc) if seconds else None


@dataclass
class DropKnown(beam.PTransform):
    """Keep the articles that no earlier run has stored. `known` is the exported article list.

    Every worker holds the known ids (26 bytes each), so that no text waits for another to be read.
    """

    known: str

    def expand(self, articles: beam.PCollection[Article]) -> beam.PCollection[Article]:
        return articles | "Keep new" >> beam.ParDo(_DropKnown(self.known))


@beam.typehints.with_input_types(Article)
@beam.typehints.with_output_types(Article)
class _DropKnown(beam.DoFn):
    def __init__(self, known: str) -> None:
        self._known = known
        self._shared = Shared()

    def setup(self) -> None:
        self._ids: KnownKeys = self._shared.acquire(self._load)

    def _load(self) -> KnownKeys:
        with FileSystems.open(self._known) as file:
            return KnownKeys(file, "article_id")

    def process(self, article: Article) -> Iterator[Article]:
        if article.article_id not in self._ids:
            yield article


class Standing(NamedTuple):
    """How new articles stand to the others: their fingerprints, who is a copy, who has been replaced."""

    fingerprints: beam.PCollection[Fingerprint]
    copies: beam.PCollection[Copy]
    superseded: beam.PCollection[Superseded]


@dataclass
class CompareArticles(beam.PTransform):
    """Find the copies and the revisions among new articles and those of earlier runs.

    `known_articles` and `known_fingerprints` are the exported histories. Articles of earlier runs are given a new
    standing too, where a new article changes it.
    """

    known_articles: str
    known_fingerprints: str

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, articles: beam.PCollection[Article]) -> "Standing":
        candidates = articles | "Fingerprint" >> beam.Map(candidate_of)
        return Standing(
            fingerprints=candidates | "Take fingerprints" >> beam.Map(_fingerprint_of),
            copies=candidates | "Find copies" >> FindCopies(self.known_fingerprints),
            superseded=articles | "Find revisions" >> FindRevisions(self.known_articles),
        )


@dataclass
class FindCopies(beam.PTransform):
    """Find which articles are copies of earlier ones, among new candidates and those of the exported history.

    Only ids meet by band, since hardly any two articles share one; signatures are joined to those that do.
    """

    known: str

    def expand(self, candidates: beam.PCollection[Candidate]) -> beam.PCollection[Copy]:
        bands = candidates | "Take bands" >> beam.FlatMap(_bands_of)
        met = bands | "Look up bands" >> LookUp(self.known, "bands", Candidate)
        columns = candidates | "Bands of the new" >> _PackBands(), met | "Bands of the known" >> _PackBands()
        pairs = (
            columns
            | "All bands" >> beam.Flatten()
            | "Meet by band" >> beam.GroupByKey()
            | "Pair" >> beam.FlatMap(_pairs)
            | "Each pair" >> beam.Distinct()
        )
        paired = pairs | "Take ids" >> beam.FlatMap(_both_marked) | "Each id" >> beam.Distinct()
        everyone = (candidates, met) | "New and known" >> beam.Flatten()
        wanted = everyone | "Those in pairs" >> beam.FlatMap(_if_paired, beam.pvalue.AsDict(paired))
        earlier = {"self": wanted, "later": pairs} | "Find the earlier" >> beam.CoGroupByKey()
        compared = {"self": wanted, "earlier": earlier | "Show it to the later" >> beam.FlatMap(_to_later)}
        return compared | "Find the later" >> beam.CoGroupByKey() | "Compare" >> beam.FlatMap(_copies)


class _PackBands(beam.PTransform):
    def expand(self, candidates: beam.PCollection[Candidate]) -> beam.PCollection[tuple[int, bytes]]:
        return (
            candidates
            | "Batch" >> beam.BatchElements(min_batch_size=100, max_batch_size=1_000)
            | "Pack" >> beam.FlatMap(band_columns).with_output_types(tuple[int, bytes])
        )


@dataclass
class FindRevisions(beam.PTransform):
    """Find which articles have been replaced by a newer text of the same document."""

    known: str

    def expand(self, articles: beam.PCollection[Article]) -> beam.PCollection[Superseded]:
        editions = articles | "Take editions" >> beam.FlatMap(_editions)
        documents = editions | "Take documents" >> beam.Map(_document_of)
        others = documents | "Look up documents" >> LookUp(self.known, "document", Edition)
        return (
            (editions, others)
            | "With the known" >> beam.Flatten()
            | "Key by document" >> beam.Map(_by_document)
            | "Texts of a document" >> beam.GroupByKey()
            | "Put in order" >> beam.FlatMap(_superseded)
        )


def _fingerprint_of(candidate: Candidate) -> Fingerprint:
    return candidate.fingerprint


def _bands_of(candidate: Candidate) -> Iterable[int]:
    return candidate.bands


def _pairs(group: tuple[int, Iterable[bytes]]) -> Iterable[tuple[str, str]]:
    return pairs_in(group[1])


def _both_marked(pair: tuple[str, str]) -> Iterable[tuple[str, bool]]:
    return ((article_id, True) for article_id in pair)


def _if_paired(candidate: Candidate, paired: Mapping[str, bool]) -> Iterable[tuple[str, Candidate]]:
    if candidate.article_id in paired:
        yield candidate.article_id, candidate


def _to_later(group: tuple[str, dict[str, Iterable[Any]]]) -> Iterable[tuple[str, Candidate]]:
    _, met = group
    later = list(met["later"])
    if not later:
        return []
    candidate = _one_of(met["self"])
    return ((other, candidate) for other in later)


def _one_of(candidates: Iterable[Candidate]) -> Candidate:
    """Return the candidate of an article; of one that was read in two places, the same in any order."""
    return min(candidates, key=lambda candidate: candidate.document)


def _copies(group: tuple[str, dict[str, Iterable[Any]]]) -> Iterable[Copy]:
    _, met = group
    earlier = list(met["earlier"])
    found = copy_of(_one_of(met["self"]), earlier) if earlier else None
    return [] if found is None else [found]


def _editions(article: Article) -> Iterable[Edition]:
    if article.name is not None:
        yield Edition(
            article_id=article.article_id,
            document=document_key(article.source, article.name),
            published_at=article.published_at,
            fetched_at=article.fetched_at,
        )


def _document_of(edition: Edition) -> str:
    return edition.document


def _by_document(edition: Edition) -> tuple[str, Edition]:
    return edition.document, edition


def _superseded(group: tuple[str, Iterable[Edition]]) -> Iterable[Superseded]:
    return superseded_among(group[1])
