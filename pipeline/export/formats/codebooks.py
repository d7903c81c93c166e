"""The shapes of the field's data sets: ACLED (31 columns), UCDP GED (49 columns), and HXL tags over a sheet.

What a data set codes by hand and reports do not say (an actor's role in a war, a dyad's number) stays empty: a code
that nobody has decided would be wrong. Deaths are empty where no report gives a number; 0 is "the text says none".
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.export.columns import Column, nothing, write_delimited
from pipeline.export.formats.plain import CSV_COLUMNS
from pipeline.export.rows import (
    Row,
    Written,
    days_of,
    first_name,
    names,
    other_names,
    place_of,
    point_of,
    sources_of,
    title_of,
)
from schemas import ActorType, DatePrecision, EventType, GeoPrecision
from schemas.codes import CODINGS

_WEEK_DAYS, _MONTH_DAYS = 7, 31
_STATE_FORCES = "State forces"
_CIVILIAN_TYPES = frozenset({EventType.ATTACK_ON_CIVILIANS, EventType.ABDUCTION, EventType.ASSASSINATION})
_POINTED = {GeoPrecision.EXACT: 1, GeoPrecision.LOCALITY: 1}
_ACLED_PLACE = _POINTED | dict.fromkeys((GeoPrecision.ADMIN1, GeoPrecision.REGION, GeoPrecision.SEA), 3)
_GED_PLACE = _POINTED | {
    GeoPrecision.ADMIN1: 4,
    GeoPrecision.REGION: 5,
    GeoPrecision.COUNTRY: 6,
    GeoPrecision.SEA: 7,
}


def write_acled(rows: Iterable[Row], path: Path) -> Written:
    """Write CSV in ACLED's 31 columns. Rows without a date, or whose interval is longer than a month, are left out."""
    return _write(rows, path, ACLED_COLUMNS, _not_in_acled)


def write_ged(rows: Iterable[Row], path: Path) -> Written:
    """Write CSV in the 49 columns of UCDP GED 25. Rows without a date, or without a death, are left out."""
    return _write(rows, path, GED_COLUMNS, _not_in_ged)


def write_hxl(rows: Iterable[Row], path: Path) -> Written:
    """Write CSV with a row of tags (HXL 1.1) below the header, as humanitarian exchanges read it."""
    written = Written()
    with path.open("w", encoding="utf-8", newline="") as file:
        write_delimited(file, HXL_COLUMNS, rows, written, tags=True)
    return written


def _write(rows: Iterable[Row], path: Path, columns: tuple[Column, ...], why_not: Any) -> Written:
    written = Written()
    with path.open("w", encoding="utf-8", newline="") as file:
        write_delimited(file, columns, rows, written, why_not)
    return written


def _deaths(row: Row) -> int | None:
    best: int | None = row["killed_best"]
    return row["killed_low"] if best is None else best


def _not_in_acled(row: Row) -> str | None:
    days = days_of(row)
    if days is None:
        return "no date"
    return "known to a longer time than a month" if days > _MONTH_DAYS else None


def _not_in_ged(row: Row) -> str | None:
    if days_of(row) is None:
        return "no date"
    return None if (_deaths(row) or row["killed_high"] or 0) > 0 else "no death is reported"


def _acled_time(row: Row) -> int:
    """Return 1 for a day, 2 for a week, 3 for a month."""
    days = days_of(row) or _MONTH_DAYS
    return 1 if days == 1 else 2 if days <= _WEEK_DAYS else 3


def _ged_time(row: Row) -> int:
    """Return 1 for a day, 2 for some days of a week, 3 for a week, 4 for a month, 5 for longer."""
    days = days_of(row) or _MONTH_DAYS + 1
    if days < _WEEK_DAYS:
        return 1 if days == 1 else 2
    return 3 if row["date_precision"] == DatePrecision.WEEK or days <= _WEEK_DAYS else 4 if days <= _MONTH_DAYS else 5


def _event(row: Row) -> str:
    return CODINGS[EventType(row["event_type"])].acled_event


def _disorder(row: Row) -> str:
    event = _event(row)
    return event if event == "Strategic developments" else "Political violence"


def _role(column: str) -> Any:
    """Return a function for a side's role: state forces only, since a rebel and a militia cannot be told apart."""

    def role(row: Row) -> str | None:
        first = next(iter(row[column] or ()), None)
        return _STATE_FORCES if first and first["actor_type"] == ActorType.STATE else None

    return role


def _civilian(row: Row) -> str | None:
    return "Civilian targeting" if EventType(row["event_type"]) in _CIVILIAN_TYPES else None


def _tags(row: Row) -> str:
    wounded = row["wounded_low"] if row["wounded_best"] is None else row["wounded_best"]
    told = {
        "claimed by": names(row["claimed_by"]) or None,
        "wounded": wounded,
        "brought down": row["intercepted_low"],
        "outcome": row["outcome"],
        "status": row["status"],
    }
    return "; ".join(f"{name}={value}" for name, value in told.items() if value is not None)


