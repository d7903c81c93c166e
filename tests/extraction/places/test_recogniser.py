import gzip
import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UserListError
from pipeline.extraction.actors.alias_table import organisation_keys
from pipeline.extraction.places.gazetteer import Gazetteer
from pipeline.extraction.places.recogniser import PlaceFinder, PlaceReading
from pipeline.extraction.text.name_keys import fold
from pipeline.knowledge.tables import DATA
from schemas import FacilityType, GeoPrecision

Named = list[tuple[str, str, str | None]]


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder(None, organisation_keys())


def named(readings: list[PlaceReading]) -> Named:
    return [(reading.name, reading.kind, reading.country) for reading in readings]


def only(readings: list[PlaceReading]) -> PlaceReading:
    assert len(readings) == 1, named(readings)
    return readings[0]


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("Two drones hit Ain al-Asad airbase.", "Ain al-Asad air base", "site", "IRQ"),
        ("Rockets landed near al-Tanf.", "al-Tanf", "site", "SYR"),
        ("Rockets landed near the Tanf garrison.", "al-Tanf", "site", "SYR"),
        ("A drone crashed at Tower 22.", "Tower 22", "site", "JOR"),
        ("Shells fell on Omar Oil Field.", "al-Omar oil field", "site", "SYR"),
        ("The tanker was hit in the Bab el-Mandeb Strait.", "Bab al-Mandab", "sea", "XSE"),
        ("The crew was rescued from the Red Sea.", "Red Sea", "sea", "XSE"),
        ("Jets bombed positions in eastern Syria.", "eastern Syria", "region", "SYR"),
        ("Gunmen crossed into northern Benin.", "northern Benin", "region", "BEN"),
        ("A bomb went off in the Golan Heights.", "Golan Heights", "region", "SYR"),
        ("Soldiers were shot in Maiduguri.", "Maiduguri", "city", "NGA"),
        ("Troops fought in South Sudan.", "South Sudan", "country", "SSD"),
        ("The minister flew to the U.S. on Friday.", "United States", "country", "USA"),
        ("Sirens sounded in Dayr az Zawr, Syria.", "Deir ez-Zor", "city", "SYR"),
        ("Flames rose over the Kirkuk refinery.", "Kirkuk refinery", "site", "IRQ"),
    ],
)
def test_a_place_is_found(finder: PlaceFinder, text: str, name: str, kind: str, country: str) -> None:
    assert named([only(finder.find(text))]) == [(name, kind, country)]


@pytest.mark.parametrize(
    ("text", "words", "admin1", "country"),
    [
        ("A blast shook Spin Boldak district of Kandahar province.", "Spin Boldak", "Kandahar", "AFG"),
        ("Police died in Konduga, Borno State, Nigeria.", "Konduga", "Borno", "NGA"),
        ("Nigeria's Borno State capital Maiduguri was quiet.", "Maiduguri", "Borno", "NGA"),
        ("The base stands in Anbar Province, Iraq.", "Anbar", "Al Anbar", "IRQ"),
        ("Iraq's western Anbar province was hit.", "Anbar", "Al Anbar", "IRQ"),
    ],
)
def test_a_chain_is_one_place(finder: PlaceFinder, text: str, words: str, admin1: str, country: str) -> None:
    reading = only(finder.find(text))
    assert (reading.span.text, reading.admin1, reading.country) == (words, admin1, country)


def test_a_province_goes_before_a_town_abroad(finder: PlaceFinder) -> None:
    reading = only(finder.find("Gunmen attacked a convoy in Anbar province."))
    assert (reading.kind, reading.country, reading.geo_precision) == ("admin1", "IRQ", GeoPrecision.ADMIN1)


def test_a_province_named_after_its_capital(finder: PlaceFinder) -> None:
    town, province = finder.find("Shots were heard in Kandahar. Fighting went on in Kandahar province.")
    assert (town.kind, province.kind) == ("city", "admin1")


@pytest.mark.parametrize(("country", "code"), [("Syria", "SYR"), ("Lebanon", "LBN"), ("Libya", "LBY")])
def test_the_article_decides_between_namesakes(finder: PlaceFinder, country: str, code: str) -> None:
    text = f"The army of {country} said that {country} was calm. A bomb went off in Tripoli."
    places = [reading for reading in finder.find(text) if reading.kind == "city"]
    expected = [] if country == "Syria" else [("Tripoli", "city", code)]
    assert [one for one in named(places) if one[2] == code] == expected


def test_a_village_nobody_lists_has_its_provinces_point(finder: PlaceFinder) -> None:
    reading = only(finder.find("Herders attacked Zubqara village in Borno State."))
    assert (reading.name, reading.country, reading.geo_precision) == ("Zubqara", "NGA", GeoPrecision.ADMIN1)


def test_a_site_nobody_lists(finder: PlaceFinder) -> None:
    reading = only(finder.find("Mortars fell on Zubqara base in Helmand province."))
    assert (reading.facility, reading.facility_type) == ("Zubqara base", FacilityType.MILITARY_BASE)
    assert (reading.admin1, reading.country) == ("Helmand", "AFG")


