"""The first stage on Beam: files → the articles that are new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, BinaryIO

import apache_beam as beam
from apache_beam.io import fileio
from apache_beam.io.filesystem import BeamIOError, CompressionTypes, FileMetadata
from apache_beam.io.filesystems import FileSystems
from apache_beam.metrics import Metrics
from apache_beam.pvalue import TaggedOutput
from apache_beam.utils.shared import Shared

from pipeline.errors import NotAnInputError
from pipeline.runtime.progress import Meter
from pipeline.sources.known_keys import KnownKeys
from pipeline.sources.language import load_model
from pipeline.sources.parts import Part
from pipeline.sources.passed_over import is_of_a_run
from pipeline.sources.reader import check_is_file, parts_of, read_file
from pipeline.sources.streams import Limits
from schemas import Article, Reject

REJECTS = "rejects"
FILES_SEEN = "files_seen"
"""The counter of the files that workers have found."""


@dataclass
class ReadArticles(beam.PTransform):
    """Read every file that a pattern matches. Yields articles, and rejects under the tag `rejects`.

    Articles in English are read, and those in `languages`, as codes of ISO 639-1.
    """

    patterns: list[str]
    limits: Limits = field(default_factory=Limits)
    meter: Meter = field(default_factory=lambda: Meter(None))
    languages: frozenset[str] = frozenset()

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, root: beam.pvalue.PBegin) -> "beam.pvalue.DoOutputsTuple":
        return (
            root
            | "Name the inputs" >> beam.Create(self.patterns)
            | "Match files" >> fileio.MatchAll(fileio.EmptyMatchTreatment.ALLOW)
            | "Key by path" >> beam.Map(lambda file: (file.path, file))
            | "Each file" >> beam.CombinePerKey(_first)
            | "Take files" >> beam.Values().with_output_types(FileMetadata)
            | "Leave out files of runs" >> beam.ParDo(_OfInput())
            | "Cut into parts" >> beam.FlatMap(_parts)
            | "Spread parts" >> beam.Reshuffle()
            | "Read parts"
            >> beam.ParDo(_ReadPart(self.limits, self.meter, self.languages)).with_outputs(REJECTS, main="articles")
        )


def _first(files: Iterable[FileMetadata]) -> FileMetadata:
    return next(iter(files))


@beam.typehints.with_input_types(FileMetadata)
@beam.typehints.with_output_types(FileMetadata)
class _OfInput(beam.DoFn):
    """Lets the files through that are no run's own, and counts them: the launcher compares with what it sees."""

    def __init__(self) -> None:
        self._seen = Metrics.counter("sources", FILES_SEEN)

    def process(self, file: FileMetadata) -> Iterator[FileMetadata]:
        if not is_of_a_run(file.path):
            self._seen.inc()
            yield file


def _parts(file: FileMetadata) -> Iterable[tuple[FileMetadata, Part]]:
    return ((file, part) for part in parts_of(file.path, file.size_in_bytes, _open))


@beam.typehints.with_input_types(tuple[FileMetadata, Part])
@beam.typehints.with_output_types(Article)
class _ReadPart(beam.DoFn):
    def __init__(self, limits: Limits, meter: Meter, languages: frozenset[str]) -> None:
        self._limits = limits
        self._languages = languages
        self._meter = meter
        self._read = Metrics.counter("sources", "articles_read")

    def setup(self) -> None:
        load_model()

    def process(self, cut: tuple[FileMetadata, Part]) -> Iterator[Any]:
        file, part = cut
        for outcome in read_file(file.path, _open, _modified_at(file), self._limits, part, self._languages):
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
    """Return the files that the patterns match, on any file system that Beam knows, each once, in order of path.

    Raises NotAnInputError for what is on none.
    """
    asked = list(patterns)
    try:
        results = FileSystems.match(asked)
    except (BeamIOError, ValueError) as error:  # no such file system, or it does not let us in
        raise NotAnInputError(asked[0], " ".join(str(error).split())) from error
    found = (file for result in results for file in result.metadata_list)
    return [file for _, file in sorted({file.path: file for file in found if not is_of_a_run(file.path)}.items())]


def read_files(
    files: Iterable[FileMetadata], limits: Limits, languages: frozenset[str] = frozenset()
) -> Iterator[Article | Reject]:
    """Yield what files hold, in English and in `languages`, one after the other and without a pipeline."""
    load_model()
    for file in files:
        yield from read_file(file.path, _open, _modified_at(file), limits, languages=languages)


def _open(path: str) -> BinaryIO:
    check_is_file(path)
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
