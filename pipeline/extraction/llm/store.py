"""The answers that have been paid for, in a SQLite file: each is there for good as soon as it has come.

Any number of threads and processes may use one file at a time. Every call opens the file anew, so that nothing is held
across a fork, a pickle or a kill.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_WAIT_SECONDS = 60.0
_CREATE = """
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    model TEXT NOT NULL,
    content TEXT NOT NULL,
    finish_reason TEXT,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL
)
"""


class Kept(NamedTuple):
    """An answer as it came: the model's words, why it stopped, and what it took, in tokens."""

    content: str
    finish_reason: str | None
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True)
class AnswerStore:
    """The answers in the file at `path`, which is made when the first one is put there."""

    path: Path

    def get(self, key: str) -> Kept | None:
        """Return the answer that is kept under a key."""
        query = "SELECT content, finish_reason, prompt_tokens, completion_tokens FROM answers WHERE key = ?"
        row = self._row(query, key)
        return Kept(*row) if row else None

    def put(self, key: str, model: str, answer: Kept) -> None:
        """Keep an answer. It is on the disk when this returns; the first answer under a key stays."""
        with self._open() as connection, connection:
            connection.execute(_CREATE)
            connection.execute(
                "INSERT INTO answers (key, model, content, finish_reason, prompt_tokens, completion_tokens) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (key, model, *answer),
            )

    def last(self) -> int:
        """Return the number of the answer that was kept last; numbers rise."""
        row = self._row("SELECT coalesce(max(number), 0) FROM answers")
        return int(row[0]) if row else 0

    def tokens_since(self, number: int) -> int:
        """Return how many tokens the answers took that came after one of a number."""
        query = "SELECT coalesce(sum(prompt_tokens + completion_tokens), 0) FROM answers WHERE number > ?"
        row = self._row(query, number)
        return int(row[0]) if row else 0

    def _row(self, query: str, *values: object) -> tuple[str, str | None, int, int] | None:
        """Return the first row of an answer to a query, null where nothing has been kept yet."""
        if not self.path.exists():
            return None
        with self._open() as connection:
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'answers'").fetchone() is None:
                return None
            row: tuple[str, str | None, int, int] | None = connection.execute(query, values).fetchone()
            return row

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS)) as connection:
            yield connection
