"""One run from end to end: lock, read, link batch by batch, load what that staged, clear up."""

import logging
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import partial
from importlib.metadata import version
from pathlib import Path

import duckdb
from pydantic import ValidationError

from pipeline.errors import DatabaseInUseError, LoadError, UnseenInputError
from pipeline.extraction.choice import Choice, chosen_extractor, let_go
from pipeline.extraction.list_names import can_matter, read_user_list
from pipeline.linking.rulings import NOTHING_RULED, Overrides
from pipeline.linking.transform import INCOMPLETE
from pipeline.run import flow
from pipeline.run.inputs import patterns_of
from pipeline.run.options import ALL, ReadOptions, RunOptions
from pipeline.run.overrides import read_overrides, refused
from pipeline.run.runners import anywhere, is_local, with_copied_lists
from pipeline.run.workplace import Ready, Workplace, disk_problem, open_workplace
from pipeline.runtime.memory import give_back
from pipeline.runtime.progress import Meter, enter_phase
from pipeline.sources.feeds.listing import Listed, due_feeds, logins_of, read_list
from pipeline.sources.feeds.transform import Polling
from pipeline.sources.passed_over import folders_of, unread_in
from pipeline.sources.transform import FILES_SEEN, matched_files
from pipeline.storage.database import check_output
from pipeline.storage.exports import export_articles, export_feeds, is_loaded, known_feeds, last_run_of, stage_rejects
from pipeline.storage.load import RunFacts, bring_up_to_date, load
from pipeline.storage.lock import hold
from pipeline.storage.memory_budget import with_enough_memory
from pipeline.storage.rereading import ReadingMeans, export_held, read_otherwise, stage_means
from pipeline.storage.workspace import Batch, open_workspace
from schemas.incident import RunRecord

_LOCAL_BATCH, _CLUSTER_BATCH = 5_000, 10_000_000
"""How many reports are linked at a time where they share this machine's memory, and where they do not.

After reading more than one batch, the extractor's memory is of more use to linking and loading.
"""

_ROOM = "writing takes room for a second copy of the database"
_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(timezone.utc)


def _unwatched(progress: Path) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True)
class Outcome:
    """What a run came to: its row, how many files it passed over, by their names' ends, and what became of feeds.

    Of `feeds_polled` feeds, `feeds_failed` gave no answer that could be read.
    """

    record: RunRecord
    unread: Mapping[str, int] = field(default_factory=dict)
    feeds_polled: int = 0
    feeds_failed: int = 0


def run(
    options: RunOptions,
    clock: Callable[[], datetime] = utc_now,
    watch: Callable[[Path], AbstractContextManager[None]] = _unwatched,
) -> Outcome:
    """Run the pipeline over the inputs and load the results; return what came of it.

    What an earlier run has read, and could not load, is loaded first. Raises UsageError for inputs or an output that
    cannot be meant, RunError when the run fails: the database is then as it was before. `watch` is entered, with the
    folder of the workers' progress, while it works.
    """
    extractor = chosen_extractor(options.reading.extractor, options.reading.setup(options.output))
    local, files = is_local(options.beam_arguments), set[str]()
    patterns = patterns_of(options.reading.inputs, partial(_matched, files))
    overrides = read_overrides(options.overrides) if options.overrides else NOTHING_RULED
    listed = read_list(options.feeds.path) if options.feeds else []
    check_output(options.output, options.wait_seconds)
    with hold(options.output, options.wait_seconds), open_workplace(options.run_folder) as workplace:
        bring_up_to_date(options.output, options.wait_seconds)
        _load_kept(options, workplace, overrides)
        unread = unread_in(folders_of(options.reading.inputs))
        stage_rejects(unread.rejects, workplace.staged)
        started_at, last_run = clock(), last_run_of(options.output)
        known_articles = export_articles(options.output, workplace.workspace)
        polling = _polling(options, listed, workplace.workspace, started_at, extractor.languages)
        means = means_of(options.reading, extractor)
        held = _held(options, means, workplace)
        if not local:
            patterns, extractor = anywhere(patterns), _extractor_elsewhere(options, workplace.workspace)
        _log.info("history exported, reading starts", extra={"fields": {"patterns": patterns}})
        with watch(workplace.progress):
            reading = _reading(options, patterns, extractor, known_articles, workplace, polling, held)
            counters = flow.execute(reading, options.beam_arguments)
            if counters[FILES_SEEN] < len(files):
                raise UnseenInputError(counters[FILES_SEEN], len(files))
            prepared = extractor.preparation.facts(counters) if extractor.preparation else {}
            _log.info("reading done, linking starts", extra={"fields": counters})
            enter_phase(workplace.progress, "linking them")
            if counters["mentions"] > _LOCAL_BATCH:
                let_go()
                give_back()
            link(options, workplace, overrides)
            give_back()
            facts = _facts(options, means, started_at, clock(), counters["articles_read"], prepared)
            workplace.keep(Ready(facts, last_run))
            enter_phase(workplace.progress, "writing the database")
            record = _load(options, workplace, facts)
    return Outcome(record, unread.kinds, counters["feeds_polled"], counters["feeds_failed"])


