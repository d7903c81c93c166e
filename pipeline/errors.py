"""Every error that the product raises on purpose.

    PipelineError
    ├── UsageError                  exit status 2: the command asks for something that cannot be done
    │   ├── WrongOptionError        an option has a value that cannot be meant
    │   ├── OverridesError          the file of --overrides cannot be meant
    │   ├── NoInputError            an INPUT matches no file
    │   ├── FeedListError           a line of the --feeds FILE names no feed
    │   ├── QueryError              a query that the database refuses
    │   ├── UnknownIncidentError    there is no incident of an id
    │   ├── AmbiguousIncidentError  an id that several incidents' ids begin with
    │   └── OutputError             --output cannot be written to
    │       ├── MissingFolderError      its folder does not exist
    │       ├── NoDatabaseError         there is nothing to read there yet
    │       ├── NotADatabaseError       it exists and is no DuckDB file
    │       └── NewerSchemaError        it was written by a newer release
    ├── RunError                    exit status 1: the run failed and the database is as it was before
    │   ├── LockedError             another run holds the database
    │   ├── DatabaseInUseError      another program has the database open
    │   ├── StagingError            the run's intermediate files could not be written
    │   ├── ExportError             the file of an export could not be written
    │   └── FailedRunError          the pipeline or the loading of its results broke off
    └── SourceError                 one input could not be read: it becomes a Reject and the run goes on
        ├── BinaryError             it is no text
        ├── UndecodableError        it is text in no encoding that we can tell
        ├── TooLargeError           it is beyond a limit
        ├── CompressionError        its compressed stream is damaged or cut off
        ├── EmptyTextError          there is no text in it
        ├── PageError               it is a web page that cannot be read as one
        ├── RecordError             it is a record of an archive that cannot be read as an article
        ├── UnknownSuffixError      its name ends in no suffix that we read
        ├── FeedError               it is no feed, or a feed without what it takes
        └── FetchError              it could not be fetched from the web
            ├── AddressError            its address is none that we ask
            └── TimedOutError           its server did not answer in time

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


class OverridesError(UsageError):
    """The file of rulings at `path` cannot be meant, for the `problem` that names the line or the key."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"--overrides {self.path}: {self.problem}"


class QueryError(UsageError):
    """The database refuses a query, for the `problem` that it names."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class UnknownIncidentError(UsageError):
    """There is and was no incident whose id is, or begins with, `asked`."""

    def __init__(self, asked: str) -> None:
        super().__init__(asked)
        self.asked = asked

    def __str__(self) -> str:
        return f"there is no incident {self.asked!r}: take an incident_id from the table incidents, or its beginning"


class AmbiguousIncidentError(UsageError):
    """Several incidents' ids begin with `asked`; `found` are the first of them."""

    def __init__(self, asked: str, found: Sequence[str]) -> None:
        super().__init__(asked, found)
        self.asked = asked
        self.found = tuple(found)

    def __str__(self) -> str:
        return f"several incidents begin with {self.asked!r} ({', '.join(self.found)}, …): give more of the id"


class FeedListError(UsageError):
    """The list of feeds at `path` cannot be used, for the `problem` that is named."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return (
            f"--feeds {self.path}: {self.problem}; give OPML, or on each line the URL or the path of a feed and, "
            "if you like, a name for it"
        )


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


class ExportError(RunError):
    """The file of an export could not be written to `path`, for the `problem` that the system names."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path} could not be written: {self.problem}; nothing was left there"


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
    """A compressed stream breaks off or is damaged. `kind` is the compression, `problem` what is wrong."""

    def __init__(self, kind: str, problem: str) -> None:
        super().__init__(kind, problem)
        self.kind = kind
        self.problem = problem

    def __str__(self) -> str:
        return (
            f"{self.kind} stream damaged or cut off ({self.problem}): what came before was read; obtain the file again"
        )


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
    """A record of an archive cannot be read as an article, for the `problem` that is named."""

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


class FeedError(SourceError):
    """A feed, or an entry of it, cannot be read, for the `problem` that is named."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class FetchError(SourceError):
    """Something could not be fetched, for the `problem` that is named. It may be there another time."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class AddressError(FetchError):
    """A web address is none that we ask: not of the web, or not public, or broken."""


class TimedOutError(FetchError):
    """A server did not answer within the `seconds` that it had."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no whole answer within {seconds:g} s")
        self.args = (seconds,)
        self.seconds = seconds
