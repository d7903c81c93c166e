from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking.blocking_features import features_of
from pipeline.linking.blocking_keys import is_person
from pipeline.linking.clusters import order_of
from pipeline.records.report import Report, report_of
from pipeline.storage.blocking_features import FOREMOST, IS_PERSON, REPORT
from pipeline.storage.database import connect
from pipeline.storage.sql_text import quoted
from schemas import Mention
from schemas.tables import BlockingFeatures, from_row
from tests.support.databases import rows
from tests.support.records import any_mentions, article, newsrooms, report
from tests.support.staging import write_rows
from tests.support.workspaces import run

sets_of_mentions = st.lists(any_mentions(), max_size=20, unique_by=lambda each: each.mention_id) | newsrooms().map(
    lambda reports: [each.mention for each in reports]
)


@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(sets_of_mentions)
def test_sql_says_what_reports_say(tmp_path: Path, mentions: list[Mention]) -> None:
    path = write_rows(tmp_path / "mentions.parquet", Mention, mentions)
    features = write_rows(tmp_path / "features.parquet", BlockingFeatures, map(features_of, mentions))
    with connect(Path(":memory:")) as connection:
        connection.execute("CREATE TABLE origins (article_id VARCHAR, original VARCHAR, publisher VARCHAR)")
        source = f"FROM read_parquet({quoted(path)}) m LEFT JOIN origins USING (article_id) ORDER BY m.mention_id"
        found = connection.execute(f"SELECT {REPORT} AS report {source}").fetchall()
        foremost = connection.execute(
            f"SELECT mention_id FROM read_parquet({quoted(features)}) ORDER BY {FOREMOST}"
        ).fetchall()
    reports = [report_of(each) for each in sorted(mentions, key=lambda each: each.mention_id)]
    assert [from_row(Report, row) for (row,) in found] == reports
    assert foremost == [(each.mention.mention_id,) for each in sorted(reports, key=order_of)]


def test_people_are_told_from_other_keys() -> None:
    keys = ["person smith j", "SYR: Tanf", ": on 10-07", "SYR: "]
    with connect(Path(":memory:")) as connection:
        found = connection.execute(f"SELECT met, {IS_PERSON} FROM (SELECT unnest($1) AS met)", [keys]).fetchall()
    assert found == [(key, is_person(key)) for key in keys]


def test_features_that_another_release_derived_are_derived_anew(tmp_path: Path) -> None:
    database, query = tmp_path / "found.duckdb", "FROM blocking_features ORDER BY mention_id"
    one, other = report(1, place="Hajin").mention, report(2, place="Rukban").mention
    run(database, tmp_path / "first", article("One.", "a-1"), article("Other.", "a-2"), one, other)
    derived = rows(database, query)
    assert [row[0] for row in derived] == sorted((one.mention_id, other.mention_id))
    with connect(database) as connection:
        stale = "UPDATE blocking_features SET version = 0, spots = [] WHERE mention_id = $1"
        connection.execute(stale, [one.mention_id])
        connection.execute("DELETE FROM blocking_features WHERE mention_id = $1", [other.mention_id])
    run(database, tmp_path / "second")
    assert rows(database, query) == derived
