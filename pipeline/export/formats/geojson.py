"""GeoJSON (RFC 7946)."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.export.columns import to_json
from pipeline.export.points import NO_POINT, count
from pipeline.export.rows import Row, Written, point_of


def write_geojson(rows: Iterable[Row], path: Path) -> Written:
    """Write a feature collection, a feature a line; `properties` are the columns of the table.

    A row without a point has a null geometry; the member `without_point` says how many these are.
    """
    written = Written()
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for row in rows:
            file.write((",\n" if written.rows else "\n") + to_json(_feature(row)))
            count(written, row)
        file.write(f'\n], "without_point": {written.left_out.get(NO_POINT, 0)}}}\n')
    return written


def _feature(row: Row) -> dict[str, object]:
    point = point_of(row)
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {"type": "Feature", "id": row["incident_id"], "geometry": geometry, "properties": dict(row)}
