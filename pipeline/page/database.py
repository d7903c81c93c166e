"""What a page shows, read from a database: the incidents chosen, then, a batch at a time, what stands behind them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from pipeline.errors import QueryError
from pipeline.page.selection import PageSelection, Words
from pipeline.storage.database import be_frugal, read_only
from pipeline.storage.schema import show_known
from pipeline.storage.sql_text import quoted
from schemas.tables import INCIDENT_MENTIONS

Row = dict[str, Any]

MEMORY_MB = 256
"""What DuckDB may take; what does not fit goes to a temporary folder."""

FETCHED = 2_000
"""Incidents whose reports are in memory at a time."""

INCIDENT_COLUMNS = (
    "incident_id", "event_type", "status", "outcome", "background", "series",
    "date_earliest", "date_latest", "date_precision", "date_basis",
    "place_name", "facility", "facility_type", "admin1", "country", "latitude", "longitude", "geo_precision",
    "perpetrators", "targets", "claimed_by", "weapons", "attributions",
    "intercepted_low", "intercepted_high", "killed_low", "killed_best", "killed_high",
    "wounded_low", "wounded_best", "wounded_high", "confidence",
    "mention_count", "article_count", "source_count", "first_reported_at", "last_reported_at", "conflicts",
)  # fmt: skip
"""What a page shows of an incident. A column that the database lacks is null: some are of later releases."""

_TRACKED = (
    "event_type", "status", "outcome", "background", "date_earliest", "date_latest", "place_name", "facility",
    "admin1", "country", "perpetrators", "targets", "claimed_by", "intercepted_low", "intercepted_high",
    "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high", "mention_count",
)  # fmt: skip
"""The fields whose changes are told."""

_NOW = "FROM incidents"
_KNOWN = """
FROM (
    FROM incident_revisions
    WHERE recorded_at < $known_before
    QUALIFY row_number() OVER (PARTITION BY incident_id ORDER BY revision DESC) = 1
)
WHERE change NOT IN ('superseded', 'withdrawn')
"""
_BETWEEN = "row_number BETWEEN $first AND $last"
_ORDER = "date_latest NULLS LAST, date_earliest NULLS LAST, incident_id"

_PATHS = """
CREATE TEMP TABLE led AS
WITH RECURSIVE
    moved AS (SELECT incident_id, superseded_by FROM incident_revisions WHERE change = 'superseded'),
    path AS (
        SELECT row_number, incident_id AS led_to, 0 AS steps FROM shown
        UNION ALL
        SELECT row_number, moved.superseded_by, steps + 1
        FROM path JOIN moved ON moved.incident_id = led_to
        WHERE steps < 100
    )
SELECT row_number, arg_max(led_to, steps) AS incident_id FROM path GROUP BY row_number
"""
"""Where the reports of incidents as they were known are filed today: with what superseded them."""

_BEHIND = """
CREATE TEMP TABLE filed AS
SELECT row_number, mention_id, link_score, link_reasons, group_reasons
FROM led JOIN known_incident_mentions USING (incident_id) ORDER BY row_number;
CREATE TEMP TABLE history AS
SELECT row_number, revision, run_id, recorded_at, change, {split_from} AS split_from, {tracked}
FROM shown JOIN incident_revisions r USING (incident_id) WHERE {known} ORDER BY row_number, revision;
CREATE TEMP TABLE joined AS
SELECT row_number, r.incident_id, run_id, recorded_at
FROM shown JOIN incident_revisions r ON r.superseded_by = shown.incident_id WHERE {known}
ORDER BY row_number, recorded_at, r.incident_id
"""
"""What stands behind the incidents, in their order: a few of them are then found without looking through all."""

_REPORTS = """
SELECT
    row_number, mention_id, m.source, m.url, a.title, m.published_at, m.status, article_id,
    link_score, link_reasons, group_reasons, {evidence} AS evidence, {text} AS text
FROM filed
JOIN (FROM mentions {these_mentions}) m USING (mention_id)
LEFT JOIN (FROM articles {these_articles}) a USING (article_id)
WHERE row_number BETWEEN $first AND $last
    AND ($known_before::TIMESTAMPTZ IS NULL OR m.published_at IS NULL OR m.published_at < $known_before)
