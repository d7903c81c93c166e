"""One run from end to end: lock, read, link batch by batch, load what that staged, clear up."""

import errno
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

import duckdb
from pydantic import ValidationError

from pipeline.errors import FailedRunError, RunError, StagingError
from pipeline.extraction.choice import chosen_extractor, let_go
from pipeline.linking.rulings import NOTHING_RULED, Overrides
from pipeline.linking.transform import INCOMPLETE
from pipeline.run import flow
from pipeline.run.inputs import patterns_of
from pipeline.run.options import RunOptions
from pipeline.run.overrides import read_overrides, refused
from pipeline.runtime.memory import give_back
from pipeline.runtime.progress import Meter
from pipeline.sources.feeds.listing import Listed, due_feeds, read_list
from pipeline.sources.feeds.transform import Polling
from pipeline.sources.transform import matched_files
from pipeline.storage.database import check_output
from pipeline.storage.exports import export_articles, export_feeds, known_feeds
from pipeline.storage.load import RunFacts, load
from pipeline.storage.lock import hold
from pipeline.storage.memory_budget import with_enough_memory
from pipeline.storage.workspace import Batch, open_workspace
from schemas.incident import RunRecord

_LOCAL_BATCH, _CLUSTER_BATCH = 5_000, 10_000_000
"""How many reports are linked at a time where they share this machine's memory, and where they do not.

After reading more than one batch, the extractor's memory is of more use to linking and loading.
"""

_log = logging.getLogger(__name__)
_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES)


@dataclass(frozen=True)
class Workplace:
    """The folders of one run: what the launcher exports, what the workers stage and link, and how far they are."""

    workspace: Path
    staged: Path
    linked: Path
    progress: Path


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(timezone.utc)


def _unwatched(progress: Path) -> AbstractContextManager[None]:
    return nullcontext()


def run(
    options: RunOptions,
    clock: Callable[[], datetime] = utc_now,
    watch: Callable[[Path], AbstractContextManager[None]] = _unwatched,
) -> RunRecord:
    """Run the pipeline over the inputs and load the results; return the run's row.

    Raises UsageError for inputs or an output that cannot be meant, RunError when the run fails: the database is then
    as it was before. `watch` is entered, with the folder of the workers' progress, while the pipeline runs.
    """
    patterns = patterns_of(options.reading.inputs, matched_files)
    overrides = read_overrides(options.overrides) if options.overrides else NOTHING_RULED
    listed = read_list(options.feeds.path) if options.feeds else []
    check_output(options.output)
    with hold(options.output, options.wait_seconds), open_workplace(options.run_folder) as workplace:
        started_at = clock()
        known_articles = export_articles(options.output, workplace.workspace)
        polling = _polling(options, listed, workplace.workspace, started_at)
        _log.info("history exported, reading starts", extra={"fields": {"patterns": patterns}})
        with watch(workplace.progress):
            reading = _reading(options, patterns, known_articles, workplace, polling)
            counters = flow.execute(reading, options.beam_arguments)
            _log.info("reading done, linking starts", extra={"fields": counters})
            if counters["mentions"] > _LOCAL_BATCH:
                let_go()
                give_back()
            link(options, workplace, overrides)
            give_back()
        _log.info("linking done, loading starts")
        extractor = chosen_extractor(options.reading.extractor)
        facts = RunFacts(
            started_at=started_at,
            finished_at=clock(),
            version=version("incident-stream"),
            extractor=extractor.name,
            extractor_version=extractor.version,
            inputs=(*options.reading.inputs, *([str(options.feeds.path)] if options.feeds else [])),
            articles_read=counters["articles_read"],
        )
        record = load(options.output, workplace.staged, facts)
        _log.info("run loaded", extra={"fields": record.model_dump(mode="json")})
        return record


def _polling(options: RunOptions, listed: list[Listed], folder: Path, now: datetime) -> Polling | None:
    """Put the feeds that are due where the workers find them; return how to poll them, None without feeds."""
    feeds = options.feeds
    if feeds is None:
        return None
    due = due_feeds(listed, known_feeds(options.output), now, feeds.everything)
    return Polling(export_feeds(due, folder / "feeds.parquet"), now, feeds.policy, feeds.full_text)


def _reading(
    options: RunOptions, patterns: tuple[str, ...], known_articles: str, workplace: Workplace, polling: Polling | None
) -> flow.Reading:
    return flow.Reading(
        patterns=patterns,
        known_articles=known_articles,
        staged=str(workplace.staged),
        make_extractor=chosen_extractor(options.reading.extractor).make,
        limits=options.reading.limits,
        meter=Meter(str(workplace.progress)),
        polling=polling,
    )


def link(options: RunOptions, workplace: Workplace, overrides: Overrides = NOTHING_RULED) -> None:
    """Link what has been read, batch by batch, unite what belongs together, and stage what comes of it."""
    with_enough_memory("linking", lambda times: _link(options, workplace, overrides, times))


def _link(options: RunOptions, workplace: Workplace, overrides: Overrides, times: int) -> None:
    size = _LOCAL_BATCH if flow.is_local(options.beam_arguments) else _CLUSTER_BATCH
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


@contextmanager
def open_workplace(root: Path) -> Iterator[Workplace]:
    """Make a run's folders, without what a run that died may have left there, and remove them in the end."""
    shutil.rmtree(root, ignore_errors=True)
    workplace = Workplace(*(root / name for name in ("workspace", "staged", "linked", "progress")))
    try:
        for folder in (workplace.workspace, workplace.staged, workplace.linked, workplace.progress):
            folder.mkdir(parents=True)
        yield workplace
    except (OSError, RuntimeError, duckdb.Error) as error:
        raise _explained(error, root) from error
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _explained(error: Exception, root: Path) -> RunError:
    """Return why a run failed. Runners hand on a worker's error as text only, so that is where its cause is found."""
    problem = next((text for text in map(os.strerror, _DISK_ERRORS) if text in str(error)), None)
    return StagingError(str(root), problem) if problem else FailedRunError(str(error))
