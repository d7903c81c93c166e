from pathlib import Path

from pipeline.storage.database import connect
from pipeline.storage.staged import COPIES, STAGED, listed, path_of, show_staged, write_staged
from schemas.tables import MENTIONS


def test_what_is_written_is_shown(tmp_path: Path) -> None:
    with connect(Path(":memory:")) as connection:
        write_staged(connection, "SELECT 'a' AS article_id, 'b' AS original", COPIES, tmp_path)
        show_staged(connection, COPIES, tmp_path)
        assert connection.execute("FROM staged_copies").fetchall() == [("a", "b")]
    assert path_of(COPIES, tmp_path).exists()


def test_what_nobody_has_staged_is_a_table_without_rows(tmp_path: Path) -> None:
    with connect(Path(":memory:")) as connection:
        for table in STAGED:
            show_staged(connection, table, tmp_path)
        found = connection.execute("FROM staged_mentions")
        assert [column[0] for column in found.description or ()] == list(MENTIONS.columns)
        assert found.fetchall() == []


def test_columns_are_quoted() -> None:
    assert listed(("a", "end"), "t.") == 't."a", t."end"'
