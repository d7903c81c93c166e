"""What other tools leave in a text changes nothing of what it is found to report, and never makes another number."""

import pytest

from tests.extraction.view.test_view import mentions, outline, told

STORY = "A blast in Tikrit on Tuesday killed 1,200 people and wounded 3,400, police said."


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("1,200", "١٬٢٠٠"),
        ("1,200", "१,२००"),
        ("1,200", "1\\,200"),
        ("1,200", "1&#44;200"),
        ("1,200", "1=E2=80=AF200"),
        ("1,200", "<b>1,200</b>"),
        ("1,200", "~~1,500~~ 1,200"),
        ("1,200", "<del>1,500</del> 1,200"),
        ("1,200", '<span class="n">1,200</span>'),
        (" killed", "=C2=A0killed"),
        (" killed", "Â\u00a0killed"),
        (" killed", "Â killed"),
        (" killed", "&amp;nbsp;killed"),
        (" killed", "<br/>killed"),
        ("killed", "<a href='https://a.example/?x=1&y=2'>killed</a>"),
        ("wounded", "woun&shy;ded"),
        ("wounded", "woun\u00ad\nded"),
        ("Tikrit", "Ti\u034fkrit"),
        ("Tikrit", "\\u0054ikrit"),
        ("police said.", "police said.<sup>[2]</sup>"),
        ("police said.", "police said.<!-- 80 killed in Kabul -->"),
        ("police said.", "police said.<script>var killed = 80;</script>"),
        ("police said.", "police said.\\n\\n"),
    ],
)
def test_what_tools_leave_behind_changes_nothing(plain: str, written: str) -> None:
    assert told(STORY.replace(plain, written)) == told(STORY)


def test_letters_that_were_read_in_a_wrong_encoding() -> None:
    plain = "The governor’s office said gunmen killed six people at “Café Mañana” in São Paulo on Tuesday – a first."
    misread = plain.encode("utf-8").decode("cp1252", "replace")
    assert "\ufffd" in misread  # the last of the quotation marks has no letter there
    assert told(misread.replace("\ufffd", "\x9d")) == told(plain)


@pytest.mark.parametrize("name", ["São Tomé", "Ärmland", "Château-Thierry", "Ålesund", "Âu Cơ"])
def test_letters_that_are_meant_stay(name: str) -> None:
    (found,) = mentions(f"Gunmen from {name} killed six people in Tikrit on Tuesday, {name} police said.")
    assert found.killed_best == 6


@pytest.mark.parametrize("mark", ["·", "\u2219", "\u22c5"])
def test_a_number_with_an_unclear_mark_is_none(mark: str) -> None:
    (found,) = mentions(f"A blast in Tikrit on Tuesday killed 1{mark}200 people, police said.")
    assert found.killed_best is None
    assert found.killed_low is None


@pytest.mark.parametrize("break_", ["<br>", "</p><p>", "</div><div>", "</td></tr><tr><td>", "\\n\\n", "<hr />"])
def test_what_tags_keep_apart_stays_apart(break_: str) -> None:
    text = f"Gunmen killed six soldiers in Tikrit on Tuesday{break_}A bomb killed two civilians in Kirkuk on Monday"
    assert outline(text) == [("Tikrit", 14, 6, None), ("Kirkuk", 13, 2, None)]


def test_items_that_are_tagged() -> None:
    text = "<ul><li>Gunmen killed six soldiers in Tikrit on Tuesday</li><li>A bomb killed two in Kirkuk on Monday</ul>"
    assert outline(text) == [("Tikrit", 14, 6, None), ("Kirkuk", 13, 2, None)]


@pytest.mark.parametrize(
    "day", ["14ᵗʰ November 2023", "14\u204411\u20442023", "14\u00a0November\u00a02023", "１４ November 2023"]
)
def test_a_day_in_odd_characters(day: str) -> None:
    assert outline(f"Gunmen killed six soldiers in Tikrit on {day}.") == [("Tikrit", 14, 6, None)]


@pytest.mark.parametrize("name", ["Yahoo.Com, a site,", "U.S.Army troops", "the No.One brigade", "a.m.Monday news"])
def test_a_stop_within_a_name_ends_nothing(name: str) -> None:
    assert outline(f"Gunmen killed six soldiers of {name} in Tikrit on Tuesday.")[0][2] == 6
