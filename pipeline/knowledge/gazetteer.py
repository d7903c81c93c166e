"""The places of the shipped data files as one table: for the database's own, and for the towns of a map.

The columns are those of `schemas.place.Place`: degrees are WGS 84, null is what is not known.
"""

import hashlib
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from pipeline.knowledge.tables import DATA, rows

_SHIPPED = "gazetteer.tsv.gz"
_SHIPPED_COLUMNS = ("kind", "name", "keys", "admin1", "country", "latitude", "longitude", "population", "flags")
_CURATED = ("sites.csv", "regions.csv")
_TOWN_WITH_A_GOVERNMENT = "capital"
_TYPES = {
    "name": pa.string(), "kind": pa.string(), "admin1": pa.string(), "country": pa.string(),
    "latitude": pa.float64(), "longitude": pa.float64(), "population": pa.int64(),
}  # fmt: skip


def places() -> pa.Table:
    """Return every place that is shipped, those written by hand first."""
    return pa.concat_tables([pa.Table.from_pylist(_curated(), pa.schema(_TYPES.items())), _shipped()])


def digest() -> str:
    """Return what stands for the places as they are shipped: another text for other files."""
    found = hashlib.sha256()
    for file in (_SHIPPED, *_CURATED):
        found.update((DATA / file).read_bytes())
    return found.hexdigest()[:16]


def _curated() -> list[dict[str, object]]:
    return [
        {
            "name": row["name"],
            "kind": "city" if row["type"] == _TOWN_WITH_A_GOVERNMENT else row["type"] or "other",
            "admin1": row["admin1"] or None,
            "country": row["country"] or None,
            "latitude": float(row["lat"]) if row["lat"] else None,
            "longitude": float(row["lon"]) if row["lon"] else None,
        }
        for file in _CURATED
        for row in rows(file)
    ]


def _shipped() -> pa.Table:
    with pa.CompressedInputStream(BytesIO((DATA / _SHIPPED).read_bytes()), "gzip") as lines:
        read = csv.read_csv(
            lines,
            read_options=csv.ReadOptions(column_names=list(_SHIPPED_COLUMNS)),
            parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
            convert_options=csv.ConvertOptions(
                include_columns=list(_TYPES), column_types=_TYPES, null_values=[""], strings_can_be_null=True
            ),
        )
    is_province = pc.equal(read["kind"], "admin1")
    within = pc.if_else(is_province, read["name"], read["admin1"])
    known = pc.if_else(pc.greater(read["population"], 0), read["population"], pa.scalar(None, pa.int64()))
    return read.set_column(2, "admin1", within).set_column(6, "population", known)
