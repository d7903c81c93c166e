"""Which groups of reports are united into incidents: the workspace's last step, after all reports are in groups.

DuckDB finds which groups meet that have not met before, or have changed since (`linking.unions` says where groups meet
and what is alike). Who is alike is kept in the table `likenesses`, pair by pair; so what a run has to look at again are
the groups that are connected with a changed one by likeness or by a ruling, and no others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import duckdb
import pyarrow as pa

from pipeline.linking.clusters import Cluster, Linked, order_of
from pipeline.linking.entries import MAX_COMPARED
from pipeline.linking.fusion import united_incident
from pipeline.linking.rulings import MERGE, Overrides, Rulings
from pipeline.linking.unions import MAX_MET, are_alike, unite
from pipeline.records.report import Report
from pipeline.storage.blocking_features import FOREMOST, IS_PERSON, REPORT, features_in, features_of_ids
from pipeline.storage.rows import fetch, insert, insert_records
from pipeline.storage.rulings import note, understood
from pipeline.storage.staged import INCIDENT_COLUMNS, LINK_COLUMNS
from schemas import Incident, IncidentMention
from schemas.tables import (
    INCIDENT_MENTIONS,
    INCIDENTS,
    from_row,
)

_PAIRS_AT_A_TIME, _GROUPS_AT_A_TIME = 2_000, 2_000

_LOOK = f"""
CREATE TEMP TABLE changed_reports AS SELECT mention_id FROM entered UNION SELECT mention_id FROM work;

CREATE TABLE changed_groups AS
SELECT group_id FROM entered
UNION
SELECT group_id FROM known_incident_mentions SEMI JOIN changed_reports USING (mention_id);

CREATE TEMP TABLE searched_under AS
SELECT DISTINCT link_key, met
FROM (SELECT link_key, unnest(group_keys) AS met FROM {features_of_ids("changed_reports")});
"""
"""Which groups have changed, and the keys under which they meet others."""

_MEET = f"""
CREATE TABLE there AS
SELECT met, mention_id, dated
FROM (SELECT mention_id, dated, unnest(group_keys) AS met FROM {{within}})
WHERE met IN (SELECT met FROM searched_under);

CREATE TABLE meetings AS
WITH now AS (
    SELECT met, group_id, bool_or(NOT dated) AS undated
    FROM there JOIN assigned USING (mention_id)
    GROUP BY ALL
)
SELECT *, count(*) OVER (PARTITION BY met) AS present FROM now;

CREATE TABLE oversized_before AS
SELECT met
FROM there JOIN known_incident_mentions USING (mention_id)
GROUP BY met
HAVING count(DISTINCT group_id) > {{most}};

CREATE TABLE lost_likenesses AS
SELECT met, one, other
FROM known_likenesses
WHERE one IN (FROM changed_groups) OR other IN (FROM changed_groups)
    OR met IN (SELECT met FROM meetings WHERE present > {{most}});

CREATE TABLE to_compare AS
WITH here AS (
    SELECT met, group_id, undated,
        met IN (FROM oversized_before) OR group_id IN (FROM changed_groups) AS changed
    FROM meetings
    WHERE present BETWEEN 2 AND {{most}}
)
SELECT met, a.group_id AS one, b.group_id AS other
FROM here a JOIN here b USING (met)
WHERE a.group_id < b.group_id AND (a.changed OR b.changed) AND ({IS_PERSON} OR a.undated OR b.undated);

CREATE TEMP TABLE compared_members AS
SELECT group_id, mention_id
FROM assigned SEMI JOIN (SELECT one AS group_id FROM to_compare UNION SELECT other FROM to_compare) USING (group_id);

CREATE TABLE foremost AS
WITH first AS (
    SELECT group_id, mention_id
    FROM compared_members JOIN blocking_features USING (mention_id)
    QUALIFY row_number() OVER (PARTITION BY group_id ORDER BY {FOREMOST}) <= {MAX_COMPARED}
)
SELECT group_id, report FROM first JOIN new_reports USING (mention_id)
UNION ALL
SELECT group_id, {REPORT}
FROM first JOIN held_mentions m USING (mention_id) LEFT JOIN origins USING (article_id)
ORDER BY group_id;

CREATE TABLE pairs AS
SELECT one, other, (row_number() OVER (ORDER BY one, other) - 1) // {_PAIRS_AT_A_TIME} AS batch
FROM (SELECT DISTINCT one, other FROM to_compare);

CREATE TABLE alike (one VARCHAR, other VARCHAR);
CREATE TABLE asked (group_id VARCHAR);
"""
"""Under touched keys, pairs with a changed group have to be compared; all, where the block was oversized before."""

_CONNECT = f"""
CREATE TABLE found_likenesses AS SELECT met, one, other FROM to_compare SEMI JOIN alike USING (one, other);

CREATE TABLE ruled_groups AS
SELECT DISTINCT ruling, verdict, group_id
FROM (SELECT ruling, verdict, mention_id FROM rulings UNION ALL SELECT ruling, 'past', mention_id FROM known_rulings)
JOIN assigned USING (mention_id);

CREATE TABLE put_together AS
SELECT a.group_id AS one, b.group_id AS other
FROM ruled_groups a JOIN ruled_groups b USING (ruling)
WHERE a.verdict = '{MERGE}' AND b.verdict = '{MERGE}' AND a.group_id <> b.group_id;

CREATE TABLE likeness_now AS
SELECT DISTINCT one, other
FROM (
    SELECT met, one, other FROM known_likenesses ANTI JOIN lost_likenesses USING (met, one, other)
    UNION ALL
    FROM found_likenesses
);

