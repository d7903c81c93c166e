"""The database's views and its macro: answers to usual questions, without nested columns.

They hold nothing of their own and are made anew by every run, so that they always fit the tables.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from schemas.incident import Incident


class View(NamedTuple):
    """A view: its name, what a row is, its query, and what its columns hold that no record has under their names."""

    name: str
    about: str
    query: str
    columns: Mapping[str, str] = MappingProxyType({})

    @property
    def create(self) -> str:
        """The DuckDB statement that makes the view, or makes it anew."""
        return f"CREATE OR REPLACE VIEW {self.name} AS {self.query}"


EVIDENCE = View(
    "evidence",
    "the words that a field was read from: `articles.text[start + 1:end]` is `quote`; "
    "or, without a place in a text, that an analyst has set it for the incident of a mention",
    """
    SELECT
        mention_id, tally_id, article_id, e.field AS field, e."start" AS "start", e."end" AS "end", e.quote AS quote,
        e.translation AS translation
    FROM (
        SELECT mention_id, NULL AS tally_id, article_id, unnest(evidence) AS e FROM mentions
        UNION ALL
        SELECT NULL, tally_id, article_id, unnest(evidence) FROM tallies
    )
    UNION ALL
    SELECT mention_id, NULL, NULL, field, NULL, NULL, concat('set to ', value, ' by an analyst', ': ' || note), NULL
    FROM rulings WHERE verdict = 'set'
    """,
    {
        "field": "The field that was read.",
        "start": "Where the words begin in the article's text, in code points from 0.",
        "end": "Where they end.",
        "quote": "The words.",
        "translation": "The English of words in another language, by a language model; else null.",
    },
)

_ROLES = {"perpetrator": "perpetrators", "target": "targets", "claimant": "claimed_by"}
_PARTIES = " UNION ALL ".join(
    f"SELECT incident_id, '{role}' AS role, unnest({column}) AS p, generate_subscripts({column}, 1) AS place "
    f"FROM incidents"
    for role, column in _ROLES.items()
)
PARTIES = View(
    "incident_parties",
    "a party in an incident: `role` is perpetrator, target or claimant, `place` its place in the list, from 1",
    f"""
    SELECT incident_id, role, place, p.name AS name, p.text AS text, p.actor_type AS actor_type, p.actor_id AS actor_id
    FROM ({_PARTIES})
    """,
    {
        "role": "perpetrator, target or claimant.",
        "place": "The party's place in the list, from 1.",
        "name": "Its canonical name.",
        "text": "The party as the text writes it.",
        "actor_type": "What kind of party it is.",
        "actor_id": "Its key in the alias table; null where it is not in it.",
    },
)

CONFLICTS = View(
    "incident_conflicts",
    "a value that the reports of an incident disagree on, and one report that gives it",
    """
    SELECT incident_id, field, value, mention_id, source, published_at
    FROM (
        SELECT incident_id, c.field AS field, c.value AS value, unnest(c.mention_ids) AS mention_id
        FROM (SELECT incident_id, unnest(conflicts) AS c FROM incidents)
    ) LEFT JOIN mentions USING (mention_id)
    """,
    {
        "field": "The field that the reports disagree on.",
        "value": "One of its values.",
        "source": "Who says so.",
    },
)

ATTRIBUTIONS = View(
    "attributions",
    "that somebody says who did it (claimed, blamed, denied or confirmed), and a report that tells of that",
    """
    SELECT incident_id, said['actor']['name'] AS actor, said['kind'] AS kind, said['by']['name'] AS said_by,
        said['actor']['actor_type'] AS actor_type, said['actor']['actor_id'] AS actor_id,
        mention_id, source, published_at
    FROM (
        SELECT incident_id, said, said['mention_id'] AS mention_id
        FROM (SELECT incident_id, unnest(attributions) AS said FROM incidents)
    ) LEFT JOIN mentions USING (mention_id)
    """,
    {
        "actor": "The party that is said to have done it, or not: its canonical name.",
        "kind": "What is said of it: claimed (by itself), blamed (by others), denied, confirmed (by others).",
        "said_by": "Who says so; null where the text names nobody.",
        "actor_type": "What kind of party the actor is.",
        "actor_id": "Its key in the alias table; null where it is not in it.",
        "source": "The publisher of the report.",
    },
)

_TOLD = [name for name in Incident.model_fields if name != "incident_id"]
_CELLS = ", ".join(f"{{'field': '{name}', 'value': CAST({name} AS VARCHAR)}}" for name in _TOLD)
CHANGES = View(
    "incident_changes",
    "a field that a run changed, `before` and `after` as text; of a new incident, each field that is known",
    f"""
    SELECT incident_id, revision, run_id, recorded_at, change, cell.field AS field, before, cell.value AS after
    FROM (
        SELECT *, lag(cell.value) OVER (PARTITION BY incident_id, cell.field ORDER BY revision) AS before
        FROM (
            SELECT incident_id, revision, run_id, recorded_at, change, unnest([{_CELLS}]) AS cell
            FROM incident_revisions
        )
    )
    WHERE before IS DISTINCT FROM cell.value
    """,
    {
        "field": "The field that changed.",
        "before": "What it was, as text; null where it was not known.",
        "after": "What it is since, as text.",
    },
)

WEEKS = View(
    "incidents_per_week",
    "a week (its Monday) and a type: how many incidents lie in it, their dead at least and at most, and of how many "
    "no report gives the dead. Only what lies within one week and is no background",
    """
    SELECT date_trunc('week', date_earliest)::DATE AS week, event_type, count(*) AS incidents,
        sum(killed_low)::BIGINT AS killed_low,
        sum(coalesce(killed_high, killed_best, killed_low))::BIGINT AS killed_high,
        count(*) FILTER (killed_low IS NULL AND killed_high IS NULL) AS without_toll
    FROM incidents
    WHERE NOT background AND date_trunc('week', date_earliest) = date_trunc('week', date_latest)
    GROUP BY ALL
    """,
    {
        "week": "The Monday that the week begins with.",
        "incidents": "How many incidents lie in the week.",
        "killed_low": "Their dead, at least.",
        "killed_high": "Their dead, at most.",
        "without_toll": "Of how many incidents no report gives the dead.",
    },
)

SOURCES = View(
    "incidents_per_source",
    "a publisher: its articles, its reports, the incidents that it reports, and those that nobody else does",
    """
    SELECT source, count(DISTINCT article_id) AS articles, count(mention_id) AS mentions,
        count(DISTINCT incident_id) AS incidents, count(DISTINCT incident_id) FILTER (sources = 1) AS alone,
        min(published_at) AS first_published_at, max(published_at) AS last_published_at
    FROM articles LEFT JOIN (SELECT mention_id, article_id FROM mentions) USING (article_id)
    LEFT JOIN (SELECT mention_id, incident_id FROM incident_mentions) USING (mention_id)
    LEFT JOIN (
        SELECT incident_id, count(DISTINCT source) AS sources
        FROM incident_mentions JOIN mentions USING (mention_id) GROUP BY incident_id
    ) USING (incident_id)
    WHERE superseded_by IS NULL
    GROUP BY source
    """,
    {
        "articles": "How many articles it has.",
        "mentions": "How many reports.",
        "incidents": "How many incidents it reports.",
        "alone": "How many of them nobody else reports.",
        "first_published_at": "When the first of its articles was published, UTC.",
        "last_published_at": "When the last one was, UTC.",
    },
)

UNRESOLVED = View(
    "unresolved_mentions",
    "a report that names no incident of its own, with the reason (`unresolved_reason`)",
    """
    SELECT mention_id, article_id, ref, source, published_at, unresolved_reason, event_type, date_earliest, date_latest,
        place_name, country, killed_low, wounded_low
    FROM mentions
    WHERE unresolved_reason IS NOT NULL
    """,
)

VIEWS = (EVIDENCE, PARTIES, ATTRIBUTIONS, CONFLICTS, CHANGES, WEEKS, SOURCES, UNRESOLVED)

KM_MACRO = """CREATE OR REPLACE MACRO km(latitude_1, longitude_1, latitude_2, longitude_2) AS
    12742 * asin(sqrt(
        sin(radians(latitude_2 - latitude_1) / 2) ** 2
        + cos(radians(latitude_1)) * cos(radians(latitude_2)) * sin(radians(longitude_2 - longitude_1) / 2) ** 2
    ))"""
"""The distance on the ground between two points given in degrees (WGS 84), by the haversine formula, in kilometres."""
