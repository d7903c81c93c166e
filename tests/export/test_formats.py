"""Every format, read back by another hand where there is one."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import feedparser
import geopandas
import lxml.etree
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export.formats.codebooks import ACLED_COLUMNS, GED_COLUMNS
from pipeline.export.registry import FORMATS
from pipeline.export.rows import Written
from schemas.tables import INCIDENTS, arrow_schema, to_row
from tests.support.records import DAY, actor, any_incidents, incident

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,"
    "event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,"
    "gwnob"
)
NASTY = '</script><b>"Tom & Jerry"</b> \u200f\u202e🙂 \x00\x1b[31m'
ON_A_DAY = {"date_earliest": DAY, "date_latest": DAY, "date_precision": "day", "date_basis": "explicit"}
REPORT = {"source": "Wire", "url": "https://wire.example/1", "title": "T", "published_at": datetime.now(timezone.utc)}


def row(number: int = 0, reports: list[dict[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    fields = ON_A_DAY | fields
    plain = to_row(incident(number, **fields))
    plain["confidence_parts"] = dict(plain["confidence_parts"])
    return plain | {"reports": [REPORT] if reports is None else reports}


def revision(number: int = 0, **fields: Any) -> dict[str, Any]:
    told = {"revision": 1, "change": "created", "recorded_at": datetime(2023, 11, 10, 6, tzinfo=timezone.utc)}
    return row(number, **fields) | told


LOCATED = row(1, latitude=33.5, longitude=-38.25, geo_precision="exact", country="SYR")
NOWHERE = row(2, latitude=None, longitude=None, geo_precision="country", date_earliest=None, date_latest=None,
              date_precision="unknown", date_basis="none")  # fmt: skip
BAD = row(3, place_name="=cmd|' /C calc'!A0", perpetrators=(actor(NASTY),), claimed_by=(actor("@SUM(1)"),))
ROWS = [LOCATED, NOWHERE, BAD]


def written(form: str, rows: list[dict[str, Any]], path: Path) -> Written:
    return FORMATS[form].write(rows, path)


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_rows_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    rows = [revision(1), revision(2, perpetrators=(actor(NASTY),))]
    written(form, rows, tmp_path / "one")
    written(form, rows, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_no_rows_make_a_whole_file(form: str, tmp_path: Path) -> None:
    assert written(form, [], tmp_path / "empty").rows == 0
    assert (tmp_path / "empty").stat().st_size > 0


@pytest.mark.parametrize(("form", "driver"), [("geojson", "GeoJSON"), ("gpkg", "GPKG"), ("kml", "KML")])
def test_gdal_reads_as_many_features_as_rows(form: str, driver: str, tmp_path: Path) -> None:
    path = tmp_path / f"incidents.{form}"
    told = written(form, ROWS, path)
    found = pyogrio.read_info(path)
    assert (found["driver"].removeprefix("LIBKML").strip() or driver) == driver
    assert found["features"] == told.rows == 3
    assert told.left_out == {"no point (their geometry is null)": sum(r["latitude"] is None for r in ROWS)}


def test_geojson_keeps_null_geometry_and_the_order_of_coordinates(tmp_path: Path) -> None:
    written("geojson", ROWS, tmp_path / "x.geojson")
    features = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [-38.25, 33.5]}
    assert features[1]["geometry"] is None
    assert features[2]["properties"]["perpetrators"][0]["name"] == NASTY


def test_geopackage_has_types_and_points(tmp_path: Path) -> None:
    written("gpkg", ROWS, tmp_path / "x.gpkg")
    frame = geopandas.read_file(tmp_path / "x.gpkg")
    assert frame.crs.to_epsg() == 4326
    assert (frame.geometry.iloc[0].x, frame.geometry.iloc[0].y) == (-38.25, 33.5)
    assert frame.geometry.iloc[1] is None
    assert frame["mention_count"].dtype.kind == "i"
    assert frame["date_earliest"].dtype.kind == "M"


def test_geoparquet_is_one_for_geopandas(tmp_path: Path) -> None:
    written("geoparquet", ROWS, tmp_path / "x.parquet")
    frame = geopandas.read_parquet(tmp_path / "x.parquet")
    assert len(frame) == 3
    assert (frame.geometry.iloc[0].x, frame.geometry.iloc[0].y) == (-38.25, 33.5)
    assert frame.geometry.isna().tolist() == [False, True, BAD["latitude"] is None]


def test_kml_spans_the_interval(tmp_path: Path) -> None:
    span = row(4, date_earliest=DAY, date_latest=date(2023, 11, 12), date_precision="days", date_basis="explicit")
    written("kml", [span, NOWHERE], tmp_path / "x.kml")
    space = "{http://www.opengis.net/kml/2.2}"
    placemarks = list(lxml.etree.parse(tmp_path / "x.kml").iter(f"{space}Placemark"))
    begin, end = placemarks[0].find(f"{space}TimeSpan")
    assert (begin.text, end.text) == ("2023-11-09", "2023-11-12")
    assert placemarks[1].find(f"{space}TimeSpan") is None


def test_no_cell_is_run_as_a_formula(tmp_path: Path) -> None:
    written("csv", ROWS, tmp_path / "x.csv")
    (cells,) = (one for one in sheet(tmp_path / "x.csv") if one["incident_id"] == BAD["incident_id"])
    assert cells["place_name"] == "'=cmd|' /C calc'!A0"
    assert cells["claimant_names"] == "'@SUM(1)"
    assert not any(value.startswith(("=", "+", "@")) for value in cells.values())


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    written("csv", [LOCATED], tmp_path / "x.csv")
    assert sheet(tmp_path / "x.csv")[0]["longitude"] == "-38.25"


@settings(max_examples=30)
@given(st.lists(any_incidents(), max_size=4, unique_by=lambda one: one.incident_id))
def test_csv_and_parquet_come_back_as_the_rows(tmp_path_factory: pytest.TempPathFactory, incidents: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("round")
    rows = [to_row(one) | {"reports": []} for one in incidents]
    for one in rows:
        one["confidence_parts"] = dict(one["confidence_parts"])
    written("parquet", rows, folder / "x.parquet")
    back = pq.read_table(folder / "x.parquet").to_pylist()
    assert [one | {"confidence_parts": dict(one["confidence_parts"])} for one in back] == rows
    written("csv", rows, folder / "x.csv")
    columns = arrow_schema(INCIDENTS.model)
    assert [{one.name: _read(cells[one.name], one) for one in columns} for cells in sheet(folder / "x.csv")] == [
        {one.name: plain[one.name] or (None if plain[one.name] == "" else plain[one.name]) for one in columns}
        for plain in rows
    ]


def _read(cell: str, field: pa.Field) -> Any:
    """Read a cell as the type that its column has."""
    if pa.types.is_nested(field.type):
        return json.loads(cell)
    if pa.types.is_string(field.type):
        return cell.removeprefix("'") or None
    readers: dict[pa.DataType, Callable[[str], Any]] = {
        pa.bool_(): lambda text: text == "true", pa.int64(): int, pa.float64(): float,
        pa.date32(): date.fromisoformat, pa.timestamp("us", "UTC"): datetime.fromisoformat,
    }  # fmt: skip
    return readers[field.type](cell) if cell else None


def test_the_columns_of_the_codebooks_are_theirs() -> None:
    assert ",".join(column.name for column in ACLED_COLUMNS) == ACLED
    assert ",".join(column.name for column in GED_COLUMNS) == GED


def test_acled_leaves_out_what_has_no_day_and_never_says_none_for_nothing(tmp_path: Path) -> None:
    silent = row(5, killed_low=None, killed_best=None, killed_high=None)
    none = row(6, killed_low=0, killed_best=0, killed_high=0)
    year = row(7, date_earliest=date(2023, 1, 1), date_latest=date(2023, 12, 31), date_precision="year",
               date_basis="explicit")  # fmt: skip
    told = written("acled", [silent, none, year, NOWHERE], tmp_path / "x.csv")
    assert told.left_out == {"no date": 1, "known to a longer time than a month": 1}
    assert [one["fatalities"] for one in sheet(tmp_path / "x.csv")] == ["", "0"]
    assert {one["time_precision"] for one in sheet(tmp_path / "x.csv")} == {"1"}


def test_ged_has_lethal_incidents_only(tmp_path: Path) -> None:
    lethal = row(8, killed_low=3, killed_best=4, killed_high=6, date_earliest=DAY, date_latest=date(2023, 11, 14),
                 date_precision="days", date_basis="explicit")  # fmt: skip
    told = written("ged", [lethal, row(9, killed_low=0, killed_best=0, killed_high=0)], tmp_path / "x.csv")
    (cells,) = sheet(tmp_path / "x.csv")
    assert told.left_out == {"no death is reported": 1}
    assert (cells["best"], cells["low"], cells["high"], cells["date_prec"]) == ("4", "3", "6", "2")
    assert cells["conflict_new_id"] == ""


def test_a_place_on_the_equator_has_a_point_in_every_format(tmp_path: Path) -> None:
    here = row(10, latitude=0.0, longitude=32.5, geo_precision="exact", killed_low=1, killed_best=1, killed_high=1)
    written("ged", [here], tmp_path / "ged.csv")
    written("acled", [here], tmp_path / "acled.csv")
    written("kml", [here], tmp_path / "x.kml")
    assert sheet(tmp_path / "ged.csv")[0]["geom_wkt"] == "POINT (32.5 0.0)"
    assert sheet(tmp_path / "acled.csv")[0]["latitude"] == "0.0"
    assert "<coordinates>32.5,0.0</coordinates>" in (tmp_path / "x.kml").read_text(encoding="utf-8")
    for form in ("geojson", "gpkg", "geoparquet", "kml"):
        assert not written(form, [here], tmp_path / f"again.{form}").left_out


def test_hxl_has_a_row_of_tags(tmp_path: Path) -> None:
    written("hxl", [LOCATED], tmp_path / "x.csv")
    tags, cells = sheet(tmp_path / "x.csv")
    assert (tags["latitude"], cells["latitude"]) == ("#geo+lat", "33.5")
    assert all(tag == "" or tag.startswith("#") for tag in tags.values())


def test_atom_is_well_formed_and_has_an_entry_a_revision(tmp_path: Path) -> None:
    later = revision(1) | {
        "revision": 2,
        "change": "updated",
        "recorded_at": datetime(2023, 11, 11, tzinfo=timezone.utc),
    }
    bad = revision(2, perpetrators=(actor(NASTY),), reports=[REPORT | {"url": "javascript:alert(1)"}])
    written("atom", [later, revision(1), bad], tmp_path / "x.atom")
    found = feedparser.parse(tmp_path / "x.atom")
    assert found.bozo == 0
    assert len({entry.id for entry in found.entries}) == 3
    assert found.feed.updated == "2023-11-11T00:00:00Z"
    assert "javascript" not in (tmp_path / "x.atom").read_text(encoding="utf-8")