CREATE TABLE connected AS
WITH RECURSIVE edges AS (
    SELECT one, other FROM likeness_now
    UNION ALL
    SELECT other, one FROM likeness_now
    UNION ALL
    FROM put_together
),
reached AS (
    SELECT one AS group_id FROM lost_likenesses
    UNION
    SELECT other FROM lost_likenesses
    UNION
    SELECT one FROM found_likenesses
    UNION
    SELECT other FROM found_likenesses
    UNION
    SELECT group_id FROM ruled_groups
    UNION
    SELECT edges.other FROM reached JOIN edges ON edges.one = reached.group_id
)
SELECT group_id FROM reached SEMI JOIN assigned USING (group_id);

CREATE TABLE connected_members AS
WITH members AS (
    SELECT group_id, mention_id, link_score, link_reasons FROM assigned SEMI JOIN connected USING (group_id)
)
SELECT members.*, report FROM members JOIN new_reports USING (mention_id)
UNION ALL
SELECT members.*, {REPORT}
FROM members JOIN held_mentions m USING (mention_id) LEFT JOIN origins USING (article_id)
ORDER BY group_id;

CREATE TABLE united_links AS SELECT {LINK_COLUMNS} FROM known_incident_mentions LIMIT 0;
CREATE TABLE united AS SELECT {INCIDENT_COLUMNS} FROM known_incidents LIMIT 0;
"""
"""What is connected, in both directions, with what has become or is no longer alike, or is or was ruled on."""


class _Component(NamedTuple):
    """Groups that are connected with one another and with no others, and who of them is alike."""

    groups: list[str]
    alike: list[tuple[str, str]]


def unite_groups(connection: duckdb.DuckDBPyConnection, overrides: Overrides) -> frozenset[str]:
    """Fill the tables `united` and `united_links` with the incidents of groups that are connected with any others.

    Also `found_likenesses`, `lost_likenesses` and `rulings`. Needs the workspace's tables once all groups are entered.
    Returns the ids of `overrides` that no current report has. Raises ValidationError where the reports that its ids
    stand for show that rulings contradict one another.
    """
    names = understood(connection, overrides)
    rulings = Rulings(overrides, names)
    note(connection, overrides, names)
    connection.execute(_LOOK)
    people = fetch(connection, f"FROM searched_under WHERE {IS_PERSON} LIMIT 1")
    connection.execute(
        _MEET.format(most=MAX_MET, within="blocking_features" if people else features_in("searched_under"))
    )
    _compare(connection)
    connection.execute(_CONNECT)
    for components in _batches(_components(connection)):
        groups = _groups(connection, chain(*(each.groups for each in components)))
        united: list[Incident] = []
        links: list[IncidentMention] = []
        for each in components:
            for parts in unite({name: groups[name] for name in each.groups}, each.alike, rulings):
                incident, theirs = united_incident(parts)
                links += theirs
                if not rulings.is_dropped(parts):
                    united.append(rulings.apply(incident, parts))
        insert_records(connection, "united", INCIDENTS, united)
        insert_records(connection, "united_links", INCIDENT_MENTIONS, links)
    return overrides.ids - names.keys()


def _compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table `alike` with those of the pairs that are."""
    for (batch,) in fetch(connection, "SELECT DISTINCT batch FROM pairs ORDER BY batch"):
        pairs = fetch(connection, f"SELECT one, other FROM pairs WHERE batch = {batch} ORDER BY ALL")
        _ask_for(connection, chain(*pairs))
        reports: dict[str, list[Report]] = defaultdict(list)
        query = "SELECT group_id, report FROM foremost SEMI JOIN asked USING (group_id)"
        for group, report in fetch(connection, query):
            reports[group].append(from_row(Report, report))
        alike = [{"one": one, "other": other} for one, other in pairs if are_alike(reports[one], reports[other])]
        insert(connection, "alike", pa.Table.from_pylist(alike))


def _components(connection: duckdb.DuckDBPyConnection) -> Iterator[_Component]:
    near: dict[str, set[str]] = {name: set() for (name,) in sorted(fetch(connection, "FROM connected"))}
    alike: dict[str, list[tuple[str, str]]] = defaultdict(list)
    query = "SELECT one, other FROM likeness_now WHERE one IN (FROM connected) AND other IN (FROM connected)"
    for one, other in sorted(fetch(connection, query)):
        alike[one].append((one, other))
    for one, other in chain(*alike.values(), fetch(connection, "FROM put_together")):
        near[one].add(other)
        near[other].add(one)
    while near:
        waiting = [next(iter(near))]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += near.pop(name)
        groups = sorted(found)
        yield _Component(groups, [pair for name in groups for pair in alike[name]])


def _batches(components: Iterable[_Component]) -> Iterator[list[_Component]]:
    batch: list[_Component] = []
    for component in components:
        batch.append(component)
        if sum(len(each.groups) for each in batch) >= _GROUPS_AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


def _groups(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> dict[str, Cluster]:
    """Return groups by their ids, whole."""
    _ask_for(connection, names)
    members: dict[str, list[Linked]] = defaultdict(list)
    query = "SELECT group_id, link_score, link_reasons, report FROM connected_members SEMI JOIN asked USING (group_id)"
    for group, score, reasons, report in fetch(connection, query):
        members[group].append(Linked(report=from_row(Report, report), score=score, reasons=tuple(reasons)))
    return {
        group: Cluster(members=tuple(sorted(linked, key=lambda each: order_of(each.report))))
        for group, linked in members.items()
    }


def _ask_for(connection: duckdb.DuckDBPyConnection, groups: Iterable[str]) -> None:
    connection.execute("DELETE FROM asked")
    insert(connection, "asked", pa.table({"group_id": sorted(set(groups))}))
