"""What a statement says of each of the places that it lists."""

from collections.abc import Callable

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.finder import statements_of
from pipeline.extraction.rules.statements.split_by_place import statements_by_place
from pipeline.extraction.rules.statements.statement import Statement


def split(read: Callable[..., Document], text: str) -> list[Statement]:
    document = read(text)
    ((statement,),) = statements_of(document)
    return statements_by_place(statement, document)


def test_each_place_has_its_drones(read: Callable[..., Document]) -> None:
    parts = split(read, "Russia shot down six drones over Bryansk, four over Kursk and two over Tula.")
    assert [(part.place and part.place.name, part.weapons[0].low) for part in parts] == [
        ("Bryansk", 6), ("Kursk", 4), ("Tula", 2),
    ]  # fmt: skip


def test_what_is_told_once_is_told_of_all(read: Callable[..., Document]) -> None:
    parts = split(read, "Rebels shelled Gao and Kidal in Mali on Monday, killing nine people.")
    assert [[toll.low for toll in part.tolls] for part in parts] == [[9], [9]]
    assert parts[0].when == parts[1].when
