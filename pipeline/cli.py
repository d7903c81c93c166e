"""The command line: `python -m pipeline run`, `watch`, `extract`, `sql` and `why`."""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import logs
from pipeline.errors import PipelineError, WrongOptionError
from pipeline.options import FeedOptions, ReadOptions, RunOptions

_DESCRIPTION = """News articles in, a DuckDB file of incidents out: what happened, when, where, by whom, against what,
with which weapons, how many were killed and wounded, who claimed it, and who says so."""

_RUN_EPILOG = """Every other option goes to Apache Beam (--runner FlinkRunner, --direct_num_workers 2
--direct_running_mode multi_processing, ...). A run over the same input changes nothing; a run over more input adds
what is new.

exit status: 0 done; 1 the run failed and the database is as it was before; 2 wrong usage

examples:
  python -m pipeline run seeds --output incidents.duckdb
  python -m pipeline run 'archive/2023-*.jsonl.gz' more/ --output incidents.duckdb
  python -m pipeline run --feeds feeds.txt --output incidents.duckdb
  python -m pipeline run gs://bucket/articles/ --staging /shared --output incidents.duckdb --runner FlinkRunner"""

_WATCH_EPILOG = """What `run` does, again and again, with one line of output each time. The list of feeds is read anew
for each run, so that it may be edited. A run that fails is told of, and the next one comes in its time. SIGTERM and
SIGINT (Ctrl-C) end it with exit status 0: a run that is under way is given up, and the database is as it was before.

example:
  python -m pipeline watch --feeds feeds.txt --every 15m --output incidents.duckdb"""

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}

_EXTRACT_EPILOG = """examples:
  python -m pipeline extract seeds > mentions.jsonl
  python -m pipeline extract seeds --tallies | jq .what"""


_SQL_EPILOG = """example:
  python -m pipeline sql "SELECT country, count(*) FROM incidents GROUP BY country" --db incidents.duckdb"""


