from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.view.edits import Edit, View


def test_what_was_taken_out_is_back_in_the_original() -> None:
    view = View("a Mo\u00adsul b").edited([Edit(4, 5, "")])
    assert view.text == "a Mosul b"
    assert view.original(2, 7) == (2, 8)
    assert view.here(4) == 4


def test_what_was_put_in_is_what_it_repeats() -> None:
    view = View("on Sunday|bomb hits").edited([Edit(9, 10, ". "), Edit(19, 19, " "), Edit(19, 19, "on Sunday", (0, 9))])
    assert view.text == "on Sunday. bomb hits on Sunday"
    assert view.original(24, 30) == (3, 9)
    assert view.original(11, 15) == (10, 14)


def test_what_repeats_nothing_is_the_character_beside_it() -> None:
    view = View("one\ntwo").edited([Edit(3, 3, ".")])
    assert view.original(3, 4) == (2, 3)


def test_edits_of_an_edited_text_count_in_it_and_lead_to_the_original() -> None:
    view = View("x\u200b1 200 y").edited([Edit(1, 2, "")]).edited([Edit(1, 6, "1,200")])
    assert view.text == "x1,200 y"
    assert view.original(1, 6) == (2, 7)


def test_an_edit_that_changes_nothing_leaves_the_original() -> None:
    assert View("a b").edited([Edit(1, 2, " ")]).is_original


@given(
    st.text(min_size=1, max_size=30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 3), st.text(max_size=3)))
)
def test_whatever_is_edited_every_stretch_has_an_original(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits, free = [], 0
    for start, size, words in sorted(wanted):
        if start >= free and start + size <= len(text):
            edits.append(Edit(start, start + size, words))
            free = start + size + 1
    view = View(text).edited(edits)
    if all(start >= end for start, end in zip(view._starts or [0], view._ends or [1], strict=True)):
        return  # nothing of the original is left
    for start in range(len(view.text)):
        first, last = view.original(start, start + 1)
        assert 0 <= first < last <= len(text)
