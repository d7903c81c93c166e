from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from pipeline.page.selection import PageSelection
from pipeline.page.svg import HEIGHT, WIDTH, Place, fitting, map_of, marks_of, write_map
from tests.support.pages import database_of
from tests.support.records import incident

places = st.lists(
    st.builds(Place, st.floats(-80, 80), st.floats(-180, 180), st.sampled_from(["exact", "locality", "region", "sea"])),
    max_size=60,
)


@given(places)
def test_every_place_is_within_the_picture_and_in_one_mark(found: list[Place]) -> None:
    view = fitting(found)
    for place in found:
        x, y = view.place(place.latitude, place.longitude)
        assert -1 <= x <= WIDTH + 1
        assert -HEIGHT <= y <= 2 * HEIGHT  # the whole world is higher than the picture
    marks = marks_of(found, view)
    assert sum(mark.count for mark in marks if not mark.is_area) == sum(
        p.precision != "region" and p.precision != "sea" for p in found
    )
    assert sum(mark.count for mark in marks) == len(found)


def test_a_picture_is_well_formed_and_counts_what_it_cannot_show() -> None:
    picture = map_of([Place(33.5, 36.3, "locality"), Place(34, 38, "region")], {"country": 1_200, "unknown": 3})
    root = ElementTree.fromstring(picture)  # noqa: S314  # our own
    kinds = [element.get("class") for element in root.iter() if element.get("class")]
    assert (kinds.count("point"), kinds.count("area")) == (2, 2)  # one each in the legend
    assert "1,200 known to the country only, 3 with no place" in picture
    assert picture.count('r="1.2"') > 2  # towns


def test_no_incident_is_a_map_of_the_world() -> None:
    assert ElementTree.fromstring(map_of([], {})) is not None  # noqa: S314  # our own


def test_the_same_database_makes_the_same_picture_without_points_for_countries(tmp_path: Path) -> None:
    point = {"latitude": 33.5, "longitude": 36.3, "geo_precision": "exact"}
    database = database_of(
        tmp_path / "a.duckdb", incident(1, **point), incident(2, country="SYR", geo_precision="country")
    )
    assert write_map(database, tmp_path / "one.svg", PageSelection()) == 1
    write_map(database, tmp_path / "two.svg", PageSelection())
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