def _matched(files: set[str], patterns: Iterable[str]) -> Sequence[object]:
    """Return the files of patterns, and add their paths to `files`."""
    found = matched_files(patterns)
    files |= {file.path for file in found}
    return found


def _extractor_elsewhere(options: RunOptions, folder: Path) -> Choice:
    """Return the extractor for workers that share only the run's folder with the launcher."""
    reading = with_copied_lists(options.reading, folder)
    return chosen_extractor(reading.extractor, reading.setup(options.output.absolute()))


def _facts(
    options: RunOptions,
    means: ReadingMeans,
    started_at: datetime,
    finished_at: datetime,
    articles_read: int,
    prepared: Mapping[str, int],
) -> RunFacts:
    return RunFacts(
        started_at=started_at,
        finished_at=finished_at,
        version=version("incident-stream"),
        extractor=means.extractor,
        extractor_version=means.extractor_version,
        places_digest=means.parameters["places"],
        actors_digest=means.parameters["actors"],
        inputs=(*options.reading.inputs, *([str(options.feeds.path)] if options.feeds else [])),
        articles_read=articles_read,
        preparation=prepared,
    )


def _load(options: RunOptions, workplace: Workplace, facts: RunFacts) -> RunRecord:
    """Load what is staged. It is kept where only the disk or another program is in the way.

    Raises LoadError, and what else goes wrong as it is.
    """
    _log.info("linking done, loading starts")
    try:
        record = load(options.output, workplace.staged, facts, options.wait_seconds)
    except DatabaseInUseError as error:
        raise LoadError(str(options.output), str(error), str(workplace.root)) from error
    except (OSError, duckdb.Error) as error:
        problem = disk_problem(error)
        if problem is None:
            workplace.release()
            raise
        raise LoadError(str(options.output), f"{problem}: {_ROOM}", str(workplace.root)) from error
    workplace.release()
    _log.info("run loaded", extra={"fields": record.model_dump(mode="json")})
    return record


def _load_kept(options: RunOptions, workplace: Workplace, overrides: Overrides) -> None:
    """Load what an earlier run has staged whole, if there is such a thing, linked anew if others have run since."""
    ready = workplace.ready
    if ready is None:
        return
    last_run = last_run_of(options.output)
    if not is_loaded(options.output, ready.facts, ready.last_run):
        _log.warning("loading first what was read at %s and not loaded", f"{ready.facts.started_at:%Y-%m-%d %H:%M} UTC")
        try:
            if last_run != ready.last_run:
                link(options, workplace, overrides)
            _load(options, workplace, ready.facts)
        except (RuntimeError, ValueError, duckdb.Error) as error:
            _log.warning("it cannot be loaded (%s) and is read again", error)
    workplace.clear()


