"""What parts incidents from one another and from what is only summed up, and what ties later words to them."""

from collections.abc import Callable

import pytest

from schemas import Mention, Tally

Extract = Callable[..., tuple[list[Mention], list[Tally]]]


def told(extract: Extract, text: str, clocked: bool = True) -> list[Mention]:
    return (extract(text) if clocked else extract(text, clock=None))[0]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Gunmen killed nine soldiers near Gao in Mali on Friday. "
            "Last month rebels killed four policemen in an ambush in Mali.",
            ["Friday", "Last month"],
        ),
        (
            "Gunmen killed nine soldiers near Gao in Mali on Friday. "
            "In March a convoy was ambushed in Mali and six people died.",
            ["Friday", "March"],
        ),
        (
            "Gunmen attacked a post in Mali, killing nine soldiers, a statement said on Friday. "
            "They were chased by troops after gunmen had shot dead 20 worshippers in a church in Mali last December.",
            [None, "last December"],
        ),
        (
            "Gunmen killed nine soldiers near Gao in Mali on Friday. The attack on Friday was claimed by nobody.",
            ["Friday"],
        ),
    ],
)
def test_earlier_months_are_told_apart_without_a_clock(extract: Extract, text: str, days: list[str | None]) -> None:
    assert [mention.date_text for mention in told(extract, text, clocked=False)] == days or days[0] is None
    assert len(told(extract, text, clocked=False)) == len(days)


def test_a_sentence_that_turns_back_tells_of_another(extract: Extract) -> None:
    text = (
        "Five militants were shot dead by troops in North Waziristan, Pakistan, the army said on Monday. "
        "Last week a commander was gunned down by troops in North Waziristan."
    )
    assert [mention.killed_low for mention in told(extract, text)] == [5, 1]


@pytest.mark.parametrize(
    "more",
    [
        "Nearly 300 civilians have been killed in the region since the truce ended.",
        "The army has killed 190 rebels in the valley this year.",
        "By now 589 fighters have been killed in the province.",
        "With over 40 violent deaths for every 100,000 people, the region is among the worst.",
    ],
)
def test_sums_are_neither_incidents_nor_part_of_one(extract: Extract, more: str) -> None:
    mentions = told(extract, f"Gunmen attacked a market in Kano, Nigeria, on Tuesday, killing 12 people. {more}")
    assert [(mention.killed_low, mention.killed_high) for mention in mentions] == [(12, 12)]


def test_what_befell_since_sunday_is_still_an_incident(extract: Extract) -> None:
    mentions = told(extract, "At least 20 people have been killed in an attack on a village near Gao in Mali.")
    assert [mention.killed_low for mention in mentions] == [20]


def test_days_told_in_one_sentence_are_two_incidents(extract: Extract) -> None:
    text = (
        "On Sunday rebels attacked a barracks in Goma, Congo, killing six soldiers, "
        "and on Monday the air force bombed a camp of the rebels in Rutshuru."
    )
    assert [mention.event_type for mention in told(extract, text)] == ["armed_assault", "airstrike"]


def test_another_incident_needs_no_noun_of_attack(extract: Extract) -> None:
    text = (
        "A drone hit a school in Gondar, Ethiopia, on Sunday and four people were killed. "
        "Residents reported another incident, in which Debark, a town in the same zone, was struck by a drone."
    )
    assert [mention.place_text for mention in told(extract, text)] == ["Gondar", "Debark"]


def test_what_happened_hours_before_is_not_what_is_told_with_it(extract: Extract) -> None:
    text = "A guard died in Bilbao, Spain, on Sunday, 12 hours after a bomb went off in Pamplona and killed two people."
    assert {"Bilbao", "Pamplona"} >= {mention.place_name for mention in told(extract, text)}
    assert "Pamplona" in [mention.place_name for mention in told(extract, text)]


def test_it_happened_says_where_and_when(extract: Extract) -> None:
    text = (
        "Rebels have attacked a village in the east of Congo and killed 12 civilians. "
        "It happened on Monday, officials said, in the village of Kasoko, some 40 km (25 miles) to the north of Goma."
    )
    (mention,) = told(extract, text)
    assert (mention.place_name, mention.date_text) == ("Kasoko", "Monday")


@pytest.mark.parametrize(
    ("claimed", "by_all"),
    [
        ("these attacks", True),
        ("all of these attacks", True),
        ("most of these attacks", False),
        ("responsibility for some of the attacks", False),
    ],
)
def test_a_claim_of_these_attacks_is_of_all_of_them(extract: Extract, claimed: str, by_all: bool) -> None:
    text = (
        "Gunmen killed nine people near Nushki, Pakistan, on Tuesday. In a separate incident a railway track was blown "
        f"up in Quetta. The Balochistan Liberation Army claimed {claimed}."
    )
    mentions = told(extract, text)
    assert len(mentions) == 2
    assert all(bool(mention.claimed_by) is by_all for mention in mentions)


def test_interceptions_over_several_regions_are_one(extract: Extract) -> None:
    text = (
        "Russia launched 37 drones at Ukraine overnight. "
        "The air force downed 33 of the drones in the regions of Kharkiv, Kherson and Odesa."
    )
    (mention,) = told(extract, text)
    assert (mention.event_type, mention.intercepted_low) == ("drone_attack", 33)


