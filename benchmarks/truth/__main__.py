"""Run the pipeline over labelled articles and print how well it read them."""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.linked import read_lines
from benchmarks.truth.agreement import Label, Row
from benchmarks.truth.mention_score import MentionScore
from benchmarks.truth.table_score import TableScore
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.runtime import logs

LABELLED = Path(__file__).parent.parent / "labelled"
SCORED_ONLY = "scored"
"""The part of which nobody who works on the rules is shown anything but figures."""

_IN_ORDER = """
    SELECT m.*, l.incident_id FROM mentions m LEFT JOIN incident_mentions l USING (mention_id)
    JOIN (SELECT mention_id, min(start) AS start FROM evidence WHERE field = 'event_type' GROUP BY ALL)
    USING (mention_id)
    ORDER BY m.ref, start, m.mention_id
"""
"""The mentions in the order of the texts."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.truth", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", default=["work", SCORED_ONLY], help="names under benchmarks/labelled, or folders"
    )
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="say what is wrong with N rows")
    options = parser.parse_args()
    logs.configure(0)
    for part in options.parts:
        folder = LABELLED / part if (LABELLED / part).is_dir() else Path(part)
        if options.errors and folder.name == SCORED_ONLY:
            parser.error(f"{folder.name} is for scoring only: its rows are not shown")
        print(f"== {folder.name}")
        for line in score(folder, options.errors):
            print(line)


def score(folder: Path, errors: int = 0) -> Iterator[str]:
    """Yield the figures of a part: all of it, then the mentions by the kind of article."""
    labelled = {row["id"]: row for row in read_lines(folder / "labels.jsonl")}
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch) / "incidents.duckdb"
        launcher.run(RunOptions(ReadOptions((str(folder / "articles.jsonl"),)), database))
        mentions, rows = _read(database)
    table, by_kind = TableScore(rows), defaultdict[str, MentionScore](MentionScore)
    everything = MentionScore()
    for name, page in labelled.items():
        labels: list[Label] = page["incidents"]
        table.add([mention for mention in mentions[name] if mention["incident_id"]], labels)
        for counts in (everything, by_kind[page.get("kind") or "any"]):
            counts.add(mentions[name], labels)
    yield from everything.lines()
    yield from table.lines(errors)
    for kind, counts in sorted(by_kind.items()):
        yield f"{kind}: {next(counts.lines())}"


def _read(database: Path) -> tuple[dict[str, list[Row]], dict[str, Row]]:
    """Return the mentions of each article in order, each with its incident's id, and the incidents by id."""
    mentions: dict[str, list[Row]] = defaultdict(list)
    with duckdb.connect(str(database), read_only=True) as connection:
        for row in _rows(connection, _IN_ORDER):
            mentions[row["ref"]].append(row)
        return mentions, {row["incident_id"]: row for row in _rows(connection, "SELECT * FROM incidents ORDER BY ALL")}


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    answer = connection.execute(query)
    names = [column[0] for column in answer.description or ()]
    for values in answer.fetchall():
        yield dict(zip(names, values, strict=True))


if __name__ == "__main__":
    main()
