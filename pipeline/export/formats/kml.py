"""KML 2.3, for Google Earth and its like."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.export.columns import Column, cell
from pipeline.export.formats.plain import CSV_COLUMNS
from pipeline.export.points import count
from pipeline.export.rows import Row, Written, point_of, sources_of, title_of, when_of
from pipeline.export.xml_text import xml


def write_kml(rows: Iterable[Row], path: Path) -> Written:
    """Write a placemark a row; its time span is the interval in which the incident lies."""
    written = Written()
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n')
        for row in rows:
            file.write("".join(_placemark(row)) + "\n")
            count(written, row)
        file.write("</Document></kml>\n")
    return written


def _placemark(row: Row) -> Iterator[str]:
    yield f'<Placemark id="{xml(row["incident_id"])}"><name>{xml(title_of(row))}</name>'
    yield f"<description>{xml('; '.join(filter(None, [when_of(row), sources_of(row)])))}</description>"
    if row["date_earliest"] is not None:
        first, last = row["date_earliest"].isoformat(), row["date_latest"].isoformat()
        yield f"<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>"
    data = (_data(column, row) for column in CSV_COLUMNS if column.of(row) not in (None, "", [], {}))
    yield f"<ExtendedData>{''.join(data)}</ExtendedData>"
    if point := point_of(row):
        yield f"<Point><coordinates>{point[0]},{point[1]}</coordinates></Point>"
    yield "</Placemark>"


def _data(column: Column, row: Row) -> str:
    return f'<Data name="{column.name}"><value>{xml(cell(column.of(row)))}</value></Data>'
