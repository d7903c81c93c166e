"""The table `gazetteer`: places of the release, for questions that begin with a name."""

from pathlib import Path

import pytest

from pipeline.knowledge.gazetteer import places
from pipeline.storage.database import connect
from pipeline.storage.gazetteer import fill_gazetteer
from pipeline.storage.schema import create_schema
from tests.support.databases import rows


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "x.duckdb"
    with connect(path) as connection:
        create_schema(connection)
        fill_gazetteer(connection)
    return path


def test_it_holds_every_place_that_is_shipped(database: Path) -> None:
    assert rows(database, "SELECT count(*) FROM gazetteer") == [(len(places()),)]


def test_towns_sites_and_seas_are_found_by_name(database: Path) -> None:
    query = (
        "SELECT name, kind, country, round(latitude), round(longitude), population IS NULL FROM gazetteer "
        "WHERE name IN ('Deir ez-Zor', 'Ain al-Asad air base', 'Red Sea') AND kind <> 'admin1' ORDER BY name"
    )
    assert rows(database, query) == [
        ("Ain al-Asad air base", "airfield", "IRQ", 34, 42, True),
        ("Deir ez-Zor", "city", "SYR", 35, 40, False),
        ("Red Sea", "sea", "XSE", 20, 39, True),
    ]


def test_a_region_without_one_centre_has_no_point(database: Path) -> None:
    query = "SELECT count(*) FROM gazetteer WHERE (latitude IS NULL) <> (longitude IS NULL)"
    assert rows(database, query) == [(0,)]
    assert rows(database, "SELECT count(*) > 0 FROM gazetteer WHERE latitude IS NULL AND kind = 'region'") == [(True,)]


def test_places_are_written_once_and_renewed_when_others_are_shipped(database: Path) -> None:
    with connect(database) as connection:
        connection.execute("DELETE FROM gazetteer WHERE country <> 'SYR'")
        fill_gazetteer(connection)
        assert connection.execute("SELECT count(DISTINCT country) FROM gazetteer").fetchone() == (1,)
        connection.execute("COMMENT ON TABLE gazetteer IS 'what an older release shipped'")
        fill_gazetteer(connection)
        assert connection.execute("SELECT count(*) FROM gazetteer").fetchone() == (len(places()),)
