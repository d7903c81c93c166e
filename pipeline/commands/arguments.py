"""The arguments that several commands share, and the options that they make up."""

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

from pipeline.commands.extractor_arguments import add_extractors, chosen_name, own_options
from pipeline.errors import WrongOptionError
from pipeline.run.options import FeedOptions, ReadOptions, RunOptions

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What commands are added to; argparse has no public name for it."""

DEFAULT_DB = Path("incidents.duckdb")
"""The database that is meant where none is named."""


def add_reading(parser: argparse.ArgumentParser, fewest: str) -> None:
    """Add the arguments that say what is read, and with what; `fewest` is argparse's sign for how many inputs."""
    parser.add_argument(
        "inputs", nargs=fewest, metavar="INPUT",
        help="a file, a folder or a glob of .txt, .html, .jsonl, .csv (also .gz and .zst), .parquet, .warc, .warc.gz; "
        "also gs:// and s3:// with those extras",
    )  # fmt: skip
    parser.add_argument(
        "--max-article-mb", type=float, default=10, metavar="MB", help="longer files and lines are rejects (default 10)"
    )
    parser.add_argument("--places", type=Path, metavar="CSV", help="places of your own, added to the gazetteer")
    parser.add_argument("--actors", type=Path, metavar="CSV", help="actors of your own, added to the alias table")
    add_extractors(parser)
    add_verbose(parser)


def add_writing(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of commands that write a database."""
    add_reading(parser, fewest="*")
    _add_db(parser, "the DuckDB file to make or to add to")
    parser.add_argument(
        "--window-days", type=int, default=3, metavar="N",
        help="reports up to N days apart may meet in one event-time window (default 3)",
    )  # fmt: skip
    parser.add_argument(
        "--overrides", type=Path, metavar="TOML",
        help="an analyst's rulings: what is one incident and what is none, and what fields are",
    )  # fmt: skip
    parser.add_argument(
        "--reread", nargs="?", choices=("all", "changed"), const="changed", metavar="all|changed",
        help="read articles again that FILE holds, with today's rules and lists: all, or those that can differ "
        "(default: changed)",
    )  # fmt: skip
    parser.add_argument(
        "--wait",
        type=float,
        default=0,
        metavar="SECONDS",
        help="wait for another run on FILE to end, or for a program that writes to it (default: do not)",
    )
    parser.add_argument(
        "--staging", type=Path, metavar="FOLDER",
        help="folder for intermediate files, reached by every worker under the same path (default: that of FILE)",
    )  # fmt: skip


def add_feeds(parser: argparse.ArgumentParser, required: bool) -> None:
    """Add the arguments that say which feeds are polled, and how."""
    feeds = parser.add_argument_group("feeds")
    feeds.add_argument(
        "--feeds", type=Path, required=required, metavar="FILE",
        help="poll the RSS and Atom feeds that FILE lists: OPML, or on each line a URL or a path and perhaps a name",
    )  # fmt: skip
    feeds.add_argument("--full-text", action="store_true", help="read the page that an entry links to, not the entry")
    feeds.add_argument("--poll-all", action="store_true", help="poll feeds too that are not due yet")
    feeds.add_argument(
        "--allow-private-hosts", action="store_true", help="follow links and redirects into private networks"
    )
    feeds.add_argument("--contact", metavar="URL", help="a URL or mail address of yours, to tell the feeds' servers")
    feeds.add_argument(
        "--feed-timeout", type=float, default=20, metavar="SECONDS", help="wait no longer for an answer (default 20)"
    )
    feeds.add_argument(
        "--max-feed-mb", type=float, default=15, metavar="MB", help="take no answer longer than this (default 15)"
    )


def add_database(parser: argparse.ArgumentParser) -> None:
    """Add the argument of commands that read a database."""
    _add_db(parser, "the DuckDB file to read")
    add_verbose(parser)


def _add_db(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the argument that names the database: the same for commands that read it and those that write it."""
    parser.add_argument(
        "--db", "--output", type=Path, default=DEFAULT_DB, metavar="FILE",
        help=f"{what} (default: %(default)s)",
    )  # fmt: skip


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say which incidents are meant."""
    parser.add_argument("--where", metavar="SQL", help="only rows for which a condition on the columns holds")
    parser.add_argument("--since", type=day, metavar="DAY", help="only what may have happened on DAY or later")
    parser.add_argument("--until", type=day, metavar="DAY", help="only what may have happened on DAY or earlier")


def day(written: str) -> date:
    """Return the day that is written as in ISO 8601."""
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{written!r} is no day: write 2023-11-09") from error


def add_verbose(parser: argparse.ArgumentParser) -> None:
    """Add the argument that has more logged."""
    parser.add_argument("-v", "--verbose", action="count", default=0, help="log more (-vv: everything)")


def read_options(options: argparse.Namespace) -> ReadOptions:
    """Return what is to be read. Raises WrongOptionError for what cannot be meant."""
    try:
        return _reading_of(options)
    except ValueError as error:
        raise WrongOptionError(str(error)) from error


def run_options(options: argparse.Namespace, for_beam: list[str]) -> RunOptions:
    """Return what a run is asked for. Raises WrongOptionError for what cannot be meant."""
    try:
        return RunOptions(
            reading=_reading_of(options),
            output=options.db,
            staging=options.staging,
            window_days=options.window_days,
            wait_seconds=options.wait,
            feeds=_feeds_of(options) if options.feeds else None,
            overrides=options.overrides,
            reread=options.reread,
            beam_arguments=tuple(for_beam),
        )
    except ValueError as error:
        raise WrongOptionError(str(error)) from error


def _reading_of(options: argparse.Namespace) -> ReadOptions:
    extractor = chosen_name(options)
    return ReadOptions(
        inputs=tuple(options.inputs),
        max_article_mb=options.max_article_mb,
        places=options.places,
        actors=options.actors,
        extractor=extractor,
        own=own_options(options, extractor),
    )


def _feeds_of(options: argparse.Namespace) -> FeedOptions:
    return FeedOptions(
        path=options.feeds,
        full_text=options.full_text,
        everything=options.poll_all,
        allow_private_hosts=options.allow_private_hosts,
        contact=options.contact,
        timeout_seconds=options.feed_timeout,
        max_mb=options.max_feed_mb,
    )