def means_of(options: ReadOptions, extractor: Choice) -> ReadingMeans:
    """Return with what articles are read."""
    places, actors = (read_user_list(path) if path else None for path in (options.places, options.actors))
    return ReadingMeans(extractor.name, extractor.version, can_matter, places, actors)


def _held(options: RunOptions, means: ReadingMeans, workplace: Workplace) -> str | None:
    """Put the held articles that are to be read again where the workers find them; warn of those that might be."""
    stage_means(means, workplace.staged)
    if options.reread is not None:
        return export_held(options.output, means, options.reread == ALL, workplace.workspace, workplace.staged)
    count = read_otherwise(options.output, means)
    if count:
        _log.warning(
            "%s articles were read with other rules or lists than today's: --reread changed reads those again that can "
            "differ",
            f"{count:,}",
        )
    return None


def _polling(
    options: RunOptions, listed: list[Listed], folder: Path, now: datetime, languages: frozenset[str]
) -> Polling | None:
    """Put the feeds that are due where the workers find them; return how to poll them, None without feeds."""
    feeds = options.feeds
    if feeds is None:
        return None
    due = due_feeds(listed, known_feeds(options.output), now, feeds.everything)
    policy = replace(feeds.policy, logins=logins_of(listed))
    return Polling(export_feeds(due, folder / "feeds.parquet"), now, policy, feeds.full_text, languages)


def _reading(
    options: RunOptions,
    patterns: tuple[str, ...],
    extractor: Choice,
    known_articles: str,
    workplace: Workplace,
    polling: Polling | None,
    held: str | None,
) -> flow.Reading:
    return flow.Reading(
        patterns=patterns,
        known_articles=known_articles,
        staged=str(workplace.staged),
        make_extractor=extractor.make,
        limits=options.reading.limits,
        meter=Meter(str(workplace.progress) if is_local(options.beam_arguments) else None),
        polling=polling,
        preparation=extractor.preparation,
        languages=extractor.languages,
        held=held,
    )


def link(options: RunOptions, workplace: Workplace, overrides: Overrides = NOTHING_RULED) -> None:
    """Link what has been read, batch by batch, unite what belongs together, and stage what comes of it."""
    with_enough_memory("linking", lambda times: _link(options, workplace, overrides, times))


def _link(options: RunOptions, workplace: Workplace, overrides: Overrides, times: int) -> None:
    size = _LOCAL_BATCH if is_local(options.beam_arguments) else _CLUSTER_BATCH
    with open_workspace(options.output, workplace.workspace, times) as workspace:
        workspace.plan_work(workplace.staged)
        for batch in workspace.batches(size):
            _log.info("batch made up, linking starts", extra={"fields": {"batch": Path(batch.path).stem}})
            while around := _link_batch(options, batch, workplace.linked):
                _log.info("more assigned reports matter than was thought", extra={"fields": {"around": len(around)}})
                batch = workspace.wider(batch, around)
            workspace.enter(workplace.linked)
            give_back()
        _log.info("reports are in groups, uniting starts")
        try:
            unknown = workspace.unite(overrides)
        except ValidationError as error:
            raise refused(options.overrides, error) from error
        if unknown:
            _log.warning("%s rules on what no article reports: %s", options.overrides, ", ".join(sorted(unknown)))
        workspace.write(workplace.staged)


def _link_batch(options: RunOptions, batch: Batch, folder: Path) -> list[str]:
    """Link a batch, and stage in `folder` what comes of it; return the mentions whose neighbourhood is incomplete."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    flow.execute(flow.Linking(batch.path, batch.is_dated, str(folder), options.window_days), options.beam_arguments)
    return [name for file in folder.glob(f"{INCOMPLETE}*") for name in file.read_text(encoding="utf-8").split()]
