"""Everything that a database holds of one incident: its reports, how they were linked, and what was known when."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from pipeline.errors import AmbiguousIncidentError, UnknownIncidentError
from pipeline.storage.database import read_ours
from pipeline.storage.schema import show_known
from schemas import Article, Change, Incident, IncidentMention, IncidentRevision, Mention
from schemas.base import Record
from schemas.tables import INCIDENT_MENTIONS, RULINGS, Ruled, from_row

RecordT = TypeVar("RecordT", bound=Record)

_PREFIX = "i-"
_RULINGS = """
SELECT *
FROM known_rulings
SEMI JOIN (
    SELECT ruling FROM known_rulings JOIN known_incident_mentions USING (mention_id) WHERE incident_id = ?
) USING (ruling)
ORDER BY ruling, mention_id
"""


@dataclass(frozen=True)
class LinkedMention:
    """A report of an incident, and how it was linked. `title` is its article's, null when it has none."""

    mention: Mention
    link: IncidentMention
    title: str | None


@dataclass(frozen=True)
class Account:
    """What is known of an incident.

    `asked` is the incident that was asked for; `path` are the incidents it was superseded by, one after the other, the
    last of which is `incident`. `incident` is null where no current article reports it any more. `reports` are in the
    order of publication, `revisions` are those of `incident`, or of `asked` where there is none; `rulings` are those of
    an analyst that the last run obeyed, and that name one of the reports.
    """

    asked: str
    path: tuple[str, ...]
    incident: Incident | None
    reports: tuple[LinkedMention, ...]
    revisions: tuple[IncidentRevision, ...]
    rulings: tuple[Ruled, ...]


def account_of(database: Path, asked: str) -> Account:
    """Return the account of the incident whose id is `asked`, or begins so.

    Raises UnknownIncidentError where there never was one, AmbiguousIncidentError where there are several, and what
    `read_ours` raises.
    """
    with read_ours(database) as connection:
        found = _found(connection, asked)
        path = _path(connection, found)
        last = path[-1] if path else found
        incidents = _records(connection, Incident, "FROM incidents WHERE incident_id = ?", last)
        show_known(connection, "main", (INCIDENT_MENTIONS, RULINGS))
        revisions = "FROM incident_revisions WHERE incident_id = ? ORDER BY revision"
        return Account(
            asked=found,
            path=path,
            incident=incidents[0] if incidents else None,
            reports=_reports(connection, last),
            revisions=_records(connection, IncidentRevision, revisions, last),
            rulings=_records(connection, Ruled, _RULINGS, last),
        )


def articles_of(database: Path, account: Account) -> tuple[Article, ...]:
    """Return the articles that report an incident; raises what `read_ours` raises."""
    ids = sorted({report.mention.article_id for report in account.reports})
    with read_ours(database) as connection:
        return tuple(
            article
            for article_id in ids
            for article in _records(connection, Article, "FROM articles WHERE article_id = ?", article_id)
        )


def _found(connection: duckdb.DuckDBPyConnection, asked: str) -> str:
    prefix = asked if asked.startswith(_PREFIX) else _PREFIX + asked
    query = "SELECT DISTINCT incident_id FROM incident_revisions WHERE starts_with(incident_id, ?) ORDER BY 1 LIMIT 6"
    ids = [str(row["incident_id"]) for row in _rows(connection, query, prefix)]
    if not ids or prefix == _PREFIX:
        raise UnknownIncidentError(asked)
    if len(ids) > 1 and prefix not in ids:
        raise AmbiguousIncidentError(asked, ids)
    return ids[0]


def _path(connection: duckdb.DuckDBPyConnection, found: str) -> tuple[str, ...]:
    path: list[str] = []
    query = "SELECT change, superseded_by FROM incident_revisions WHERE incident_id = ? ORDER BY revision DESC LIMIT 1"
    while True:
        last = _rows(connection, query, path[-1] if path else found)
        if not last or last[0]["change"] != Change.SUPERSEDED.value or last[0]["superseded_by"] in (found, *path):
            return tuple(path)
        path.append(last[0]["superseded_by"])


def _reports(connection: duckdb.DuckDBPyConnection, incident: str) -> tuple[LinkedMention, ...]:
    links = {
        link.mention_id: link
        for link in _records(
            connection, IncidentMention, "FROM known_incident_mentions WHERE incident_id = ?", incident
        )
    }
    query = (
        "SELECT m.*, a.title FROM mentions m JOIN incident_mentions l USING (mention_id) "
        "LEFT JOIN articles a USING (article_id) WHERE l.incident_id = ? ORDER BY m.published_at, m.mention_id"
    )
    rows = _rows(connection, query, incident)
    return tuple(LinkedMention(from_row(Mention, row), links[row["mention_id"]], row["title"]) for row in rows)


def _records(
    connection: duckdb.DuckDBPyConnection, model: type[RecordT], query: str, argument: str
) -> tuple[RecordT, ...]:
    return tuple(from_row(model, row) for row in _rows(connection, query, argument))


def _rows(connection: duckdb.DuckDBPyConnection, query: str, argument: str) -> list[dict[str, Any]]:
    answer = connection.execute(query, [argument])
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
