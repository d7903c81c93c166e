"""docs/tables.md says what the database says of itself."""

from pathlib import Path

from pipeline.storage.tables_page import page

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m pipeline.storage.tables_page > " + str(
        PAGE
    )
