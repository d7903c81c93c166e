"""Which formats there are. A further one is a function in a module of `formats`, and its line here."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.export.formats.atom import write_atom
from pipeline.export.formats.codebooks import write_acled, write_ged, write_hxl
from pipeline.export.formats.geojson import write_geojson
from pipeline.export.formats.geopackage import write_geopackage
from pipeline.export.formats.geoparquet import write_geoparquet
from pipeline.export.formats.kml import write_kml
from pipeline.export.formats.plain import write_csv, write_json, write_parquet
from pipeline.export.rows import Row, Written


class Format(NamedTuple):
    """A format: what writes it, what it is for, and whether its rows are revisions instead of incidents."""

    write: Callable[[Iterable[Row], Path], Written]
    about: str
    of_revisions: bool = False


FORMATS: Mapping[str, Format] = {
    "csv": Format(write_csv, "a sheet, lists and structs as JSON"),
    "json": Format(write_json, "an array of objects"),
    "parquet": Format(write_parquet, "columns with their types"),
    "geojson": Format(write_geojson, "features for maps (RFC 7946)"),
    "gpkg": Format(write_geopackage, "GeoPackage, for QGIS"),
    "geoparquet": Format(write_geoparquet, "GeoParquet 1.1"),
    "kml": Format(write_kml, "placemarks with time spans, for Google Earth"),
    "acled": Format(write_acled, "a sheet in the columns of ACLED"),
    "ged": Format(write_ged, "a sheet in the columns of UCDP GED, lethal incidents only"),
    "hxl": Format(write_hxl, "a sheet with HXL tags"),
    "atom": Format(write_atom, "a feed of what is new and what has changed", of_revisions=True),
}
