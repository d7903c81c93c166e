"""GeoPackage (OGC 12-128r18), which QGIS opens without a plug-in."""

import sqlite3
import struct
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from pipeline.export.columns import flat
from pipeline.export.formats.plain import CSV_COLUMNS, FLAT_SCHEMA
from pipeline.export.points import WGS84, count, well_known_binary
from pipeline.export.rows import Row, Written, point_of

_HEADER = b"GP" + bytes([0, 1]) + struct.pack("<i", WGS84)  # version 0; little-endian, no envelope
_ID, _VERSION = 0x47504B47, 10_300  # "GPKG", 1.3
_EPOCH = "1970-01-01T00:00:00.000Z"
"""When the file says that it was made: the same rows give the same bytes."""

_TYPES = {
    pa.int64(): "INTEGER",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "DATETIME",
}

_TABLES = f"""
PRAGMA application_id = {_ID};
PRAGMA user_version = {_VERSION};
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
    ('WGS 84 geodetic', {WGS84}, 'EPSG', {WGS84}, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,'
        || '298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]', NULL);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
    srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
INSERT INTO gpkg_contents VALUES
    ('incidents', 'features', 'incidents', '', '{_EPOCH}', NULL, NULL, NULL, NULL, {WGS84});
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL PRIMARY KEY REFERENCES gpkg_contents(table_name),
    column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL
    REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL);
INSERT INTO gpkg_geometry_columns VALUES ('incidents', 'geom', 'POINT', {WGS84}, 0, 0);
"""

_COLUMNS = ", ".join(f'"{field.name}" {_TYPES.get(field.type, "TEXT")}' for field in FLAT_SCHEMA)
_LAYER = f"CREATE TABLE incidents (fid INTEGER PRIMARY KEY, geom POINT, {_COLUMNS})"
_INSERT = f"INSERT INTO incidents VALUES (NULL, {', '.join('?' * (len(FLAT_SCHEMA) + 1))})"


def write_geopackage(rows: Iterable[Row], path: Path) -> Written:
    """Write one layer of points, `incidents`; a row without a point has a null geometry."""
    written = Written()
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_TABLES + _LAYER)
        for row in rows:
            database.execute(_INSERT, [_geometry(row), *(_plain(flat(column.of(row))) for column in CSV_COLUMNS)])
            count(written, row)
    return written


def _geometry(row: Row) -> bytes | None:
    point = point_of(row)
    return None if point is None else _HEADER + well_known_binary(point)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return value.isoformat() if isinstance(value, date) else value
