"""Every error that the product raises on purpose.

    PipelineError
    ├── UsageError                  exit status 2: the command asks for something that cannot be done
    │   ├── WrongOptionError        an option has a value that cannot be meant
    │   ├── OverridesError          the file of --overrides cannot be meant
    │   ├── UserListError           a line of the file of --places or --actors cannot be meant
    │   ├── MissingExtraError       an option needs what is not installed
    │   ├── NoInputError            an INPUT matches no file
    │   │   ├── BrokenLinkError         it is a link that leads nowhere
    │   │   └── NotAnInputError         it is an address that is not read from
    │   ├── FeedListError           a line of the --feeds FILE names no feed
    │   ├── QueryError              a query that the database refuses
    │   ├── UnknownIncidentError    there is no incident of an id
    │   ├── AmbiguousIncidentError  an id that several incidents' ids begin with
    │   ├── TooLargePageError       a page would be larger than --max-mb, even without the reports' words
    │   └── OutputError             the database cannot be read or written
    │       ├── MissingFolderError      its folder does not exist
    │       ├── NoDatabaseError         there is nothing to read there yet
    │       ├── ForbiddenError          its permissions are in the way
    │       ├── NotADatabaseError       it exists and is no DuckDB file
    │       │   └── ForeignDatabaseError    it is one, but of another program
    │       ├── UnreadableFormatError   it was written by a newer DuckDB
    │       └── NewerSchemaError        it was written by a newer release
    ├── RunError                    exit status 1: the run failed and the database is as it was before
    │   ├── LockedError             another run holds the database
    │   ├── DatabaseInUseError      another program has the database open
    │   ├── StagingError            the run's intermediate files could not be written
    │   ├── LoadError               its results could not be written to the database
    │   ├── NotWholeError           the database that was written does not read as it should
    │   ├── ExportError             the file of an export could not be written
    │   ├── ModelRefusedError       the language model's server refuses every request
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
        ├── NotAFileError           it is a pipe, a socket, a device, or a link that leads nowhere
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


class TooLargePageError(UsageError):
    """The page at `path`, of so many `incidents`, is larger than `max_mb` even without the reports' words."""

    def __init__(self, path: str, incidents: int, max_mb: float) -> None:
        super().__init__(path, incidents, max_mb)
        self.path = path
        self.incidents = incidents
        self.max_mb = max_mb

    def __str__(self) -> str:
        return (
            f"{self.path!r} would hold {self.incidents:,} incidents, and be larger than {self.max_mb:g} MB even "
            "without the reports' words: raise --max-mb, or choose fewer with --where, --since or --until"
        )


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


class BrokenLinkError(NoInputError):
    """An INPUT is a link to what is not there. `pattern` is the link as given, `target` where it leads."""

    def __init__(self, pattern: str, target: str) -> None:
        super().__init__(pattern, ())
        self.args = (pattern, target)
        self.target = target

    def __str__(self) -> str:
        return (
            f"no input found for {self.pattern!r}: it is a link to {self.target!r}, which is not there; mend the link"
        )


class NotAnInputError(NoInputError):
    """An INPUT is an address of the web, or of a file system that is not known here, as the `problem` says."""

    def __init__(self, pattern: str, problem: str) -> None:
        super().__init__(pattern, ())
        self.args = (pattern, problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.pattern!r} cannot be read: {self.problem}"


class UserListError(UsageError):
    """The user's own list at `path`, given with `option`, cannot be meant, for the `problem` that names the line."""

    def __init__(self, option: str, path: str, problem: str) -> None:
        super().__init__(option, path, problem)
        self.option = option
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.option} {self.path}: {self.problem}"


class MissingExtraError(UsageError):
    """What was asked for with `option` needs the extra named `extra`, which is not installed."""

    def __init__(self, option: str, extra: str) -> None:
        super().__init__(option, extra)
        self.option = option
        self.extra = extra

    def __str__(self) -> str:
        return (
            f"{self.option} needs packages that are not installed: install them with "
            f"'pip install incident-stream[{self.extra}]', or in a checkout with 'pip install -e .[{self.extra}]'"
        )


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


class RunError(PipelineError):
    """The run failed, and the database is as it was before."""


class LockedError(RunError):
    """Another run holds the database at `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"another run is writing {self.path!r}: wait until it is done (--wait SECONDS), or name another --db"


class DatabaseInUseError(RunError):
    """Another program has the database at `path` open for writing, or Windows does not replace a file that is open."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return (
            f"{self.path!r} is open in another program that may write to it: close it there or open it read-only "
            "(DuckDB: read_only=True, duckdb -readonly), or wait for it with --wait SECONDS"
        )


class StagingError(RunError):
    """The run's intermediate files could not be written to the folder `path`, for the `problem` that is named."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return (
            f"cannot stage the run's results in {self.path!r} ({self.problem}): see that there is space there and that "
            "you may write to it, and run again"
        )


class LoadError(RunError):
    """Results could not be written to the database at `path`, for the `problem` that is named.

    They are kept in the folder `kept`, from which the next run loads them.
    """

    def __init__(self, path: str, problem: str, kept: str) -> None:
        super().__init__(path, problem, kept)
        self.path = path
        self.problem = problem
        self.kept = kept

    def __str__(self) -> str:
        return (
            f"cannot write {self.path!r} ({self.problem}), which is as it was before. What was read is kept in "
            f"{self.kept!r}: the next run loads it"
        )


class NotWholeError(RunError):
    """A database that was written to `path` does not read as it should, and has not taken the place of the old one."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"what was written to {self.path!r} does not read back whole: nothing was changed; check the disk"


class ExportError(RunError):
    """The file of an export could not be written to `path`, for the `problem` that the system names."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path} could not be written: {self.problem}; nothing was left there"


class ModelRefusedError(RunError):
    """The language model's server at `url` refuses every request with `status`; answers that came are kept."""

    def __init__(self, status: int, url: str) -> None:
        super().__init__(status, url)
        self.status = status
        self.url = url

    def __str__(self) -> str:
        return (
            f"the language model's server refuses to answer (status {self.status} at {self.url}): check its key in the "
            "environment, --llm-base-url and --llm-model; answers that it gave are kept"
        )


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


class NotAFileError(SourceError):
    """There is no file to read under the name, but `kind`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return f"not a file but {self.kind}: give a file that holds articles"


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
