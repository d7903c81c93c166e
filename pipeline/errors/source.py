"""One input that could not be read: it becomes a Reject, and the run goes on."""

from collections.abc import Sequence

from pipeline.errors.base import PipelineError


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


class OverdueError(SourceError):
    """To read something takes longer than the `seconds` that there are for it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"it takes longer than {self.seconds:.0f} s to read"


class ReaderEndedError(SourceError):
    """The process that reads something ended before it had."""

    def __str__(self) -> str:
        return "the process that reads it ended: there may be too little memory for it"
