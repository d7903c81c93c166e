"""Linking by the project's own path: what a run does after reading."""

import os
import resource
import time
from datetime import datetime, timezone
from pathlib import Path

import duckdb

from benchmarks.linking_scale import ANSWER, Figures
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.run.workplace import open_workplace
from pipeline.runtime import logs
from pipeline.storage.load import RunFacts, load


def link(reports: Path, beam_arguments: tuple[str, ...]) -> Figures:
    logs.configure(0)
    database = reports / "ours.duckdb"
    database.unlink(missing_ok=True)
    options = RunOptions(reading=ReadOptions(inputs=(str(reports),)), output=database, beam_arguments=beam_arguments)
    with open_workplace(options.run_folder) as workplace:
        for file in reports.glob("*-00000-of-00001.parquet"):
            os.link(file, workplace.staged / file.name)
        begun = time.monotonic()
        launcher.link(options, workplace)
        linked = time.monotonic()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        load(database, workplace.staged, _facts(reports))
        loaded = time.monotonic()
    duckdb.connect(str(database), read_only=True).execute(
        f"COPY (SELECT mention_id, incident_id AS found FROM incident_mentions) TO '{reports / ANSWER}'"  # noqa: S608
    )
    return {"linking_s": linked - begun, "loading_s": loaded - linked, "linking_peak_mb": peak / 1e3}


def _facts(reports: Path) -> RunFacts:
    now = datetime.now(timezone.utc)
    return RunFacts(
        started_at=now,
        finished_at=now,
        version="0",
        extractor="made up",
        extractor_version="1",
        inputs=(str(reports),),
        articles_read=0,
    )