@pytest.mark.parametrize(
    "text",
    [
        "The Washington Post reported it.",
        "The New York Times and the Jerusalem Post agreed.",
        "The al-Aqsa Martyrs Brigades claimed it.",
        "The Islamic State in Iraq and Syria was blamed.",
        "Michael Jordan declined to comment.",
        "President Houston met Paris Hilton.",
        "On Monday, March the third, the General spoke of Independence.",
        "Iran-backed groups and pro-Russia channels spread it.",
        "A US-led coalition shot it down.",
        "He told us that it was of no use.",
        "Of the dead, most were of Nice manners.",
        "THE POLICE SAID THAT MORE MEN WERE FREE TO GO THAN BEFORE.",
    ],
)
def test_what_is_no_place(finder: PlaceFinder, text: str) -> None:
    assert named(finder.find(text)) == []


def test_people_make_no_place_but_a_context(finder: PlaceFinder) -> None:
    assert named(finder.find("Syrian soldiers met Turkish officers.")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Washington said it would answer.", True),
        ("Tehran's proxies are armed.", True),
        ("Israel launched strikes.", True),
        ("A blast was heard in Tehran.", False),
        ("Rockets were fired from Lebanon.", False),
    ],
)
def test_a_government_is_not_a_place(finder: PlaceFinder, text: str, expected: bool) -> None:
    assert only(finder.find(text)).metonym is expected


def test_the_dateline_is_marked(finder: PlaceFinder) -> None:
    opening, place = finder.find("BAGHDAD (AP) — Gunmen killed two people in Fallujah on Monday.")
    assert (opening.name, opening.dateline, place.name, place.dateline) == ("Baghdad", True, "Al Fallujah", False)


def test_capitals_throughout(finder: PlaceFinder) -> None:
    text = "GUERRILLAS ATTACKED THE TOWN OF SOYAPANGO, EL SALVADOR, AND THE ARMY SENT TROOPS TO CHALATENANGO."
    assert [reading.name for reading in finder.find(text)] == ["Soyapango", "Chalatenango"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Gunmen staged the attack in Masambo, 50 km from the city of Beni in Congo.", "Masambo", None),
        ("Gunmen attacked a base near Quirambo in Nigeria's Borno state.", "Quirambo", "NGA"),
        ("Gunmen attacked a church in Tse Anum, Benue state, Nigeria.", "Tse Anum", "NGA"),
    ],
)
def test_a_name_that_nobody_lists_is_a_place_after_in_or_near(
    finder: PlaceFinder, text: str, name: str, country: str | None
) -> None:
    assert (name, "city", country) in named(finder.find(text))


@pytest.mark.parametrize(
    ("headline", "text", "country"),
    [
        ("Myanmar: bloody weekend", "A plane dropped shells in Kani and hurt nobody.", None),
        ("Weekend of raids in Yemen", "A mine killed a goatherd in Al Khawkhah.", "YEM"),
        (
            "Insurgency log, southern Thailand",
            "A man was shot in Rueso. Talks will be held in Kuala Lumpur.",
            "THA",
        ),
        ("", "Soldiers were shot in Bannang Sata, near Krong Pinang. Talks will be held in Kuala Lumpur.", "THA"),
    ],
)
def test_a_headline_and_names_of_one_country_say_where_small_towns_are(
    finder: PlaceFinder, headline: str, text: str, country: str | None
) -> None:
    assert finder.find(text, headline)[0].country == country


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shouted in Arabic.",
        "The vote in Parliament was close.",
        "He was at the DNC.",
        "Crowds gathered near John F. Quirambo.",
        "Attack on a Federal Facility Resulting in Death; Conspiracy to Kill Nationals, to Destroy Buildings",
        "He said so in Quirambo's book.",
        "A priest prayed at St George's church.",
        "Walter W. Bush spoke. Ten more strikes came than under Bush.",
    ],
)
def test_what_is_no_place_though_it_stands_after_in(finder: PlaceFinder, text: str) -> None:
    assert named(finder.find(text)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gunmen attacked a hospital in the Afghan capital on Tuesday.", ["Kabul"]),
        ("Gunmen attacked a hotel in Somalia's capital on Tuesday.", ["Mogadishu"]),
        ("Gunmen attacked a hotel in the Somali capital, Mogadishu.", ["Mogadishu"]),
        ("Gunmen attacked a hotel in Afghan capital of culture.", []),
    ],
)
def test_a_capital_that_is_only_called_so(finder: PlaceFinder, text: str, names: list[str]) -> None:
    assert [name for name, _, _ in named(finder.find(text))] == names


@pytest.mark.parametrize(
    ("text", "name", "facility"),
    [
        ("A bomb went off at a Kabul mosque.", "Kabul", "Kabul mosque"),
        ("A bomb went off at the Kabul Hospital.", "Kabul Hospital", "Kabul Hospital"),
        ("A bomb went off at the Kirkuk refinery.", "Kirkuk refinery", "Kirkuk refinery"),
    ],
)
def test_a_town_has_many_mosques(finder: PlaceFinder, text: str, name: str, facility: str) -> None:
    reading = only(finder.find(text))
    assert (reading.name, reading.facility) == (name, facility)


