from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking.blocking_keys import dated_keys, dated_keys_to_look, is_person, met_under, units
from pipeline.linking.clusters import order_of
from pipeline.records.report import Report, report_of
from pipeline.storage.blocking_features import CARD, FOREMOST, IS_PERSON, LOOKS, MET_UNDER, REPORT, SPOTS, add_functions
from pipeline.storage.database import connect, quoted
from schemas import Mention
from schemas.tables import from_row
from tests.support.records import any_mentions, newsrooms
from tests.support.staging import write_rows

EPOCH = date(1970, 1, 1)
told = st.lists(any_mentions(), max_size=20, unique_by=lambda each: each.mention_id) | newsrooms().map(
    lambda reports: [each.mention for each in reports]
)


@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(told)
def test_cards_say_what_reports_say(tmp_path: Path, mentions: list[Mention]) -> None:
    path = write_rows(tmp_path / "mentions.parquet", Mention, mentions)
    with connect(Path(":memory:")) as connection:
        add_functions(connection)
        connection.execute("CREATE TABLE origins (article_id VARCHAR, original VARCHAR, publisher VARCHAR)")
        source = f"FROM read_parquet({quoted(path)}) m LEFT JOIN origins USING (article_id) ORDER BY m.mention_id"
        connection.execute(f"CREATE VIEW cards AS SELECT {CARD} {source}")
        cards = connection.execute("SELECT * EXCLUDE (areas, cell_row, cell_column) FROM cards").fetchall()
        filed = connection.execute(
            "SELECT mention_id, spot, unnest(range(first_day, last_day + 1)) "
            f"FROM (SELECT mention_id, first_day, last_day, unnest({SPOTS}) AS spot FROM cards WHERE dated)"
        ).fetchall()
        looking = connection.execute(
            "SELECT mention_id, looked.spot, unnest(range(looked.since, looked.until + 1)) "
            f"FROM (SELECT mention_id, unnest({LOOKS}) AS looked FROM cards WHERE dated)"
        ).fetchall()
        foremost = connection.execute(f"SELECT mention_id FROM cards ORDER BY {FOREMOST}").fetchall()
        met = connection.execute(
            f"SELECT {MET_UNDER} FROM (SELECT link_key, unnest(units) AS unit FROM cards)"
        ).fetchall()
        rows = connection.execute(f"SELECT {REPORT} AS report {source}").fetchall()
    reports = [report_of(each) for each in sorted(mentions, key=lambda each: each.mention_id)]
    assert [from_row(Report, row) for (row,) in rows] == reports
    assert cards == [card_of(each) for each in reports]
    dated = [each for each in reports if each.is_dated]
    assert sorted(filed) == sorted(set(keyed(dated, dated_keys)))
    assert set(looking) == set(keyed(dated, dated_keys_to_look))
    assert foremost == [(each.mention.mention_id,) for each in sorted(reports, key=order_of)]
    assert sorted(met) == sorted((key,) for each in reports for key in met_under(each))


def test_people_are_told_from_other_keys() -> None:
    keys = ["person smith j", "SYR: Tanf", ": on 10-07", "SYR: "]
    with connect(Path(":memory:")) as connection:
        found = connection.execute(f"SELECT met, {IS_PERSON} FROM (SELECT unnest($1) AS met)", [keys]).fetchall()
    assert found == [(key, is_person(key)) for key in keys]


def keyed(
    reports: Iterable[Report], keys: Callable[[Report], Iterable[tuple[str, int]]]
) -> Iterator[tuple[str, str, int]]:
    """Reports, by their mentions' ids, with their keys, whose days are counted as cards do."""
    for each in reports:
        yield from ((each.mention.mention_id, spot, day - EPOCH.toordinal()) for spot, day in keys(each))


def card_of(told: Report) -> tuple[object, ...]:
    mention = told.mention
    days = [None if day is None else (day - EPOCH).days for day in (mention.date_earliest, mention.date_latest)]
    where = told.place_rank, mention.published_at
    return (mention.mention_id, mention.article_id, told.link_key, told.is_dated, *where, *days, units(told))
