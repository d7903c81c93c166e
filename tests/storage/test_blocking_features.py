from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking.blocking_keys import dated_keys, dated_search_keys, group_keys, is_person, timeless_keys
from pipeline.linking.clusters import order_of
from pipeline.records.report import Report, report_of
from pipeline.storage.blocking_features import (
    FEATURES,
    FOREMOST,
    GROUP_KEY,
    IS_PERSON,
    REPORT,
    SEARCHES,
    SPOTS,
    add_functions,
)
from pipeline.storage.database import connect, quoted
from schemas import Mention
from schemas.tables import from_row
from tests.support.records import any_mentions, newsrooms
from tests.support.staging import write_rows

EPOCH = date(1970, 1, 1)
reported = st.lists(any_mentions(), max_size=20, unique_by=lambda each: each.mention_id) | newsrooms().map(
    lambda reports: [each.mention for each in reports]
)


@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(reported)
def test_features_say_what_reports_say(tmp_path: Path, mentions: list[Mention]) -> None:
    path = write_rows(tmp_path / "mentions.parquet", Mention, mentions)
    with connect(Path(":memory:")) as connection:
        add_functions(connection)
        connection.execute("CREATE TABLE origins (article_id VARCHAR, original VARCHAR, publisher VARCHAR)")
        source = f"FROM read_parquet({quoted(path)}) m LEFT JOIN origins USING (article_id) ORDER BY m.mention_id"
        connection.execute(f"CREATE VIEW blocking_features AS SELECT {FEATURES} {source}")
        features = connection.execute(
            "SELECT * EXCLUDE (areas, cell_row, cell_column) FROM blocking_features"
        ).fetchall()
        indexed = connection.execute(
            "SELECT mention_id, spot, unnest(range(first_day, last_day + 1)) "
            f"FROM (SELECT mention_id, first_day, last_day, unnest({SPOTS}) AS spot FROM blocking_features WHERE dated)"
        ).fetchall()
        searching = connection.execute(
            "SELECT mention_id, searched.spot, unnest(range(searched.since, searched.until + 1)) "
            f"FROM (SELECT mention_id, unnest({SEARCHES}) AS searched FROM blocking_features WHERE dated)"
        ).fetchall()
        foremost = connection.execute(f"SELECT mention_id FROM blocking_features ORDER BY {FOREMOST}").fetchall()
        met = connection.execute(
            f"SELECT {GROUP_KEY} FROM (SELECT link_key, unnest(timeless_keys) AS timeless_key FROM blocking_features)"
        ).fetchall()
        rows = connection.execute(f"SELECT {REPORT} AS report {source}").fetchall()
    reports = [report_of(each) for each in sorted(mentions, key=lambda each: each.mention_id)]
    assert [from_row(Report, row) for (row,) in rows] == reports
    assert features == [features_of(each) for each in reports]
    dated = [each for each in reports if each.is_dated]
    assert sorted(indexed) == sorted(set(keyed(dated, dated_keys)))
    assert set(searching) == set(keyed(dated, dated_search_keys))
    assert foremost == [(each.mention.mention_id,) for each in sorted(reports, key=order_of)]
    assert sorted(met) == sorted((key,) for each in reports for key in group_keys(each))


def test_people_are_told_from_other_keys() -> None:
    keys = ["person smith j", "SYR: Tanf", ": on 10-07", "SYR: "]
    with connect(Path(":memory:")) as connection:
        found = connection.execute(f"SELECT met, {IS_PERSON} FROM (SELECT unnest($1) AS met)", [keys]).fetchall()
    assert found == [(key, is_person(key)) for key in keys]


def keyed(
    reports: Iterable[Report], keys: Callable[[Report], Iterable[tuple[str, int]]]
) -> Iterator[tuple[str, str, int]]:
    """Reports, by their mentions' ids, with their keys, whose days are counted as the features count them."""
    for each in reports:
        yield from ((each.mention.mention_id, spot, day - EPOCH.toordinal()) for spot, day in keys(each))


def features_of(reported: Report) -> tuple[object, ...]:
    mention = reported.mention
    days = [None if day is None else (day - EPOCH).days for day in (mention.date_earliest, mention.date_latest)]
    where = reported.place_rank, mention.published_at
    return (
        mention.mention_id,
        mention.article_id,
        reported.link_key,
        reported.is_dated,
        *where,
        *days,
        timeless_keys(reported),
    )
