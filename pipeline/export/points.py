"""Points as map formats write them."""

import struct

from pipeline.export.rows import Row, Written, point_of

NO_POINT = "no point (their geometry is null)"
WGS84 = 4326
"""The EPSG code of the coordinate system of all points: degrees of longitude and latitude."""

_POINT = struct.Struct("<BIdd")  # byte order, geometry type, x, y
_LITTLE_ENDIAN, _TYPE_POINT = 1, 1


def well_known_binary(point: tuple[float, float]) -> bytes:
    """Return a point (longitude, latitude) as well-known binary (OGC 06-103r4)."""
    return _POINT.pack(_LITTLE_ENDIAN, _TYPE_POINT, *point)


def count(written: Written, row: Row) -> None:
    """Count a row of a map format: all are written, and those that no map shows are counted besides."""
    written.rows += 1
    if point_of(row) is None:
        written.leave_out(NO_POINT)