ORDER BY row_number, m.published_at, mention_id
"""

_MOST_BY_INDEX = 1_000
"""Reports that are looked up by their keys; for more, it is quicker to look through all."""

_TALLIES = """
SELECT tally_id, what, event_type, count_low, count_high, killed_low, killed_high, wounded_low, wounded_high,
    since, until, [p.name FOR p IN perpetrators] AS perpetrators, place_name, country, a.source, a.url, a.title,
    a.published_at, [e.quote FOR e IN t.evidence] AS quotes
FROM tallies t LEFT JOIN articles a USING (article_id)
WHERE $known_before::TIMESTAMPTZ IS NULL OR a.published_at IS NULL OR a.published_at < $known_before
ORDER BY a.published_at, tally_id
"""


@dataclass(frozen=True)
class Facts:
    """What a page says of itself: when its database was last written, and what was left out.

    `finished_at` and `run_id` are those of the last run that it knows (null: none); `held` counts the incidents of the
    database (as they were known), `undated` those of them that were left out since they have no date.
    """

    run_id: int | None
    finished_at: datetime | None
    held: int
    undated: int


@dataclass(frozen=True)
class Behind:
    """What stands behind an incident.

    Its reports, what they disagree on, its revisions, and the incidents whose reports it took over.
    """

    conflicts: Sequence[Row]
    reports: Sequence[Row]
    revisions: Sequence[Row]
    joined: Sequence[Row]


class Shown:
    """The incidents of a page. Rows are numbered from 0, by their last day; incidents without a date come last."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, selection: PageSelection) -> None:
        """Choose the incidents. Raises QueryError for a condition that DuckDB refuses."""
        self._connection = connection
        self._known = {"known_before": selection.known_before}
        base = _KNOWN if selection.known_on else _NOW
        have = self._columns("incident_revisions" if selection.known_on else "incidents")
        columns = ", ".join(name if name in have else f"NULL AS {name}" for name in INCIDENT_COLUMNS)
        self._create(f"CREATE TEMP TABLE base AS {base}", self._known if selection.known_on else {})
        days = "(date_latest >= $since OR $since::DATE IS NULL) AND (date_earliest <= $until OR $until::DATE IS NULL)"
        self._create(
            f"CREATE TEMP TABLE shown AS SELECT row_number() OVER (ORDER BY {_ORDER}) - 1 AS row_number, {columns} "
            f"FROM (FROM base WHERE {days}) WHERE ({selection.where or 'true'}\n)",
            {"since": selection.since, "until": selection.until},
        )
        self._create(_PATHS if selection.known_on else "CREATE TEMP VIEW led AS FROM shown", {})
        show_known(connection, "main", (INCIDENT_MENTIONS,))
        (self.count,) = self._one("SELECT count(*) FROM shown")
        self._is_prepared = False
        self.facts = self._facts(bool(selection.since or selection.until))

    def incidents(self) -> Iterator[Row]:
        """Yield the incidents in their order."""
        yield from self._rows("FROM shown ORDER BY row_number", {})

    def behind(self, words: Words) -> Iterator[Behind]:
        """Yield what stands behind each incident, in the same order; reports in the order of their publication.

        A report's `evidence` is a list of (field, start, end, quote), its `text` null unless words are `full`.
        """
        for first in range(0, self.count, FETCHED):
            yield from self.batch(words, first, min(self.count, first + FETCHED))

    def batch(self, words: Words, first: int, after: int) -> Iterator[Behind]:
        """Yield what stands behind the incidents from row `first` on, up to but not including row `after`."""
        self._prepare()
        between = {"first": first, "last": after - 1}
        evidence = "m.evidence" if words is not Words.NONE else "NULL"
        text = "a.text" if words is Words.FULL else "NULL"
        query = _REPORTS.format(evidence=evidence, text=text, **self._keys(between))
        reports = self._by_row(query, between | self._known)
        revisions, joined = (self._by_row(f"FROM {name} WHERE {_BETWEEN}", between) for name in ("history", "joined"))
        for row, conflicts in self._conflicts(first, after):
            yield Behind(conflicts, reports.get(row, ()), revisions.get(row, ()), joined.get(row, ()))

    def _prepare(self) -> None:
        if self._is_prepared:
            return
        have = self._columns("incident_revisions")
        tracked = ", ".join(f"r.{name}" for name in _TRACKED if name in have)
        moment = self._known["known_before"]
        known = f"recorded_at < '{moment.isoformat()}'::TIMESTAMPTZ" if moment else "true"
        split_from = "r.split_from" if "split_from" in have else "NULL"
        self._connection.execute(_BEHIND.format(tracked=tracked, split_from=split_from, known=known))
        self._is_prepared = True

    def _keys(self, between: Row) -> dict[str, str]:
        """Return the conditions by which a few reports and their articles are found by their keys."""
        found = self._connection.execute(f"SELECT mention_id FROM filed WHERE {_BETWEEN}", between).fetchall()
        if len(found) > _MOST_BY_INDEX:
            return {"these_mentions": "", "these_articles": ""}
        mentions = _among("mention_id", (mention for (mention,) in found))
        told = self._connection.execute(f"SELECT DISTINCT article_id FROM mentions {mentions}").fetchall()
        articles = _among("article_id", (article for (article,) in told))
        return {"these_mentions": mentions, "these_articles": articles}

    def tallies(self) -> Iterator[Row]:
        """Yield the aggregate statements, in the order of their publication."""
        yield from self._rows(_TALLIES, self._known)

    def _facts(self, by_day: bool) -> Facts:
        known = "WHERE $known_before::TIMESTAMPTZ IS NULL OR finished_at < $known_before"
        last = f"SELECT max(run_id), max(finished_at) FROM runs {known}"
        run_id, finished_at = self._one(last, self._known)
        held, undated = self._one("SELECT count(*), count(*) FILTER (date_latest IS NULL) FROM base")
        return Facts(run_id, finished_at, held, undated if by_day else 0)

    def _conflicts(self, first: int, after: int) -> list[tuple[int, Sequence[Row]]]:
        query = "SELECT row_number, conflicts FROM shown WHERE row_number BETWEEN ? AND ? ORDER BY row_number"
        found = self._connection.execute(query, [first, after - 1]).fetchall()
        return [(row, conflicts or ()) for row, conflicts in found]

    def _create(self, statement: str, parameters: Row) -> None:
        used = {name: value for name, value in parameters.items() if f"${name}" in statement}
        try:
            self._connection.execute(statement, used or None)
        except duckdb.Error as error:
            raise QueryError(f"--where: {error}") from error

    def _columns(self, table: str) -> set[str]:
        return {str(name) for name, *_ in self._connection.execute(f"DESCRIBE {table}").fetchall()}

    def _one(self, query: str, parameters: Row | None = None) -> tuple[Any, ...]:
        found = self._connection.execute(query, parameters).fetchone()
        if found is None:
            raise LookupError(query)  # an aggregate always has a row
        return found

    def _by_row(self, query: str, parameters: Row) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self._rows(query, parameters):
            found.setdefault(row["row_number"], []).append(row)
        return found

    def _rows(self, query: str, parameters: Row) -> Iterator[Row]:
        answer = self._connection.execute(query, parameters or None)
        names = [column[0] for column in answer.description or ()]
        while rows := answer.fetchmany(FETCHED):
            yield from (dict(zip(names, row, strict=True)) for row in rows)


def _among(column: str, keys: Iterable[str]) -> str:
    """Return a condition that DuckDB answers with the column's index."""
    listed = ", ".join(quoted(key) for key in sorted(keys))
    return f"WHERE {column} IN ({listed})" if listed else "WHERE false"


@contextmanager
def shown(database: Path, selection: PageSelection) -> Iterator[Shown]:
    """Open a database and choose its incidents. Raises what `read_only` raises, and QueryError."""
    with TemporaryDirectory(prefix="incidents-page-") as folder, read_only(database) as connection:
        be_frugal(connection, MEMORY_MB, Path(folder))
        yield Shown(connection, selection)
