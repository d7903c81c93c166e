"""Reports that nobody could identify are kept, and found no incident."""

import json
from pathlib import Path

from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from tests.support.databases import rows

IDENTIFIED = "Gunmen killed nine soldiers near Gao in Mali on Monday, the army said."
COUNTRY = "Gunmen killed four traders in Mali, a trader said."


def run(folder: Path, name: str, **texts: str) -> Path:
    source, database = folder / f"{name}.jsonl", folder / "incidents.duckdb"
    lines = [json.dumps({"id": key, "published_at": "2019-07-10", "text": text}) for key, text in texts.items()]
    source.write_text("\n".join(lines), encoding="utf-8")
    launcher.run(RunOptions(ReadOptions((str(source),)), database))
    return database


def test_they_found_none_and_a_view_shows_them(tmp_path: Path) -> None:
    database = run(tmp_path, "one", a=IDENTIFIED, b=COUNTRY)
    assert rows(database, "SELECT killed_low FROM incidents") == [(9,)]
    query = "SELECT ref, unresolved_reason FROM unresolved_mentions"
    assert rows(database, query) == [("b", "country_only")]
    run(tmp_path, "two", c=COUNTRY.replace("four", "six"), d=IDENTIFIED.replace("Gao", "Kidal"))
    assert rows(database, "SELECT killed_low FROM incidents") == [(9,), (9,)]
    assert rows(database, query + " ORDER BY ref") == [("b", "country_only"), ("c", "country_only")]
