import pytest

from pipeline.knowledge.offices import is_office


@pytest.mark.parametrize(("word", "expected"), [("mayor", True), ("Mayor", True), ("Smith", False), ("", False)])
def test_offices(word: str, expected: bool) -> None:
    assert is_office(word) is expected
