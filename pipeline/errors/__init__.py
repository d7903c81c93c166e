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
    │   ├── UnseenInputError        workers see fewer files than the launcher
    │   ├── NoJobServerError        no job server answers, or it breaks off
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
        ├── OverdueError            it takes too long to read
        ├── ReaderEndedError        what reads it ended before it had
        ├── FeedError               it is no feed, or a feed without what it takes
        └── FetchError              it could not be fetched from the web
            ├── AddressError            its address is none that we ask
            └── TimedOutError           its server did not answer in time

Each leaf keeps the offending value as an attribute. A message says what was wrong and what to do. An error's `args`
are its constructor's, so that it survives the pickling by which runners carry errors from a worker.
"""

from pipeline.errors.base import (
    PipelineError,
)
from pipeline.errors.database import (
    ForbiddenError,
    ForeignDatabaseError,
    MissingFolderError,
    NewerSchemaError,
    NoDatabaseError,
    NotADatabaseError,
    OutputError,
    UnreadableFormatError,
)
from pipeline.errors.run import (
    DatabaseInUseError,
    ExportError,
    FailedRunError,
    LoadError,
    LockedError,
    ModelRefusedError,
    NoJobServerError,
    NotWholeError,
    RunError,
    StagingError,
    UnseenInputError,
)
from pipeline.errors.source import (
    AddressError,
    BinaryError,
    CompressionError,
    EmptyTextError,
    FeedError,
    FetchError,
    NotAFileError,
    OverdueError,
    PageError,
    ReaderEndedError,
    RecordError,
    SourceError,
    TimedOutError,
    TooLargeError,
    UndecodableError,
    UnknownSuffixError,
)
from pipeline.errors.usage import (
    AmbiguousIncidentError,
    BrokenLinkError,
    FeedListError,
    MissingExtraError,
    NoInputError,
    NotAnInputError,
    OverridesError,
    QueryError,
    TooLargePageError,
    UnknownIncidentError,
    UsageError,
    UserListError,
    WrongOptionError,
)

__all__ = [
    "AddressError",
    "AmbiguousIncidentError",
    "BinaryError",
    "BrokenLinkError",
    "CompressionError",
    "DatabaseInUseError",
    "EmptyTextError",
    "ExportError",
    "FailedRunError",
    "FeedError",
    "FeedListError",
    "FetchError",
    "ForbiddenError",
    "ForeignDatabaseError",
    "LoadError",
    "LockedError",
    "MissingExtraError",
    "MissingFolderError",
    "ModelRefusedError",
    "NewerSchemaError",
    "NoDatabaseError",
    "NoInputError",
    "NoJobServerError",
    "NotADatabaseError",
    "NotAFileError",
    "NotAnInputError",
    "NotWholeError",
    "OutputError",
    "OverdueError",
    "OverridesError",
    "PageError",
    "PipelineError",
    "QueryError",
    "ReaderEndedError",
    "RecordError",
    "RunError",
    "SourceError",
    "StagingError",
    "TimedOutError",
    "TooLargeError",
    "TooLargePageError",
    "UndecodableError",
    "UnknownIncidentError",
    "UnknownSuffixError",
    "UnreadableFormatError",
    "UnseenInputError",
    "UsageError",
    "UserListError",
    "WrongOptionError",
]
