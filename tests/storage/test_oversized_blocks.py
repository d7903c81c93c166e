"""Reports without a date, at places with more dated ones than they can be told to belong to."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.linking import clustering as cluster
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.run.workplace import open_workplace
from pipeline.storage import undated_batches
from pipeline.storage.load import load
from schemas import GeoPrecision, Mention
from tests.support.records import DAY, article, mention
from tests.support.staging import FACTS, stage

MOST = 3


def link(database: Path, *mentions: Mention) -> dict[str, tuple[Any, ...]]:
    """Link what one run has read; return the incidents and reasons of all mentions so far."""
    options = RunOptions(reading=ReadOptions(inputs=("news",)), output=database)
    with open_workplace(options.run_folder) as workplace:
        articles = (article("Text.", name=told.ref, article_id=told.article_id) for told in mentions)
        stage(workplace.staged, *mentions, *articles)
        launcher.link(options, workplace)
        load(database, workplace.staged, FACTS)
    with duckdb.connect(str(database), read_only=True) as connection:
        links = connection.execute("SELECT mention_id, incident_id, link_reasons FROM incident_mentions").fetchall()
    return {name: tuple(others) for name, *others in links}


def dated(number: int, **fields: Any) -> Mention:
    return mention(number, DAY + timedelta(days=3 * number), **fields)


@pytest.fixture(autouse=True)
def few_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (cluster, undated_batches):
        monkeypatch.setattr(module, "MAX_IN_BLOCK", MOST)


VAGUE = {"place": None, "geo_precision": GeoPrecision.COUNTRY}
FEW = [dated(number, place="Rukban") for number in range(MOST)]
MANY = [dated(number, **VAGUE) for number in range(10, 11 + MOST)]
LATER = [mention(30, None, place="Rukban"), mention(31, None, **VAGUE), dated(32, place="Rukban"), dated(33, **VAGUE)]


def test_a_new_report_without_a_date_is_filed_however_many_are_dated(tmp_path: Path) -> None:
    link(tmp_path / "known.duckdb", *MANY)
    new = mention(31, None, **VAGUE)

    found = link(tmp_path / "known.duckdb", new)

    assert new.mention_id in found
    assert len(found) == len(MANY) + 1


@pytest.mark.slow
def test_crowded_places_give_in_runs_and_batches_what_they_give_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = link(tmp_path / "at_once.duckdb", *FEW, *MANY, *LATER)

    monkeypatch.setattr(launcher, "_LOCAL_BATCH", 8)
    link(tmp_path / "parts.duckdb", *FEW, *MANY)
    in_parts = link(tmp_path / "parts.duckdb", *LATER)

    assert len(at_once) == len(FEW + MANY + LATER)
    assert in_parts == at_once
