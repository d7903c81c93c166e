from pathlib import Path

import pytest

from pipeline.extraction.list_names import can_matter, read_user_list

HEADER = "name,aliases,type,admin1,country,lat,lon,precision\n"
ROW = "Zhorvan depot,Zhorvan|Old Depot,military_base,Kirkuk,IRQ,35.4,44.3,exact\n"


def places(folder: Path, text: str) -> Path:
    path = folder / "places.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_known_by_its_rows(tmp_path: Path) -> None:
    one = read_user_list(places(tmp_path, HEADER + ROW))
    assert [names for _, names in one.entries] == [("Zhorvan depot", "Zhorvan", "Old Depot")]
    assert read_user_list(places(tmp_path, "# mine\n\n" + HEADER + ROW)) == one
    assert read_user_list(places(tmp_path, "\ufeff" + HEADER + ROW.replace("\n", "\r\n"))) == one
    assert read_user_list(places(tmp_path, HEADER + ROW.replace("35.4", "35.5"))).digest != one.digest


@pytest.mark.parametrize(
    "text",
    ["A bomb hit Zhorvan.", "ZHORVAN'S market", "The al-Zhorvan road", "in Zhorven", "Zhurvan", "at the old\ndepot"],
)
def test_a_text_that_comes_near_a_name_can_be_read_differently(text: str) -> None:
    assert can_matter(text, ["Zhorvan", "Old Depot"])


@pytest.mark.parametrize("text", ["A bomb hit Kirkuk.", "", "The army said so.", "An old man"])
def test_a_text_without_such_a_word_cannot(text: str) -> None:
    assert not can_matter(text, ["Zhorvan", "Old Depot"])


def test_nothing_is_named_by_nothing() -> None:
    assert not can_matter("A bomb hit Kirkuk.", [])
    assert not can_matter("A bomb hit Kirkuk.", ["", "-"])
