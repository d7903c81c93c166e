import pytest

from pipeline.records.normalised_text import normalised_text

TEXT = "A car bomb killed 12 people in Mosul on Tuesday, police said."


@pytest.mark.parametrize(
    "shown",
    [
        f"{TEXT}  ",
        TEXT.replace(" ", "\u00a0 "),
        TEXT.replace("bomb", "bo\u00admb"),
        f"\ufeff{TEXT}\u200b",
        f"{TEXT} 1,007 views | Updated 16 minutes ago",
        f"{TEXT}\n12 comments",
        f"{TEXT}\nComments (12)",
        f"{TEXT}\n3.4k shares",
        f"Last updated: 14 Nov 2023, 10:31 GMT\n{TEXT}",
        f"Updated at 10:31 a.m. on Tuesday, Nov. 14, 2023\n{TEXT}",
        f"3 hours ago\n{TEXT}",
        f"4 min read • 2 hours ago\n{TEXT}",
        f"Home | Menu | Search\n{TEXT}\nShare this article\nRead more",
        f"{TEXT}\nADVERTISEMENT\n",
    ],
)
def test_what_no_reader_takes_in_is_left_out(shown: str) -> None:
    assert normalised_text(shown) == normalised_text(TEXT)


def test_quotation_marks_and_dashes_are_alike_however_they_are_drawn() -> None:
    assert normalised_text("“It’s war” – he said") == normalised_text('"It\'s war" - he said')


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("12", "13"),
        TEXT.replace("Mosul", "Kirkuk"),
        TEXT.replace("Tuesday", "Monday"),
        f"{TEXT} Police updated the toll to 15.",
        f"{TEXT} A second bomb went off 16 minutes ago.",
        f"{TEXT} The base took 14 hits.",
        f"{TEXT}\nTwo more people died.",
        f"{TEXT}\nMore than 20 are wounded",
        f"{TEXT} It was updated to 15 dead.",
    ],
)
def test_what_a_text_says_of_the_world_counts(changed: str) -> None:
    assert normalised_text(changed) != normalised_text(TEXT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Officials updated the toll to 15.", "Officials updated the toll to 16."),
        ("The list was updated on Tuesday to 15 names.", "The list was updated on Tuesday to 16 names."),
        ("A bomb exploded 3 hours ago in Kano.", "A bomb exploded 4 hours ago in Kano."),
    ],
)
def test_a_changed_number_in_a_sentence_is_a_change(one: str, other: str) -> None:
    assert normalised_text(one) != normalised_text(other)
