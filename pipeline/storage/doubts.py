"""The incidents most worth a look: those that count most, of which least is sure, and on which reports disagree."""

from pathlib import Path

from pipeline.storage.database import read_ours
from schemas import Incident
from schemas.tables import from_row

_MOST_DOUBTFUL = """
FROM incidents
WHERE NOT background
ORDER BY (1.05 - confidence) * ln(2 + coalesce(killed_best, killed_high, killed_low, 0))
    * (1 + len(list_distinct([c.field FOR c IN conflicts]))) DESC, incident_id
LIMIT $most
"""
"""Doubt, times the number of digits of the killed, times one more than the aspects in dispute."""


def most_doubtful(database: Path, most: int) -> list[Incident]:
    """Return the incidents most worth a look, the first of them first. Background is left out, as it is not news.

    Raises what `read_ours` raises.
    """
    with read_ours(database) as connection:
        answer = connection.execute(_MOST_DOUBTFUL, {"most": most})
        names = [column[0] for column in answer.description or ()]
        return [from_row(Incident, dict(zip(names, row, strict=True))) for row in answer.fetchall()]
