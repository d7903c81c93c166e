"""Databases with given rows, without a run."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from pipeline.storage.database import connect, create_schema
from schemas import Article, Incident, IncidentMention, Mention
from schemas.base import Record
from schemas.tables import ARTICLES, INCIDENT_MENTIONS, INCIDENTS, MENTIONS, Table, arrow_schema, to_row
from tests.support.records import article


def database_of(path: Path, told: Sequence[tuple[Incident, Sequence[Mention]]]) -> Path:
    """Make a database of incidents and the mentions that report each; every mention stands in an article of its own."""
    links = [_link(one, mention) for one, mentions in told for mention in mentions]
    mentions = [mention for _, group in told for mention in group]
    articles = [_article_of(mention) for mention in mentions]
    with connect(path) as connection:
        create_schema(connection)
        for table, records in (
            (ARTICLES, articles),
            (MENTIONS, mentions),
            (INCIDENTS, [one for one, _ in told]),
            (INCIDENT_MENTIONS, links),
        ):
            connection.register("given", _arrow(table, records))
            connection.execute(f"INSERT INTO {table.name} SELECT * FROM given")
            connection.unregister("given")
    return path


def _arrow(table: Table, records: Sequence[Record]) -> pa.Table:
    return pa.Table.from_pylist([to_row(one) for one in records], schema=arrow_schema(table.model))


def _link(incident: Incident, mention: Mention) -> IncidentMention:
    return IncidentMention(
        incident_id=incident.incident_id,
        mention_id=mention.mention_id,
        link_score=1.0,
        link_reasons=(),
        group_id=incident.incident_id,
    )


def _article_of(mention: Mention) -> Article:
    return article(f"Report {mention.ref}", mention.ref, article_id=mention.article_id, source=mention.source)