def test_one_wrong_letter_is_forgiven_where_the_country_is_known(finder: PlaceFinder) -> None:
    assert named(finder.find("Nigeria: a bomb went off in Maidugurri."))[-1] == ("Maiduguri", "city", "NGA")
    assert named(finder.find("A bomb went off in Zalingex.")) == [("Zalingex", "city", None)]


def test_countries_have_no_point(finder: PlaceFinder) -> None:
    reading = only(finder.find("Three people died in Yemen."))
    assert (reading.latitude, reading.geo_precision) == (None, GeoPrecision.COUNTRY)


def test_spans_stand_in_the_text_and_do_not_overlap(finder: PlaceFinder) -> None:
    text = "Syria’s Deir ez-Zor, the port of Hodeidah (Yemen) and Iraq's Ain al-Asad air base in Anbar were hit."
    readings = finder.find(text)
    assert all(text[r.span.start : r.span.end] == r.span.text for r in readings)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(readings))


def test_a_users_file_goes_first(tmp_path: Path) -> None:
    extra = tmp_path / "mine.csv"
    header = "name,aliases,type,admin1,country,lat,lon,precision\n"
    extra.write_text(
        header + "Zubqara base,Zubqara|Camp Zub,military_base,Homs,SYR,34.1,38.2,exact\n", encoding="utf-8"
    )
    reading = only(PlaceFinder(extra).find("Rockets hit Camp Zub."))
    assert (reading.name, reading.latitude, reading.facility_type) == ("Zubqara base", 34.1, FacilityType.MILITARY_BASE)


def test_a_users_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserListError):
        PlaceFinder(tmp_path / "none.csv")


@pytest.mark.parametrize("name", ["Mosul", "Kabul", "Goma", "Tumaco", "Kharkiv", "El Fasher", "Cabo Delgado", "Abqaiq"])
def test_keys_of_the_shipped_file_are_folded_as_texts_are(name: str) -> None:
    assert Gazetteer().senses(fold(name))


def test_every_line_of_the_shipped_file_can_be_found_by_its_name() -> None:
    path = DATA / "gazetteer.tsv.gz"
    packed = path.read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    assert len(packed) < 4_000_000
    for line in lines[::97]:
        _, name, keys, *rest = line.split("\t")
        assert len(rest) == 6
        assert fold(name) in keys.split("|"), line


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for reading in _SHARED.find(text):
        assert text[reading.span.start : reading.span.end] == reading.span.text


@pytest.mark.parametrize("token", ["Aleppo ", "in ", "A", "al-", "U.S. ", "'s ", "Syria, ", "\n", "BASE "])
def test_long_lines_are_read_in_time(token: str) -> None:
    text = (token * 100_000)[:100_000]
    started = time.process_time()
    _SHARED.find(text)
    assert time.process_time() - started < 4


_SHARED = PlaceFinder(None, organisation_keys())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen ambushed a convoy near Kutno.", ("Kutno", "city", "POL")),
        ("Gunmen ambushed a convoy near Rahat.", ("Rahat", "city", "ISR")),
        ("Gunmen ambushed a convoy near San Ignacio.", ("San Ignacio", "city", None)),
    ],
)
def test_a_town_without_a_namesake_abroad_needs_no_other_word_of_its_country(
    finder: PlaceFinder, text: str, place: tuple[str, str, str | None]
) -> None:
    context = " Officials in Norway spoke of Norway's aid, and Norway's king of Norway."
    assert named(finder.find(text + context))[0] == place


def test_a_given_name_is_no_town_however_it_is_spelt(finder: PlaceFinder) -> None:
    assert named(finder.find("Drones killed Saleh al-Masri in Beirut.")) == [("Beirut", "city", "LBN")]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Raiders burned houses in Rahat village. Kano State in Nigeria sent Nigerian troops.", "Rahat", None),
        ("Raiders burned houses in Rahat village.", "Rahat", "ISR"),
        ("Raiders burned houses in the southern Somali town of Warxoqle. Kenya sent troops.", "Warxoqle", "SOM"),
        ("Raiders burned houses in the Malian farming village of Kodugou.", "Kodugou", "MLI"),
        ("Raiders burned houses in the village of Kodugou, said a Malian.", "Kodugou", None),
    ],
)
def test_which_country_a_village_is_in(finder: PlaceFinder, text: str, name: str, country: str | None) -> None:
    assert {place.country for place in finder.find(text) if place.name == name} - {None} == {country} - {None}


@pytest.mark.parametrize("text", ["Rockets hit Tell al-", "Rockets fell on the Kroum al-"])
def test_a_text_may_end_within_a_name(text: str) -> None:
    assert all(text[place.span.start : place.span.end] == place.span.text for place in _SHARED.find(text))
