from pathlib import Path

import pyarrow as pa

from pipeline.storage.database import connect
from pipeline.storage.rows import fetch, insert, insert_records, table_of
from schemas import Mention
from schemas.tables import MENTIONS, create_table, from_row
from tests.support.records import mention


def test_records_are_added_by_the_names_of_their_columns() -> None:
    told = mention(1)
    with connect(Path(":memory:")) as connection:
        connection.execute(create_table(MENTIONS._replace(name="few")))
        insert_records(connection, "few", MENTIONS, [told])
        insert(connection, "few", pa.table({"mention_id": pa.array([], pa.string())}))
        rows = connection.sql("FROM few").to_arrow_table().to_pylist()
    assert [from_row(Mention, row) for row in rows] == [told]


def test_no_rows_are_a_table_with_columns() -> None:
    assert table_of(Mention, []).column_names == list(MENTIONS.columns)


def test_all_rows_of_a_query_are_fetched() -> None:
    with connect(Path(":memory:")) as connection:
        assert fetch(connection, "SELECT unnest([1, 2])") == [(1,), (2,)]
