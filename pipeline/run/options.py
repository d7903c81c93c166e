"""What a command can be asked for, checked."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pipeline.extraction.interface import Setup
from pipeline.extraction.registry import DEFAULT, EXTRACTORS
from pipeline.sources.feeds.fetch import FetchPolicy
from pipeline.sources.streams import Limits

_MEGABYTE = 1_000_000

ALL = "all"
"""That all held articles are read again, not only those that can be read differently."""


@dataclass(frozen=True)
class ReadOptions:
    """What to read, and with what. Raises ValueError for what cannot be meant.

    `inputs` are files, folders or globs. `places` and `actors` are the user's own additions to the gazetteer and the
    alias table. `extractor` is the name of one of `extraction.registry`, `own` its own options, null if it has none.
    """

    inputs: tuple[str, ...]
    max_article_mb: float = 10.0
    places: Path | None = None
    actors: Path | None = None
    extractor: str = DEFAULT
    own: Any = None

    def __post_init__(self) -> None:
        if self.max_article_mb <= 0:
            raise ValueError(f"--max-article-mb must be more than 0, not {self.max_article_mb}")
        if self.extractor not in EXTRACTORS:
            raise ValueError(f"--extractor must be one of {', '.join(EXTRACTORS)}, not {self.extractor!r}")
        for name, path in (("--places", self.places), ("--actors", self.actors)):
            if path is not None and not path.is_file():
                raise ValueError(f"{name} {path}: there is no such file")

    def setup(self, database: Path | None = None) -> Setup:
        """Return what the extractor is made with, in a run that writes a database, or none."""
        return Setup(self.places, self.actors, self.own, database)

    @property
    def limits(self) -> Limits:
        """The lengths beyond which a file or a line is no article."""
        most = int(self.max_article_mb * _MEGABYTE)
        return Limits(max_article_bytes=most, max_line_bytes=most)


@dataclass(frozen=True)
class FeedOptions:
    """Which feeds to poll, and how. Raises ValueError for what cannot be meant.

    `path` is the list of feeds. `full_text` fetches the page of each entry. `everything` polls feeds too that are not
    due. `contact` is an address, of the web or of mail, under which servers' owners reach whoever runs the pipeline.
    `timeout_seconds` and `max_mb` limit each answer.
    """

    path: Path
    full_text: bool = False
    everything: bool = False
    allow_private_hosts: bool = False
    contact: str | None = None
    timeout_seconds: float = 20.0
    max_mb: float = 15.0

    def __post_init__(self) -> None:
        if not self.path.is_file():
            raise ValueError(f"--feeds {self.path}: there is no such file")
        if self.timeout_seconds <= 0:
            raise ValueError(f"--feed-timeout must be more than 0, not {self.timeout_seconds}")
        if self.max_mb <= 0:
            raise ValueError(f"--max-feed-mb must be more than 0, not {self.max_mb}")
        if self.contact is not None and not (self.contact.isascii() and self.contact.isprintable()):
            raise ValueError("--contact must be an address in plain ASCII")

    @property
    def policy(self) -> FetchPolicy:
        """How servers are asked."""
        contact = f" (+{self.contact})" if self.contact else " (feed reader)"
        return FetchPolicy(
            agent=f"incident-stream/{version('incident-stream')}{contact}",
            timeout_seconds=self.timeout_seconds,
            max_bytes=int(self.max_mb * _MEGABYTE),
            allow_private_hosts=self.allow_private_hosts,
        )


@dataclass(frozen=True)
class RunOptions:
    """Where a run writes, and how. Raises ValueError for what cannot be meant.

    `staging` is the folder for intermediate files (default: the database's own; on a cluster, one that every worker
    reaches under the same path). `reread` has held articles read again: all of them, or those that can differ from when
    they were read. `wait_seconds` is how long to wait for another run on the same database. `overrides`
    is a file of an analyst's rulings.
    """

    reading: ReadOptions
    output: Path
    staging: Path | None = None
    window_days: int = 3
    wait_seconds: float = 0.0
    feeds: FeedOptions | None = None
    overrides: Path | None = None
    reread: Literal["all", "changed"] | None = None
    beam_arguments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.reading.inputs and self.feeds is None and self.reread is None:
            raise ValueError("there is no INPUT to read: give one, or --feeds FILE, or --reread")
        if self.window_days < 1:
            raise ValueError(f"--window-days must be at least 1, not {self.window_days}")
        if self.wait_seconds < 0:
            raise ValueError(f"--wait must not be negative, but is {self.wait_seconds}")
        if self.overrides is not None and not self.overrides.is_file():
            raise ValueError(f"--overrides {self.overrides}: there is no such file")
        if self.staging is not None and not self.staging.is_dir():
            raise ValueError(f"--staging {self.staging}: there is no such folder")

    @property
    def run_folder(self) -> Path:
        """Where this run's intermediate files go: a folder of its own, cleared by the next run if this one dies."""
        return (self.staging or self.output.parent).absolute() / f"{self.output.name}.run"
