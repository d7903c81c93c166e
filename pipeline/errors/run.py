"""A run that failed, with the database as it was before: exit status 1."""

from pipeline.errors.base import PipelineError


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


class UnseenInputError(RunError):
    """The workers saw fewer of the input's files than the launcher: `seen` of `there`."""

    def __init__(self, seen: int, there: int) -> None:
        super().__init__(seen, there)
        self.seen = seen
        self.there = there

    def __str__(self) -> str:
        return (
            f"the workers saw {self.seen:,} of the {self.there:,} files of the input, and nothing was changed: put the "
            "files where every worker reaches them under the same path, and leave them there while the run lasts"
        )


class NoJobServerError(RunError):
    """The job server at `endpoint` did not answer, or broke off, for the `problem` that is named."""

    def __init__(self, endpoint: str, problem: str) -> None:
        super().__init__(endpoint, problem)
        self.endpoint = endpoint
        self.problem = problem

    def __str__(self) -> str:
        return (
            f"the job server at {self.endpoint} does not run the pipeline ({self.problem}): see that it is up and that "
            "--job_endpoint names it, or give it longer with --job_server_timeout SECONDS"
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
