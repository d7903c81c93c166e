"""Reading held articles again: what can differ is read, and what reads the same keeps its names."""

import json
from pathlib import Path
from typing import Literal

import pytest

from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from tests.support.databases import contents, rows

TEXTS = {
    "near": "A roadside bomb killed four people at the Zhorvan depot in Iraq on Tuesday, police said.",
    "far": "Gunmen shot dead two soldiers in Mosul, Iraq, on Wednesday.",
}
PLACES = """name,aliases,type,admin1,country,lat,lon,precision
Zhorvan depot,Zhorvan,military_base,Kirkuk,IRQ,35.4,44.3,exact
"""


def read(folder: Path, places: Path | None, reread: Literal["all", "changed"] | None = None) -> Path:
    reading = ReadOptions(inputs=(str(folder / "news.jsonl"),), places=places)
    launcher.run(RunOptions(reading=reading, output=folder / "incidents.duckdb", reread=reread))
    return folder / "incidents.duckdb"


@pytest.mark.slow
def test_a_place_moves_the_incidents_that_name_it_and_only_those(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    articles = ({"id": name, "published_at": "2023-11-09", "text": text} for name, text in TEXTS.items())
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    places = tmp_path / "places.csv"
    places.write_text(PLACES, encoding="utf-8")
    database = read(tmp_path, None)
    before = dict(rows(database, "SELECT ref, incident_id FROM mentions JOIN incident_mentions USING (mention_id)"))
    plain = contents(database)
    read(tmp_path, None, "all")
    assert contents(database) == plain
    assert "--reread" not in caplog.text

    read(tmp_path, places)
    assert "2 articles were read with other rules or lists than today's" in caplog.text
    assert contents(database, "reading_lists") == {
        name: found for name, found in plain.items() if name != "reading_lists"
    }

    read(tmp_path, places, "changed")
    assert rows(database, "SELECT articles_reread FROM runs ORDER BY run_id DESC LIMIT 1") == [(1,)]
    after = dict(rows(database, "SELECT ref, incident_id FROM mentions JOIN incident_mentions USING (mention_id)"))
    assert after == before
    found = rows(database, "SELECT incident_id, change, cause FROM incident_revisions WHERE revision > 1")
    assert found == [(before["near"], "updated", "reread")]
    query = f"SELECT facility, latitude FROM incidents WHERE incident_id = '{before['near']}'"
    assert rows(database, query) == [("Zhorvan depot", 35.4)]

    moved = contents(database)
    for again in ("changed", "all"):
        read(tmp_path, places, again)
        assert contents(database) == moved

    read(tmp_path, None, "changed")
    assert contents(database, "incident_revisions", "continuations") == {
        name: found for name, found in plain.items() if name not in ("incident_revisions", "continuations")
    }
