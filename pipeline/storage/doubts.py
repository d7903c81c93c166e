"""The incidents most worth a look: those that count most, of which least is sure, and on which reports disagree."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.storage.database import read_only
from schemas import Incident
from schemas.tables import from_row

_WORTH = """
SELECT *, (1.05 - confidence) * ln(2 + coalesce(killed_best, killed_high, killed_low, 0))
    * (1 + len(list_distinct([c.field FOR c IN conflicts]))) AS worth
FROM incidents
WHERE {where}
ORDER BY worth DESC, incident_id
LIMIT $most
"""
"""Doubt, times the number of digits of the killed, times one more than the aspects in dispute."""


@dataclass(frozen=True)
class Doubt:
    """An incident, how much it is worth a look, and the words that its reports have for the fields in dispute."""

    incident: Incident
    worth: float


def most_doubtful(database: Path, most: int) -> list[Doubt]:
    """Return the incidents most worth a look, the first of them first. Background is left out, as it is not news.

    Raises what `read_only` raises.
    """
    with read_only(database) as connection:
        rows = _rows(connection, _WORTH.format(where="NOT background"), most)
    return [Doubt(from_row(Incident, row), float(row["worth"])) for row in rows]


def _rows(connection: duckdb.DuckDBPyConnection, query: str, most: int) -> list[dict[str, Any]]:
    answer = connection.execute(query, {"most": most})
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