_WHY_EPILOG = """An id that was superseded leads to the incident that took its reports over.

example:
  python -m pipeline why i-4f0c --db incidents.duckdb"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 the run failed, 2 wrong usage."""
    ours, for_beam = _split(list(sys.argv[1:] if arguments is None else arguments))
    options = _parser().parse_args(ours)
    logs.configure(options.verbose)
    try:
        options.command(options, for_beam)
        sys.stdout.flush()
    except PipelineError as error:
        print(f"pipeline: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Part a run's arguments into our own and Beam's, which alone knows which of its options take a value."""
    if arguments[:1] not in (["run"], ["watch"]) or not {"-h", "--help"}.isdisjoint(arguments):
        return arguments, []
    logs.configure(0)  # Beam talks while it is imported
    from pipeline.beam_options import not_for_beam

    ours = not_for_beam(arguments)
    waiting = iter(ours)
    expected = next(waiting, None)
    for_beam = []
    for argument in arguments:
        if argument == expected:
            expected = next(waiting, None)
        else:
            for_beam.append(argument)
    return ours, for_beam


class _Parser(argparse.ArgumentParser):
    """Keeps the line breaks of its texts, and takes option names only in full: shortened ones may be Beam's."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **settings)


_Commands = argparse._SubParsersAction  # argparse has no public name for what adds commands


def _parser() -> _Parser:
    parser = _Parser(prog="python -m pipeline", description=_DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    _add_run(commands)
    _add_watch(commands)
    _add_extract(commands)
    _add_sql(commands)
    _add_why(commands)
    return parser


def _add_run(commands: "_Commands[_Parser]") -> None:
    parser = commands.add_parser("run", help="read articles, write incidents to DuckDB", epilog=_RUN_EPILOG)
    parser.set_defaults(command=_run)
    _add_writing(parser)
    parser.add_argument("--brief", action="store_true", help="print one line when it is done, for logs")
    _add_feeds(parser, required=False)


def _add_watch(commands: "_Commands[_Parser]") -> None:
    parser = commands.add_parser("watch", help="do a run every so often, in one process", epilog=_WATCH_EPILOG)
    parser.set_defaults(command=_watch)
    _add_writing(parser)
    _add_feeds(parser, required=True)
    parser.add_argument(
        "--every", type=_seconds, default="15m", metavar="TIME",
        help="from the beginning of one run to that of the next: 90s, 15m, 6h, 1d (default 15m)",
    )  # fmt: skip


def _add_writing(parser: argparse.ArgumentParser) -> None:
    _add_reading(parser, fewest="*")
    parser.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="the DuckDB file to make or to add to"
    )
    parser.add_argument(
        "--window-days", type=int, default=3, metavar="N",
        help="reports up to N days apart may meet in one event-time window (default 3)",
    )  # fmt: skip
    parser.add_argument(
        "--overrides", type=Path, metavar="TOML",
        help="an analyst's rulings on which reports are of one incident, and which are not",
    )  # fmt: skip
    parser.add_argument(
        "--wait", type=float, default=0, metavar="SECONDS", help="wait for another run on FILE to end (default: do not)"
    )
    parser.add_argument(
        "--staging", type=Path, metavar="FOLDER",
        help="folder for intermediate files, reached by every worker under the same path (default: that of FILE)",
    )  # fmt: skip


def _add_extract(commands: "_Commands[_Parser]") -> None:
    parser = commands.add_parser(
        "extract", help="print what articles report, one JSON object per line; no database", epilog=_EXTRACT_EPILOG
    )
    parser.set_defaults(command=_extract)
    _add_reading(parser, fewest="+")
    parser.add_argument("--tallies", action="store_true", help="print the aggregate statements instead of the mentions")


def _add_sql(commands: "_Commands[_Parser]") -> None:
    parser = commands.add_parser("sql", help="print the answer to a query", epilog=_SQL_EPILOG)
    parser.set_defaults(command=_sql)
    parser.add_argument("query", metavar="QUERY")
    _add_database(parser)


def _add_why(commands: "_Commands[_Parser]") -> None:
    parser = commands.add_parser(
        "why", help="print who reports an incident, in which words, and why they were linked", epilog=_WHY_EPILOG
    )
    parser.set_defaults(command=_why)
    parser.add_argument("incident", metavar="INCIDENT_ID", help="an incident_id, or enough of its beginning")
    _add_database(parser)


def _add_database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--db", type=Path, default=Path("incidents.duckdb"), metavar="FILE", help="default: %(default)s"
    )
    _add_verbose(parser)


def _add_feeds(parser: argparse.ArgumentParser, required: bool) -> None:
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


def _add_reading(parser: argparse.ArgumentParser, fewest: str) -> None:
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
    parser.add_argument(
        "--encoder", action="store_true", help="look with a small encoder for parties that the rules leave out: slower"
    )
    _add_verbose(parser)


def _add_verbose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-v", "--verbose", action="count", default=0, help="log more (-vv: everything)")


def _run(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline import launcher, summary  # Beam takes most of a second to import: not for --help

    asked = _run_options(options, for_beam)
    record = launcher.run(asked, watch=summary.live_line)
    print(summary.line_of(record) if options.brief else summary.summarise(asked.output, record))


def _watch(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline import launcher, watch  # the same reason

    asked = _run_options(options, for_beam)
    with watch.signals() as stopping:
        watch.watch(lambda: launcher.run(asked), options.every, launcher.utc_now, stopping, partial(print, flush=True))


def _extract(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline import plain  # the same reason

    try:
        reading = _reading(options)
    except ValueError as error:
        raise WrongOptionError(str(error)) from error
    for report in plain.reports_in(reading, tallies=options.tallies):
        print(report.model_dump_json())


def _sql(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.storage.database import answer

    print(answer(options.db, options.query))


def _why(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.storage.accounts import account_of
    from pipeline.why import told

    print(told(account_of(options.db, options.incident)))


def _run_options(options: argparse.Namespace, for_beam: list[str]) -> RunOptions:
    try:
        return RunOptions(
            reading=_reading(options),
            output=options.output,
            staging=options.staging,
            window_days=options.window_days,
            wait_seconds=options.wait,
            feeds=_feeds(options) if options.feeds else None,
            overrides=options.overrides,
            beam_arguments=tuple(for_beam),
        )
    except ValueError as error:
        raise WrongOptionError(str(error)) from error


def _feeds(options: argparse.Namespace) -> FeedOptions:
    return FeedOptions(
        path=options.feeds,
        full_text=options.full_text,
        everything=options.poll_all,
        allow_private_hosts=options.allow_private_hosts,
        contact=options.contact,
        timeout_seconds=options.feed_timeout,
        max_mb=options.max_feed_mb,
    )


def _seconds(written: str) -> float:
    """Return the seconds that a time such as `90s`, `15m`, `6h` or `1d` lasts."""
    number, unit = written[:-1], written[-1:].lower()
    if unit not in _UNITS or not (number.isascii() and number.isdigit()) or int(number) == 0:
        raise argparse.ArgumentTypeError(f"{written!r} is no time: write 90s, 15m, 6h or 1d")
    return int(number) * _UNITS[unit]


def _reading(options: argparse.Namespace) -> ReadOptions:
    return ReadOptions(
        inputs=tuple(options.inputs),
        max_article_mb=options.max_article_mb,
        places=options.places,
        actors=options.actors,
        encoder=options.encoder,
    )