def test_an_accident_told_at_length_stays_one(extract: Extract) -> None:
    text = (
        "Five people were killed by a fire at a fireworks factory near Leeds, England. The owners lived there. "
        "It stood by a river among fields and hills, and people from all over the county used to work there in summer. "
        "Nobody could tell what had been kept in the halls, the oldest of which was put up more than a century ago. "
        "Six women and a man were killed in March and 13 other people hurt."
    )
    assert told(extract, text) == []


def test_the_toll_so_far_is_that_of_the_attack(extract: Extract) -> None:
    text = "A car bomb hit a hotel in Mogadishu on Tuesday. So far the toll we have is 15 dead and 20 others wounded."
    (mention,) = told(extract, text)
    assert (mention.killed_low, mention.wounded_low) == (15, 20)


def test_a_town_that_was_held_since_may_was_shelled_on_the_day_told(extract: Extract) -> None:
    text = "Airstrikes in Myebon, Myanmar, which rebels have held since May 3, killed three women on Tuesday."
    (mention,) = told(extract, text)
    assert (mention.date_text, mention.killed_low, mention.background) == ("Tuesday", 3, False)


def test_what_is_brought_down_over_a_region_is_there(extract: Extract) -> None:
    text = "One more Ukrainian drone was brought down over the border region of Belgorod, Russia, on Tuesday."
    (mention,) = told(extract, text)
    assert (mention.place_text, mention.outcome) == ("Belgorod", "foiled")


def test_a_ministry_speaks_from_where_it_sits(extract: Extract) -> None:
    text = "In Moscow, the Defense Ministry said 15 Ukrainian drones had been destroyed over Volgograd on Tuesday."
    (mention,) = told(extract, text)
    assert mention.place_name == "Volgograd"


def test_a_bombardment_of_the_last_war_is_no_news(extract: Extract) -> None:
    text = (
        "Experts set off an old bomb safely in a town of Germany on Tuesday, officials said. Roofs were damaged. "
        "Even 70 years after the war thousands of relics of the aerial bombardment of Germany are found every year."
    )
    assert all(mention.event_type != "airstrike" for mention in told(extract, text))


def test_another_figure_is_of_the_same_attack(extract: Extract) -> None:
    text = (
        "Rebels attacked the village of Kasoko in Congo on Tuesday and killed 12 civilians. "
        "The army, meanwhile, gave a higher figure: 13 people had been hacked to death, its spokesman said."
    )
    (mention,) = told(extract, text)
    assert (mention.killed_low, mention.killed_high) == (12, 13)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("A US strike near Ramadi, Iraq, on Tuesday destroyed two artillery systems.", "airstrike"),
        ("A village near Ramadi, Iraq, was destroyed by artillery on Tuesday.", "rocket_missile_mortar"),
    ],
)
def test_arms_that_are_destroyed_did_not_do_it(extract: Extract, text: str, event_type: str) -> None:
    assert [mention.event_type for mention in told(extract, text)] == [event_type]


def test_what_hits_other_places_at_the_same_time_is_another_attack(extract: Extract) -> None:
    text = (
        "A missile struck the air base near Mosul, Iraq, on Friday. On Saturday rockets fell around the base at the "
        "same time that other attacks hit posts in Kirkuk."
    )
    assert [(m.place_name, m.date_text) for m in told(extract, text, clocked=False)] == [
        ("Mosul", "Friday"),
        ("Mosul", "Saturday"),
        ("Kirkuk", "same time"),
    ]


ANNOUNCED = (
    "Several soldiers were injured in attacks in Somalia. Among these attacks, two grave incidents took place on {day}."
    " The first, a car bomb in Baidoa, wounded six people. The second attack hit a checkpoint in Kismayo, where two "
    "soldiers were shot dead. A driver was killed in Kismayo that day."
)


@pytest.mark.parametrize("day", ["Tuesday", "May 3"])
def test_incidents_that_are_announced_have_the_day_of_the_announcement(extract: Extract, day: str) -> None:
    first, second = told(extract, ANNOUNCED.format(day=day), clocked=False)
    assert (first.place_name, first.event_type, first.wounded_low) == ("Baidoa", "car_bombing", 6)
    assert (second.place_name, second.event_type, second.killed_low) == ("Kismayo", "armed_assault", 2)
    assert {(m.date_text, m.date_basis) for m in (first, second)} == {(day, "inherited")}


def test_an_announcement_is_forgotten_after_some_sentences(extract: Extract) -> None:
    text = ANNOUNCED.format(day="May 3").replace(" The first", " The dam was full." * 5 + " The first")
    assert "May 3" not in {mention.date_text for mention in told(extract, text, clocked=False)}


def test_a_toll_after_an_announcement_is_that_of_all(extract: Extract) -> None:
    text = (
        "Two attacks shook Somalia on Tuesday. Nine people were killed. "
        "In Baidoa a car bomb killed four people. In Kismayo gunmen shot dead five people."
    )
    assert [(m.place_name, m.killed_low) for m in told(extract, text)] == [("Baidoa", 4), ("Kismayo", 5)]


def test_news_without_a_place_are_not_where_an_older_deed_was(extract: Extract) -> None:
    text = "In March 2015 a convoy was bombed in Mosul, killing nine people. On Tuesday gunmen shot dead two officers."
    assert [(m.place_name, m.background) for m in told(extract, text)] == [("Mosul", True), ("Iraq", False)]
