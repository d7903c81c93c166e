"""What stands apart on a page is read apart, whatever keeps it apart; and what is about the page is not read."""

import pytest

from tests.extraction.view.test_view import outline, told

ONE, OTHER = "Gunmen killed six soldiers in Tikrit on Tuesday", "A bomb killed two civilians in Kirkuk on Monday"
BOTH = [("Tikrit", 14, 6, None), ("Kirkuk", 13, 2, None)]


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{OTHER}",
        f"{ONE}\n***\n{OTHER}",
        f"{ONE}\n---\n{OTHER}",
        f"{ONE}\u2028{OTHER}",
        f"{ONE}\u2029{OTHER}",
        f"{ONE}\x0c{OTHER}",
        f"{ONE}\x85{OTHER}",
        f"→ {ONE}\n→ {OTHER}",
        f"🔴 {ONE}\n🔴 {OTHER}",
        f"🔴 {ONE} 🔴 {OTHER}",
        f"✓ {ONE}\n✓ {OTHER}",
        f"1) {ONE}\n2) {OTHER}",
        f"(i) {ONE}\n(ii) {OTHER}",
        f"{ONE} | {OTHER}",
        f"{ONE} / {OTHER}",
        f"{ONE} // {OTHER}",
        f"{ONE}‡ {OTHER}§",
        f"{ONE}.12 {OTHER}.",
        f"{ONE}。{OTHER}。",
        f"{ONE}.{OTHER}.",
        f"{ONE}!{OTHER}.",
        f"{ONE}.[note 1] {OTHER}.[2][3]",
        f"{ONE}.¹² {OTHER}.",
        f"09:15 - {ONE}.\n10:40 - {OTHER}.",
        "Tikrit: 6 killed in gunmen attack on 14 November\nKirkuk: 2 killed in roadside bombing on 13 November",
        "MONDAY\nA bomb killed two civilians in Kirkuk\n\nTUESDAY\nGunmen killed six soldiers in Tikrit",
        "14 November\n\nGunmen killed six soldiers in Tikrit.\n\n13 November\n\nA bomb killed two civilians in Kirkuk.",
        "Tuesday, November 14, 2023:\n- Gunmen killed six soldiers in Tikrit\nMonday, November 13, 2023:\n"
        "- A bomb killed two civilians in Kirkuk",
    ],
)
def test_two_incidents_stay_two(text: str) -> None:
    assert sorted(outline(text), reverse=True) == BOTH


def test_one_day_above_a_text_is_none_of_its_blocks() -> None:
    assert outline("Wednesday\n\nGunmen killed six soldiers in Tikrit on Tuesday.") == BOTH[:1]


def test_a_block_under_a_day_keeps_its_own() -> None:
    text = f"Sunday\n\n{ONE}.\n\nSaturday\n\n{OTHER}."
    assert outline(text) == BOTH


def test_the_sum_of_a_table_is_no_incident() -> None:
    rows = "| Place | Date | Killed |\n|---|---|---|\n| Tikrit | 14 Nov 2023 | 6 |\n| Kirkuk | 13 Nov 2023 | 2 |\n"
    for name in ("Total", "**Total**", "Grand total", "TOTALS:", "All"):
        assert outline(f"{rows}| {name} | | 8 |\n") == BOTH


@pytest.mark.parametrize(
    "links",
    [
        "Most read\n\nSuicide bomber kills 20 in Kabul on Sunday\nGunmen kill nine in Kano on Monday",
        "You may also like:\n- Suicide bomber kills 20 in Kabul on Sunday\n- Gunmen kill nine in Kano on Monday",
        "TRENDING NOW\n\n• Suicide bomber kills 20 in Kabul on Sunday",
        "More on this story\n\nSuicide bomber kills 20 in Kabul on Sunday\n\nGunmen kill nine in Kano on Monday",
    ],
)
def test_links_to_other_stories_are_not_read(links: str) -> None:
    assert told(f"{ONE}.\n\n{links}") == told(f"{ONE}.")


def test_the_story_goes_on_below_links() -> None:
    text = f"{ONE}.\n\nMost read\n\nSuicide bomber kills 20 in Kabul on Sunday\n\n{OTHER}, police said."
    assert outline(text) == BOTH


@pytest.mark.parametrize("credit", ["(Getty Images)", "[AFP Photo]", "(Ann Lee/Reuters)", "(Photo: Ann Lee)", "(File)"])
def test_a_caption_is_told_by_its_credit(credit: str) -> None:
    caption = f"A woman cries after a blast that killed 40 in Kabul on Sunday. {credit}"
    assert told(f"{caption}\n\n{ONE}.") == told(f"{ONE}.")


@pytest.mark.parametrize("agency", ["(AFP)", "(Reuters)", "(AP)", "(Reporting by Ann Lee; Editing by Bob Lee/Reuters)"])
def test_an_agency_s_name_makes_no_caption(agency: str) -> None:
    assert outline(f"{OTHER}. {agency}\n\n{ONE}.") == [BOTH[1], BOTH[0]]
