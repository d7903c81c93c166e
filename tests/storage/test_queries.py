"""The queries that the documentation shows: that they run, and that they are right."""

import json
from pathlib import Path

import pytest

from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from tests.support.databases import rows

ROOT = Path(__file__).parent.parent.parent

TALLIES = """
SELECT t.ref, t.what, t.count_low AS said_low, t.count_high AS said_high, t.since, until_day AS until,
    count(i.incident_id) AS held,
    count(i.incident_id) FILTER (i.date_precision = 'day') AS held_with_a_day
FROM (
    SELECT t.*, coalesce(t.until, CAST(a.published_at AS DATE)) AS until_day
    FROM tallies t JOIN articles a USING (article_id)
) t
LEFT JOIN incidents i
    ON i.date_latest >= t.since AND i.date_earliest <= t.until_day AND NOT i.background
    AND (t.country IS NULL OR i.country = t.country)
WHERE t.since IS NOT NULL
GROUP BY ALL
ORDER BY t.ref, t.since
"""
"""What articles count, beside what we hold for that window. Times UTC; a tally without an end ends with its article."""

KNOWN_ON = """
SELECT * FROM incident_revisions WHERE recorded_at < TIMESTAMPTZ '{moment}'
QUALIFY row_number() OVER (PARTITION BY incident_id ORDER BY revision DESC) = 1 AND change IN ('created', 'updated')
"""
"""What we knew at a moment, whatever we have learnt since."""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("seeds") / "incidents.duckdb"
    launcher.run(RunOptions(ReadOptions((str(ROOT / "seeds"),)), output))
    return output


def test_a_tally_stands_beside_what_is_held(seeds: Path) -> None:
    (found,) = [row for row in rows(seeds, TALLIES) if row[2] == 24]
    ref, _, _, _, since, until, held, dated = found
    assert ref.endswith("002_8a7f7efb8d8839db.txt")
    assert (str(since), str(until)) == ("2023-10-17", "2023-11-07")
    window = "date_latest >= '2023-10-17' AND date_earliest <= '2023-11-07' AND NOT background"
    assert [(held,)] == rows(seeds, f"SELECT count(*) FROM incidents WHERE {window}")
    assert 24 > held >= dated >= 6


@pytest.mark.slow
def test_what_was_known_on_a_day_is_what_the_runs_before_it_left(tmp_path: Path) -> None:
    base = "Drones attacked a base near Kirkuk, Iraq, on {day}, wounding {number} soldiers, officials said."
    runs = [
        {"id": "n1", "published_at": "2023-11-10", "text": base.format(day="Wednesday", number="two")},
        {"id": "n2", "published_at": "2023-11-11", "text": base.format(day="Wednesday", number="three")},
        {"id": "n0", "published_at": "2023-11-09", "text": base.format(day="Wednesday", number="two")},
    ]
    output, known = tmp_path / "incidents.duckdb", []
    for article in runs:
        source = tmp_path / f"{article['id']}.jsonl"
        source.write_text(json.dumps(article), encoding="utf-8")
        launcher.run(RunOptions(ReadOptions((str(source),)), output))
        known.append(rows(output, "SELECT incident_id, mention_count, wounded_high FROM incidents ORDER BY 1"))
    moments = [moment for (moment,) in rows(output, "SELECT DISTINCT recorded_at FROM incident_revisions ORDER BY 1")]
    assert len(moments) == len(runs)
    assert known[0] != known[1] != known[2]  # grown, then superseded by an older report
    for before, moment in zip(([], *known), (*moments, "9999-01-01"), strict=True):
        query = f"SELECT incident_id, mention_count, wounded_high FROM ({KNOWN_ON.format(moment=moment)}) ORDER BY 1"
        assert rows(output, query) == before
