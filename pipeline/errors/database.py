"""A database that cannot be read or written as a command asks: exit status 2."""

from pipeline.errors.usage import UsageError


class OutputError(UsageError):
    """The database cannot be read or written. `path` is the --db as given."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class MissingFolderError(OutputError):
    """The database's folder does not exist."""

    def __str__(self) -> str:
        return f"cannot write {self.path!r}: its folder does not exist; create it or name another --db"


class NoDatabaseError(OutputError):
    """There is no database to read."""

    def __str__(self) -> str:
        return f"there is no database {self.path!r}: make it with 'python -m pipeline run', or name another with --db"


class ForbiddenError(OutputError):
    """The permissions of `path`, a database or its folder, forbid what is to be `done` to it: read or written."""

    def __init__(self, path: str, done: str) -> None:
        super().__init__(path)
        self.args = (path, done)
        self.done = done

    def __str__(self) -> str:
        return f"{self.path!r} may not be {self.done} by you: change its permissions or name another --db"


class NotADatabaseError(OutputError):
    """What exists there is no DuckDB file."""

    def __str__(self) -> str:
        return f"{self.path!r} is not a DuckDB file, or is damaged: name another --db, or move it out of the way"


class ForeignDatabaseError(NotADatabaseError):
    """What exists there is a DuckDB file, and none that a run has made."""

    def __str__(self) -> str:
        return f"{self.path!r} is a DuckDB file of another program, without the tables of a run: name another --db"


class UnreadableFormatError(OutputError):
    """The database is in a storage format that the installed release of DuckDB, `release`, cannot read."""

    def __init__(self, path: str, release: str) -> None:
        super().__init__(path)
        self.args = (path, release)
        self.release = release

    def __str__(self) -> str:
        return (
            f"{self.path!r} was written by a newer DuckDB than the one that is installed, {self.release}: "
            "upgrade it with 'pip install --upgrade duckdb', or name another --db"
        )


class NewerSchemaError(OutputError):
    """The output was written by a newer release. `found` is its schema version, `known` the newest known here."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(path)
        self.args = (path, found, known)
        self.found = found
        self.known = known

    def __str__(self) -> str:
        return (
            f"{self.path!r} was written by a newer release: it has schema version {self.found} and this one knows up "
            f"to {self.known}; upgrade, or name another --db"
        )