def _report(name: str) -> Any:
    return lambda row: next((report[name] for report in row["reports"] if report[name]), None)


def _well_known_text(row: Row) -> str | None:
    point = point_of(row)
    return None if point is None else f"POINT ({point[0]} {point[1]})"


ACLED_COLUMNS = (
    Column("event_id_cnty", lambda row: f"{row['country'] or ''}{row['incident_id']}"),
    Column("event_date", "date_earliest"),
    Column("year", lambda row: row["date_earliest"].year),
    Column("time_precision", _acled_time),
    Column("disorder_type", _disorder),
    Column("event_type", _event),
    Column("sub_event_type", lambda row: CODINGS[EventType(row["event_type"])].acled_sub_event),
    Column("actor1", lambda row: first_name(row["perpetrators"])),
    Column("assoc_actor_1", lambda row: other_names(row["perpetrators"])),
    Column("inter1", _role("perpetrators")),
    Column("actor2", lambda row: first_name(row["targets"])),
    Column("assoc_actor_2", lambda row: other_names(row["targets"])),
    Column("inter2", _role("targets")),
    Column("interaction", nothing),
    Column("civilian_targeting", _civilian),
    Column("iso", nothing),
    Column("region", nothing),
    Column("country", "country"),
    Column("admin1", "admin1"),
    Column("admin2", nothing),
    Column("admin3", nothing),
    Column("location", place_of),
    Column("latitude", "latitude"),
    Column("longitude", "longitude"),
    Column("geo_precision", lambda row: _ACLED_PLACE.get(GeoPrecision(row["geo_precision"]))),
    Column("source", sources_of),
    Column("source_scale", nothing),
    Column("notes", title_of),
    Column("fatalities", _deaths),
    Column("tags", _tags),
    Column("timestamp", lambda row: row["last_reported_at"] and int(row["last_reported_at"].timestamp())),
)

GED_COLUMNS = (
    Column("id", "incident_id"),
    Column("relid", nothing),
    Column("year", lambda row: row["date_earliest"].year),
    *(Column(name, nothing) for name in ("active_year", "code_status", "type_of_violence")),
    *(Column(name, nothing) for name in ("conflict_dset_id", "conflict_new_id", "conflict_name")),
    *(Column(name, nothing) for name in ("dyad_dset_id", "dyad_new_id", "dyad_name")),
    *(Column(name, nothing) for name in ("side_a_dset_id", "side_a_new_id")),
    Column("side_a", lambda row: first_name(row["perpetrators"])),
    *(Column(name, nothing) for name in ("side_b_dset_id", "side_b_new_id")),
    Column("side_b", lambda row: first_name(row["targets"])),
    Column("number_of_sources", "source_count"),
    Column("source_article", lambda row: "; ".join(filter(None, (report["url"] for report in row["reports"])))),
    Column("source_office", sources_of),
    Column("source_date", _report("published_at")),
    Column("source_headline", _report("title")),
    Column("source_original", nothing),
    Column("where_prec", lambda row: _GED_PLACE.get(GeoPrecision(row["geo_precision"]))),
    Column("where_coordinates", place_of),
    Column("where_description", "place_text"),
    Column("adm_1", "admin1"),
    Column("adm_2", nothing),
    Column("latitude", "latitude"),
    Column("longitude", "longitude"),
    Column("geom_wkt", _well_known_text),
    Column("priogrid_gid", nothing),
    Column("country", "country"),
    Column("country_id", nothing),
    Column("region", nothing),
    Column("event_clarity", lambda row: 1 if row["date_precision"] == DatePrecision.DAY else 2),
    Column("date_prec", _ged_time),
    Column("date_start", "date_earliest"),
    Column("date_end", "date_latest"),
    *(Column(name, nothing) for name in ("deaths_a", "deaths_b", "deaths_civilians")),
    Column("deaths_unknown", _deaths),
    Column("best", _deaths),
    Column("high", "killed_high"),
    Column("low", "killed_low"),
    Column("gwnoa", nothing),
    Column("gwnob", nothing),
)

_TAGS = {
    "incident_id": "#event+code",
    "event_type": "#event+type",
    "date_earliest": "#date+occurred+start",
    "date_latest": "#date+occurred+end",
    "country": "#country+code+v_iso3",
    "admin1": "#adm1+name",
    "place_name": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "killed_low": "#affected+killed+min",
    "killed_best": "#affected+killed",
    "killed_high": "#affected+killed+max",
    "wounded_low": "#affected+injured+min",
    "wounded_best": "#affected+injured",
    "wounded_high": "#affected+injured+max",
    "perpetrator_names": "#group+name+perpetrator",
    "target_names": "#group+name+target",
    "claimant_names": "#group+name+claimant",
    "source_names": "#meta+source",
}

HXL_COLUMNS = tuple(column._replace(tag=_TAGS.get(column.name, "")) for column in CSV_COLUMNS)
