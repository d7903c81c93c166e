"""Databases of releases that made ids of bytes."""

from itertools import count
from pathlib import Path

import duckdb

from pipeline.linking.rulings import Overrides
from pipeline.linking.settings import Setting
from pipeline.records.identity import identified, incident_id
from pipeline.sources.copies import fingerprint_of
from pipeline.storage.load import bring_up_to_date
from schemas import Mention
from tests.support.databases import contents, rows
from tests.support.records import article, mention
from tests.support.workspaces import run

TEXT = article("A bomb killed four in Rukban.", "a.txt", source="press")
SAID = mention(1, article_id=TEXT.article_id, ref="a.txt", source="press")


def old_database(folder: Path) -> tuple[Path, str]:
    """A database as an older release would have left it, and the id that its one mention had."""
    database, was = folder / "old.duckdb", "m-" + "1" * 24
    old_text = TEXT.model_copy(update={"article_id": "a-old"})
    old = SAID.model_copy(update={"mention_id": was, "article_id": "a-old"})
    run(database, folder / "old", old_text, fingerprint_of(old_text), old)
    with duckdb.connect(str(database)) as connection:
        connection.execute("UPDATE schema_version SET version = 3")
    return database, was


def test_records_get_the_ids_that_they_have_today_and_incidents_keep_theirs(tmp_path: Path) -> None:
    database, was = old_database(tmp_path)
    bring_up_to_date(database)
    (now,) = identified(TEXT, [SAID])
    assert isinstance(now, Mention)
    assert rows(database, "SELECT article_id FROM articles") == [(TEXT.article_id,)]
    assert rows(database, "SELECT mention_id, article_id FROM mentions") == [(now.mention_id, TEXT.article_id)]
    assert rows(database, "SELECT mention_id, incident_id FROM incident_mentions") == [
        (now.mention_id, incident_id(was))
    ]
    assert rows(database, "SELECT article_id FROM fingerprints") == [(TEXT.article_id,)]
    before = contents(database)
    bring_up_to_date(database)
    assert contents(database) == before


def test_what_was_written_down_is_still_found(tmp_path: Path) -> None:
    database, was = old_database(tmp_path)
    numbers = count()
    for name in (was, incident_id(was)):
        ruling = Overrides(set=(Setting(id=name, field="killed_best", value=9),))
        run(database, tmp_path / f"{next(numbers)}", overrides=ruling)
        assert rows(database, "SELECT incident_id, killed_best FROM incidents") == [(incident_id(was), 9)]
        run(database, tmp_path / f"{next(numbers)}")
