"""Every error that the product raises on purpose.

    PipelineError
    ├── UsageError                  exit status 2: the command asks for something that cannot be done
    │   ├── WrongOptionError        an option has a value that cannot be meant
    │   ├── NoInputError            an INPUT matches no file
    │   ├── QueryError              a query that the database refuses
    │   └── OutputError             --output cannot be written to
    │       ├── MissingFolderError      its folder does not exist
    │       ├── NoDatabaseError         there is nothing to read there yet
    │       ├── NotADatabaseError       it exists and is no DuckDB file
    │       └── NewerSchemaError        it was written by a newer release
    ├── RunError                    exit status 1: the run failed and the database is as it was before
    │   ├── LockedError             another run holds the database
    │   ├── DatabaseInUseError      another program has the database open
    │   ├── StagingError            the run's intermediate files could not be written
    │   └── FailedRunError          the pipeline or the loading of its results broke off
    └── SourceError                 one input could not be read: it becomes a Reject and the run goes on
        ├── BinaryError             it is no text
        ├── UndecodableError        it is text in no encoding that we can tell
        ├── TooLargeError           it is beyond a limit
        ├── CompressionError        its gzip stream is broken or cut off
        ├── EmptyTextError          there is no text in it
        ├── PageError               it is a web page that cannot be read as one
        ├── RecordError             it is a JSON Lines record that cannot be read as an article
        └── UnknownSuffixError      its name ends in no suffix that we read

Each leaf keeps the offending value as an attribute. A message says what was wrong and what to do. An error's `args`
are its constructor's, so that it survives the pickling by which runners carry errors from a worker.
"""

from collections.abc import Sequence
from typing import ClassVar


class PipelineError(Exception):
    """The root: catch it to catch everything that the product raises on purpose."""

    exit_status: ClassVar[int] = 1


class UsageError(PipelineError):
    """The command asks for something that cannot be done; nothing was run."""

    exit_status = 2


class WrongOptionError(UsageError):
    """An option has a value that cannot be meant. `problem` names both, and says what could be."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class QueryError(UsageError):
    """The database refuses a query, for the `problem` that it names."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class NoInputError(UsageError):
    """An INPUT matches no file. `pattern` is the INPUT as given, `suffixes` the file names' ends that were sought."""

    def __init__(self, pattern: str, suffixes: Sequence[str]) -> None:
        super().__init__(pattern, suffixes)
        self.pattern = pattern
        self.suffixes = tuple(suffixes)

    def __str__(self) -> str:
        return (
            f"no input found for {self.pattern!r}: looked for a file of that name, for files matching it as a glob, "
            f"and for files in a folder of that name ending in {', '.join(self.suffixes)}; check the path"
        )


class OutputError(UsageError):
    """The output cannot be written to. `path` is the --output as given."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class MissingFolderError(OutputError):
    """The output's folder does not exist."""

    def __str__(self) -> str:
        return f"cannot write {self.path!r}: its folder does not exist; create it or name another --output"


class NoDatabaseError(OutputError):
    """There is no database to read."""

    def __str__(self) -> str:
        return f"there is no database {self.path!r}: make it with 'python -m pipeline run', or name another"


class NotADatabaseError(OutputError):
    """The output exists and is no DuckDB file."""

    def __str__(self) -> str:
        return f"cannot write {self.path!r}: it exists and is not a DuckDB file; move it or name another --output"


class NewerSchemaError(OutputError):
    """The output was written by a newer release. `found` is its schema version, `known` the newest known here."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(path)
        self.args = (path, found, known)
        self.found = found
        self.known = known

    def __str__(self) -> str:
        return (
            f"cannot write {self.path!r}: it has schema version {self.found} and this release knows up to "
            f"{self.known}; upgrade, or name another --output"
        )


class RunError(PipelineError):
    """The run failed, and the database is as it was before."""


class LockedError(RunError):
    """Another run holds the database at `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"another run is writing {self.path!r}: wait until it is done, or name another --output"


class DatabaseInUseError(RunError):
    """Another program has the database at `path` open."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path!r} is open in another program: close it there, or open it read-only only between runs"


class StagingError(RunError):
    """The run's intermediate files could not be written to the folder `path`, for the `problem` that is named."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"cannot stage the run's results in {self.path!r} ({self.problem}): free space there and run again"


class FailedRunError(RunError):
    """The pipeline, or the loading of its results, broke off. `problem` is the error as the runner tells it."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        lines = [line for line in self.problem.splitlines() if line.strip(" ^~")]
        last = lines[-1] if lines else "no reason given"
        return f"the run failed and changed nothing ({last.strip()}): run again with -v to see where"


class SourceError(PipelineError):
    """One input could not be read."""


class BinaryError(SourceError):
    """The content is no text. `kind` says what it looks like."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return f"not a text ({self.kind}): convert it to UTF-8 text, HTML or JSON Lines"


class UndecodableError(SourceError):
    """The content is in no encoding that we can tell. `tried` names those that were tried."""

    def __init__(self, tried: Sequence[str]) -> None:
        super().__init__(tried)
        self.tried = tuple(tried)

    def __str__(self) -> str:
        return f"text in an unknown encoding (tried {', '.join(self.tried)}): convert it to UTF-8"


class TooLargeError(SourceError):
    """The `what` is longer than the limit of `limit_bytes`."""

    def __init__(self, what: str, limit_bytes: int) -> None:
        super().__init__(what, limit_bytes)
        self.what = what
        self.limit_bytes = limit_bytes

    def __str__(self) -> str:
        return f"{self.what} is longer than {self.limit_bytes:,} bytes: split it into one article each"


class CompressionError(SourceError):
    """The gzip stream breaks off or is damaged, for the `problem` that is named."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"gzip stream damaged or cut off ({self.problem}): what came before was read; obtain the file again"


class EmptyTextError(SourceError):
    """There is no text, or nothing but white space."""

    def __str__(self) -> str:
        return "no text in it: remove it, or obtain it again"


class PageError(SourceError):
    """A web page cannot be read as an article, for the `problem` that is named."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.problem}: save the article's own page, or its text as .txt"


class RecordError(SourceError):
    """A line of JSON Lines cannot be read as an article, for the `problem` that is named."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class UnknownSuffixError(SourceError):
    """The file's name ends in no suffix that we read. `name` is the name, `known` are the suffixes."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = tuple(known)

    def __str__(self) -> str:
        return f"{self.name!r} ends in no suffix that can be read: rename or convert it to {', '.join(self.known)}"
