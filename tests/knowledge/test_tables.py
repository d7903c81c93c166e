import pytest

from pipeline.knowledge.tables import phrases_of, rows


def test_a_list_of_words_is_found_in_its_language_and_a_list_of_the_world_beside_it() -> None:
    assert {"group", "type", "words"} <= next(rows("actor_words.csv")).keys()
    assert next(rows("actors.csv"))["actor_id"]


def test_a_file_that_is_missing_is_no_empty_one() -> None:
    with pytest.raises(FileNotFoundError):
        next(rows("absent.csv"))


@pytest.mark.parametrize(("cell", "expected"), [("a| b c |", ["a", "b c"]), ("", []), ("|", [])])
def test_phrases_are_separated_by_bars(cell: str, expected: list[str]) -> None:
    assert phrases_of(cell) == expected
