from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.linking.keys import units
from pipeline.report import Report, report_of
from pipeline.storage.cards import CARD, REPORT, add_functions
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
        cards = connection.execute(f"SELECT {CARD} {source}").fetchall()
        rows = connection.execute(f"SELECT {REPORT} AS report {source}").fetchall()
    reports = [report_of(each) for each in sorted(mentions, key=lambda each: each.mention_id)]
    assert [from_row(Report, row) for (row,) in rows] == reports
    assert cards == [card_of(each) for each in reports]


def card_of(told: Report) -> tuple[object, ...]:
    mention = told.mention
    days = [None if day is None else (day - EPOCH).days for day in (mention.date_earliest, mention.date_latest)]
    return (mention.mention_id, mention.article_id, told.link_key, told.is_dated, *days, units(told))
