"""The SQL that says of a mention what linking files it by; the same terms as `report` and `linking.keys`."""

from pipeline.report import LONGEST_DATED_DAYS, UNREAD
from schemas.tables import MENTIONS

_RANK = """CASE
    WHEN m.facility IS NOT NULL OR m.geo_precision IN ('exact', 'locality') THEN 0
    WHEN m.place_name IS NOT NULL AND m.geo_precision NOT IN ('country', 'unknown') THEN 1
    ELSE 2
END"""

_DATED = f"m.date_earliest IS NOT NULL AND m.date_latest - m.date_earliest < {LONGEST_DATED_DAYS}"

CARD = f"""m.mention_id, m.article_id, coalesce(m.country, '') AS link_key, {_DATED} AS dated,
    m.date_earliest - DATE '1970-01-01' AS first_day, m.date_latest - DATE '1970-01-01' AS last_day,
    CASE
        WHEN NOT ({_DATED}) THEN [coalesce(m.facility, CASE WHEN {_RANK} < 2 THEN m.place_name END, '')]
        WHEN {_RANK} = 2 THEN ['']
        WHEN {_RANK} = 1 THEN [m.place_name, '']
        ELSE list_distinct(list_filter([m.facility, m.place_name], lambda name: name IS NOT NULL))
    END AS units"""
"""The columns of a card, from a mention `m`: its country, its days since 1970 if it is dated, and its places without
day: of a dated report, all under which one without a date finds it; of one without a date, the one that it looks under.
"""

_READ = [name for name in MENTIONS.columns if name not in UNREAD]

REPORT = f"""struct_pack(
    mention := struct_pack({", ".join(f'"{name}" := m."{name}"' for name in _READ)}),
    original := coalesce(origins.original, m.article_id),
    publisher := coalesce(origins.publisher, m.source)
)"""
"""A mention `m` as a report, given the `origins` of the articles that are copies."""
