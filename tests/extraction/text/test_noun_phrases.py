import pytest

from pipeline.extraction.text.noun_phrases import head_after, head_before


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (" off Ghana's hopes of a place", "hopes"),
        (" the white paper on tax", "paper"),
        (" a village near Goma", "village"),
        (", the army said", None),
        ("", None),
        (" them.", "them"),
    ],
)
def test_the_head_of_what_follows(text: str, head: str | None) -> None:
    assert head_after(text, 0) == head


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Oil prices suddenly ", "prices"),
        ("The council has never been ", "council"),
        ("On Monday, ", None),
        ("", None),
    ],
)
def test_the_head_of_what_stands_before_a_verb(text: str, head: str | None) -> None:
    assert head_before(text, len(text)) == head
