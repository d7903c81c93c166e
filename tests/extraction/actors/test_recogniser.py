import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.actors.alias_table import ActorTable
from pipeline.extraction.actors.recogniser import ActorFinder, ActorReading
from pipeline.knowledge.tables import rows
from schemas import ActorType

FINDER = ActorFinder()


def find(text: str) -> list[tuple[str, str | None]]:
    return [(reading.span.text, reading.actor.actor_id) for reading in FINDER.find(text)]


def only(text: str) -> ActorReading:
    readings = FINDER.find(text)
    assert len(readings) == 1, find(text)
    return readings[0]


@pytest.mark.parametrize("text", ["Kata'ib Hezbollah", "Kataib Hizballah", "Kateb Hezbollah", "the Hezbollah Brigades"])
def test_spellings_of_one_group(text: str) -> None:
    assert only(f"It was claimed by {text}.").actor.actor_id == "kataib-hezbollah"


@pytest.mark.parametrize(
    ("text", "actor_id", "kind", "country"),
    [
        ("Hezbollah denied it.", "hezbollah", ActorType.ARMED_GROUP, "LBN"),
        ("Lebanese Hezbollah denied it.", "hezbollah", ActorType.ARMED_GROUP, "LBN"),
        ("The Islamic Resistance in Iraq claimed it.", "islamic-resistance-iraq", ActorType.UMBRELLA_GROUP, "IRQ"),
        ("US forces were there.", "usa-military", ActorType.STATE_FORCES, "USA"),
        ("American troops were there.", "usa-military", ActorType.STATE_FORCES, "USA"),
        ("The Israeli army struck.", "isr-military", ActorType.STATE_FORCES, "ISR"),
        ("Chad's army struck.", "tcd-military", ActorType.STATE_FORCES, "TCD"),
        ("Peruvian police came.", "per-police", ActorType.STATE_FORCES, "PER"),
        ("Ghanaian border guards came.", "gha-military", ActorType.STATE_FORCES, "GHA"),
        ("The Bolivian government denied it.", "bol-government", ActorType.STATE, "BOL"),
        ("Israel denied it.", "isr", ActorType.STATE, "ISR"),
        ("IS claimed it.", "islamic-state", ActorType.ARMED_GROUP, None),
        ("ELN fled.", "eln", ActorType.ARMED_GROUP, "COL"),
        ("THE FMLN FLED AFTER THE CLASH.", "fmln", ActorType.UMBRELLA_GROUP, "SLV"),
    ],
)
def test_known_actors_and_states(text: str, actor_id: str, kind: ActorType, country: str | None) -> None:
    reading = only(text)
    assert (reading.actor.actor_id, reading.actor.actor_type, reading.country) == (actor_id, kind, country)


def test_a_known_group_with_a_word_for_its_people() -> None:
    reading = only("Suspected Boko Haram fighters came at night.")
    assert (reading.actor.actor_id, reading.actor.name) == ("boko-haram", "Boko Haram")
    assert reading.span.text == "Suspected Boko Haram fighters" or reading.span.text == "Boko Haram fighters"


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The Zubqara Martyrs Brigade fired.", "Zubqara Martyrs Brigade", ActorType.ARMED_GROUP),
        ("The Front for the Liberation of Zub fired.", "Front for the Liberation of Zub", ActorType.ARMED_GROUP),
        ("Unidentified gunmen fired.", "Unidentified gunmen", ActorType.UNIDENTIFIED_ARMED_GROUP),
        ("It was suspected militants.", "suspected militants", ActorType.UNIDENTIFIED_ARMED_GROUP),
        ("Some worshippers fled.", "worshippers", ActorType.CIVILIANS),
        ("It hit a convoy.", "convoy", ActorType.PROPERTY),
        ("It hit a police station.", "police station", ActorType.PROPERTY),
        ("Two soldiers fled.", "soldiers", ActorType.STATE_FORCES),
        ("It hit USS Example.", "USS Example", ActorType.PROPERTY),
    ],
)
def test_parties_that_no_table_has(text: str, words: str, kind: ActorType) -> None:
    reading = only(text)
    assert (reading.span.text, reading.actor.actor_type, reading.actor.actor_id) == (words, kind, None)


@pytest.mark.parametrize(
    "text",
    [
        "He is with us.",
        "It is late.",
        "They eln nothing.",
        "THE DEAL IS FOR US WHO WAIT IN VAIN.",
        "Iran-made parts",
        "",
    ],
)
def test_what_is_no_actor(text: str) -> None:
    assert find(text) == []


def test_parents_are_in_the_table() -> None:
    table = ActorTable()
    parents = {actor.parent for actor in table.by_id.values() if actor.parent}
    assert parents <= table.by_id.keys()


def test_an_alias_belongs_to_one_actor() -> None:
    seen: dict[str, str] = {}
    for row in rows("actors.csv"):
        for name in {row["name"], *filter(None, row["aliases"].split("|"))}:
            assert seen.setdefault(name, row["actor_id"]) == row["actor_id"], name


def test_a_users_file_goes_first(tmp_path: Path) -> None:
    extra = tmp_path / "mine.csv"
    header = "actor_id,name,aliases,type,parent,country\n"
    extra.write_text(header + "zub,Zubqara Men,Hezbollah|ZBM,armed_group,hamas,SYR\n", encoding="utf-8")
    readings = ActorFinder(extra).find("Hezbollah fired. ZBM fired.")
    assert [(r.actor.name, r.parent, r.country) for r in readings] == [("Zubqara Men", "hamas", "SYR")] * 2


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    readings = FINDER.find(text)
    assert all(text[r.span.start : r.span.end] == r.span.text for r in readings)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(readings))


@pytest.mark.parametrize("token", ["suspected ", "Iraqi ", "of ", "Liberation Front ", "A", "al-", "U.S. ", "'s "])
def test_long_lines_are_read_in_time(token: str) -> None:
    started = time.process_time()
    FINDER.find((token * 100_000)[:100_000])
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Men of the Rio Negro drug cartel fled.", "Rio Negro drug cartel"),
        ("The Ansar al-Haq militants fled.", "Ansar al-Haq militants"),
        ("The Lord's Resistance Army fled.", "Lord's Resistance Army"),
        ("Units of the People's Liberation Army fled.", "People's Liberation Army"),
    ],
)
def test_groups_known_by_what_they_are_called_or_with_a_genitive(text: str, expected: str) -> None:
    assert expected in [reading.span.text for reading in FINDER.find(text)]


@pytest.mark.parametrize(
    "text", ["On Tuesday militants fled.", "Suspected militants fled.", "Fighters of the town fled."]
)
def test_a_day_or_the_first_word_of_a_sentence_names_no_group(text: str) -> None:
    assert {str(reading.actor.actor_type) for reading in FINDER.find(text)} <= {"unidentified_armed_group"}
