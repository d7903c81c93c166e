"""The SQL that says of a mention what linking files it by; the same terms as `report` and `linking.keys`."""

import duckdb

from pipeline.linking.blocking_keys import (
    ANYWHERE,
    CELL_DEGREES,
    COUNTRY,
    ON_DAY,
    PEOPLE_SLACK_DAYS,
    PERSON,
    SLACK_DAYS,
    VAGUE,
    on_days_told,
)
from pipeline.linking.people import person_key
from pipeline.records.identity import incident_id
from pipeline.records.report import LONGEST_DATED_DAYS, UNREAD, VAGUEST
from schemas.tables import MENTIONS

_RANK = """CASE
    WHEN m.facility IS NOT NULL OR m.geo_precision IN ('exact', 'locality') THEN 0
    WHEN m.place_name IS NOT NULL AND m.geo_precision NOT IN ('country', 'unknown') THEN 1
    ELSE 2
END"""

_KIND = "m.facility[len(m.place_name) + 1:]"
_NAMES_SITE = f"coalesce(NOT starts_with(m.facility, m.place_name || ' ') OR {_KIND} <> lower({_KIND}), true)"

_IS_POINT = "m.longitude IS NOT NULL AND m.geo_precision IN ('exact', 'locality')"

_DATED = f"m.date_earliest IS NOT NULL AND m.date_latest - m.date_earliest < {LONGEST_DATED_DAYS}"

_ON_DAYS = f"""CASE
    WHEN m.date_earliest IS NULL AND m.date_text IS NOT NULL THEN on_days_told(m.date_text)
    WHEN m.date_earliest IS NOT NULL AND m.date_precision = 'day' THEN [strftime(m.date_earliest, '{ON_DAY} %m-%d')]
    ELSE []
END"""

_NAMES = """list_transform(
    list_filter(list_concat(m.targets, m.perpetrators), lambda actor: actor.actor_type = 'person'),
    lambda actor: actor.name
)"""

CARD = f"""m.mention_id, m.article_id, coalesce(m.country, '') AS link_key, {_DATED} AS dated,
    {_RANK} AS place_rank, m.published_at,
    m.date_earliest - DATE '1970-01-01' AS first_day, m.date_latest - DATE '1970-01-01' AS last_day,
    list_filter(
        list_concat(
            [CASE WHEN {_RANK} < {VAGUEST} AND {_NAMES_SITE} THEN m.facility END,
            CASE WHEN {_RANK} < {VAGUEST} AND m.place_name IS DISTINCT FROM m.facility THEN m.place_name END],
            CASE WHEN len({_NAMES}) > 0 THEN people_of({_NAMES}) ELSE [] END,
            {_ON_DAYS},
            [CASE WHEN {_RANK} > 0 OR NOT ({_DATED}) THEN '{ANYWHERE}' END]
        ),
        lambda name: name IS NOT NULL
    ) AS units,
    list_filter(
        [CASE WHEN {_NAMES_SITE} THEN 'site ' || m.facility END,
        CASE WHEN {_RANK} < {VAGUEST} THEN 'place ' || m.place_name END, 'admin1 ' || m.admin1],
        lambda name: name IS NOT NULL
    ) AS areas,
    CASE WHEN {_IS_POINT} THEN CAST(floor(m.latitude / {CELL_DEGREES}) AS INTEGER) END AS cell_row,
    CASE WHEN m.latitude IS NOT NULL AND {_IS_POINT} THEN CAST(floor(m.longitude / {CELL_DEGREES}) AS INTEGER) END
        AS cell_column"""
"""The columns of a card, from a mention `m`: its country, its days since 1970, whether these place it in time, how well
its place is known, under what reports with and without a date find each other (`keys.units`), its places and its cell.
"""

_PEOPLE = f"list_filter(units, lambda name: starts_with(name, '{PERSON} '))"

SPOTS = f"""list_concat(
    areas, CASE WHEN cell_row IS NULL THEN [] ELSE ['cell ' || cell_row || ' ' || cell_column] END,
    ['{COUNTRY}'], CASE WHEN place_rank > 0 THEN ['{VAGUE}'] ELSE [] END, {_PEOPLE}
)"""
"""Where a dated report is filed, from its card (`keys.spots`)."""

_AROUND = ", ".join(
    f"'cell ' || (cell_row + {dy}) || ' ' || (cell_column + {dx})" for dy in (-1, 0, 1) for dx in (-1, 0, 1)
)

LOOKS = f"""list_concat(
    list_transform(
        list_concat(
            areas, CASE WHEN cell_row IS NULL THEN [] ELSE [{_AROUND}] END,
            [CASE WHEN place_rank > 0 THEN '{COUNTRY}' ELSE '{VAGUE}' END]
        ),
        lambda spot: struct_pack(spot := spot, since := first_day - {SLACK_DAYS}, until := last_day + {SLACK_DAYS})
    ),
    list_transform(
        {_PEOPLE},
        lambda spot: struct_pack(
            spot := spot, since := first_day - {PEOPLE_SLACK_DAYS}, until := last_day + {PEOPLE_SLACK_DAYS}
        )
    )
)"""
"""Where a dated report looks, and from which day to which, from its card (`keys.dated_keys_to_look`)."""

FOREMOST = "NOT dated, place_rank, CASE WHEN dated THEN last_day - first_day END, published_at NULLS LAST, mention_id"
"""The order of cards in a group (`grouping.order_of`)."""

MET_UNDER = f"CASE WHEN starts_with(unit, '{PERSON} ') THEN unit ELSE link_key || ': ' || unit END"
"""A unit of a card as a key under which whole groups meet (`keys.met_under`)."""

IS_PERSON = f"starts_with(met, '{PERSON} ')"
"""Whether groups that meet under a key name the same person there (`keys.is_person`)."""

_READ = [name for name in MENTIONS.columns if name not in UNREAD]

REPORT = f"""struct_pack(
    mention := struct_pack({", ".join(f'"{name}" := m."{name}"' for name in _READ)}),
    original := coalesce(origins.original, m.article_id),
    publisher := coalesce(origins.publisher, m.source)
)"""
"""A mention `m` as a report, given the `origins` of the articles that are copies."""


def cards_of(ids: str) -> str:
    """Return, as SQL, the cards of the mentions in a table of ids, and make no others, as the view `cards` would."""
    return f"""(
        SELECT * EXCLUDE (report) FROM new_reports SEMI JOIN {ids} USING (mention_id)
        UNION ALL
        SELECT {CARD} FROM (FROM held_mentions SEMI JOIN {ids} USING (mention_id)) AS m
    )"""


def cards_in(countries: str) -> str:
    """Return, as SQL, the cards of the countries in a table of `link_key`s."""
    return f"""(
        SELECT * EXCLUDE (report) FROM new_reports SEMI JOIN {countries} USING (link_key)
        UNION ALL
        SELECT {CARD}
        FROM (SELECT all_known.* FROM held_mentions all_known SEMI JOIN {countries} here
            ON here.link_key = coalesce(all_known.country, '')) AS m
    )"""


def add_functions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make known to DuckDB what a card needs and SQL lacks."""
    connection.create_function("on_days_told", on_days_told, ["VARCHAR"], "VARCHAR[]")
    connection.create_function("incident_of", incident_id, ["VARCHAR"], "VARCHAR")
    connection.create_function("people_of", _people_of, ["VARCHAR[]"], "VARCHAR[]")


def _people_of(names: list[str]) -> list[str]:
    keys = {person_key(name) for name in names} - {None}
    return sorted(f"{PERSON} {key}" for key in keys)
