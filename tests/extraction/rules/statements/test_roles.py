from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.blame import blamed_in
from pipeline.extraction.rules.statements.claimants import claimants_of
from pipeline.extraction.rules.statements.roles import assign_roles
from schemas import Mention, Tally

Read = Callable[..., Document]


def roles(read: Read, text: str) -> dict[str, list[str]]:
    document = read(text)
    clause = document.clauses[0]
    found = assign_roles(clause, document.triggers, document)
    return {
        "doers": [party.actor.name for party in found.perpetrators],
        "victims": [party.actor.name for party in found.targets],
        "claimants": [party.actor.name for party in claimants_of(0, document)],
    }


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Boko Haram attacked a village.", ["Boko Haram"]),
        ("A village was attacked by Boko Haram.", ["Boko Haram"]),
        ("A village was attacked by suspected Boko Haram.", ["Boko Haram"]),
        ("A Boko Haram attack left ten dead.", ["Boko Haram"]),
        ("Boko Haram carried out an attack.", ["Boko Haram"]),
        ("Troops attacked a camp of Boko Haram.", ["Troops"]),
        ("The attack was condemned by Boko Haram.", []),
        ("An attack on Boko Haram took place.", []),
        ("Boko Haram killed four Levies Force in an attack.", ["Boko Haram"]),
        ("Attacks from Boko Haram killed nine.", ["Boko Haram"]),
        ("The raid of Boko Haram on a market killed nine.", ["Boko Haram"]),
        ("The killing of Boko Haram fighters was confirmed.", []),
        ("IS gunmen fired on a police post near Mosul.", ["Islamic State"]),
        ("Gunmen who have not been identified attacked a village.", ["Gunmen"]),
        ("Boko Haram fighters are reported to have attacked a village.", ["Boko Haram"]),
        ("Two soldiers wounded in ambush.", []),
        ("The town, which Boko Haram has held since May, was shelled.", []),
        ("Two officials were kidnapped and killed by Boko Haram.", ["Boko Haram"]),
        ("The gunmen got out and fired on them.", ["gunmen"]),
        ("The blast left three guards injured.", []),
        ("Boko Haram is most likely behind the attack.", ["Boko Haram"]),
        ("The attack was blamed on Boko Haram.", ["Boko Haram"]),
        ("Boko Haram is blamed for the killing of a mayor.", ["Boko Haram"]),
        ("The rebels were accused of an attack on a convoy.", ["rebels"]),
        ("Unidentified men threw a grenade at a bar.", ["Unidentified men"]),
        ("An Israeli drone was shot down.", ["Israel Defense Forces"]),
        ("Boko Haram said that a missile hit a camp.", []),
        ("Nine farmers died at the hands of gunmen.", ["gunmen"]),
        ("Shells were fired by at least three militants.", ["militants"]),
        ("In the raid, which Boko Haram carried out at noon, two died.", ["Boko Haram"]),
        ("It was rebels, a listed group, who carried out the bombing.", ["rebels"]),
        ("It was soldiers who were attacked.", []),
        ("Four rebels who drove through a checkpoint and shot at soldiers fled.", ["rebels"]),
        ("Rebels entered the town hall and killed nine people.", ["Rebels"]),
        ("A clash between police and the Taliban left five dead.", ["Taliban"]),
        ('An "Israeli" air strike killed a man.', ["Israel Defense Forces"]),
        ("In central Iraq bombs killed nine people.", []),
        ("Gunmen disguised as police attacked a hospital.", ["Gunmen"]),
        ("Gunmen wearing army uniforms attacked a hospital.", ["Gunmen"]),
        ("The bombing was carried out by members of Boko Haram.", ["Boko Haram"]),
        ("A village was attacked by men loyal to Boko Haram.", ["Boko Haram"]),
        ("Boko Haram men attacked a village.", ["Boko Haram"]),
        ("A shop was looted, members of Boko Haram said.", []),
        ("Gunmen killed five troops and ransacked a depot.", ["Gunmen"]),
        ("An ambush left a road closed, in which nine soldiers died.", []),
        ("A bomber killed 26 people, including 14 soldiers, and injured 60.", ["bomber"]),
    ],
)
def test_who_did_it(read: Read, text: str, doers: list[str]) -> None:
    assert roles(read, text)["doers"] == doers


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("A US military base in Syria was attacked.", ["US military base"]),
        ("The vessel reported it had been hit by a missile.", ["vessel"]),
        ("A garrison in the north, part of a mission against Boko Haram, was attacked.", ["garrison"]),
        ("An army outpost near the border was attacked.", ["army outpost"]),
        ("It was the refinery that a Russian drone struck.", ["refinery"]),
        ("A clash between police and the Taliban left five dead.", ["police"]),
        ("Raiders set two huts on fire.", ["huts"]),
        ("Rebels attacked a village, the army and a survivor said.", ["village"]),
        ("Gunmen attacked a village, said the army.", ["village"]),
        ("Gunmen killed five troops and fled.", ["troops"]),
    ],
)
def test_who_suffered_it(read: Read, text: str, victims: list[str]) -> None:
    assert roles(read, text)["victims"] == victims


def test_whom_officials_blame(read: Read) -> None:
    document = read("A bomb went off. Officials blamed Boko Haram for that incident.")
    assert [party.actor.name for party in blamed_in(1, document)] == ["Boko Haram"]


@pytest.mark.parametrize(
    ("text", "claimants"),
    [
        ("Boko Haram claimed responsibility for the attack.", ["Boko Haram"]),
        ("The attack was claimed by Boko Haram.", ["Boko Haram"]),
        ("Boko Haram said on Monday that its fighters attacked a village.", ["Boko Haram"]),
        ("No group has claimed responsibility for the attack on Boko Haram.", []),
        ("The army blamed Boko Haram for the attack.", []),
    ],
)
def test_who_claims_it(read: Read, text: str, claimants: list[str]) -> None:
    assert roles(read, text)["claimants"] == claimants


def parties(mentions: list[Mention], role: str) -> set[str]:
    return {actor.name for mention in mentions for actor in getattr(mention, role)}


def test_what_follows_the_verb_suffers_it(extract: Callable[..., tuple[list[Mention], list[Tally]]]) -> None:
    told, _ = extract("Drones attacked US forces at a base near Erbil on Friday, wounding one soldier, a doctor said.")
    assert "US military" in parties(told, "targets")
    assert parties(told, "perpetrators") == set()
    assert [mention.wounded_best for mention in told] == [1]


def test_the_country_of_a_town_is_no_party(extract: Callable[..., tuple[list[Mention], list[Tally]]]) -> None:
    told, _ = extract("Rockets struck a base in Anbar, Iraq on Wednesday, wounding two soldiers, officials said.")
    assert parties(told, "perpetrators") == set()
