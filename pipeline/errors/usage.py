"""What a command asks for and cannot be done: exit status 2."""

from collections.abc import Sequence

from pipeline.errors.base import PipelineError


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
