"""The command line: `python -m pipeline run`, `extract` and `sql`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import logs
from pipeline.errors import PipelineError, WrongOptionError
from pipeline.options import ReadOptions, RunOptions

_DESCRIPTION = """News articles in, a DuckDB file of incidents out: what happened, when, where, by whom, against what,
with which weapons, how many were killed and wounded, who claimed it, and who says so."""

_RUN_EPILOG = """Every other option goes to Apache Beam (--runner FlinkRunner, --direct_num_workers 2
--direct_running_mode multi_processing, ...). A run over the same input changes nothing; a run over more input adds
what is new.

exit status: 0 done; 1 the run failed and the database is as it was before; 2 wrong usage

examples:
  python -m pipeline run seeds --output incidents.duckdb
  python -m pipeline run 'archive/2023-*.jsonl.gz' more/ --output incidents.duckdb
  python -m pipeline run gs://bucket/articles/ --staging /shared --output incidents.duckdb --runner FlinkRunner"""

_EXTRACT_EPILOG = """examples:
  python -m pipeline extract seeds > mentions.jsonl
  python -m pipeline extract seeds --tallies | jq .what"""


_SQL_EPILOG = """example:
  python -m pipeline sql "SELECT country, count(*) FROM incidents GROUP BY country" --db incidents.duckdb"""


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
    if arguments[:1] != ["run"] or not {"-h", "--help"}.isdisjoint(arguments):
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
    _add_extract(commands)
    _add_sql(commands)
    return parser


def _add_run(commands: "_Commands[_Parser]") -> None:
    parser = commands.add_parser("run", help="read articles, write incidents to DuckDB", epilog=_RUN_EPILOG)
    parser.set_defaults(command=_run)
    _add_reading(parser)
    parser.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="the DuckDB file to make or to add to"
    )
    parser.add_argument(
        "--window-days", type=int, default=3, metavar="N",
        help="reports up to N days apart may meet in one event-time window (default 3)",
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
    _add_reading(parser)
    parser.add_argument("--tallies", action="store_true", help="print the aggregate statements instead of the mentions")


def _add_sql(commands: "_Commands[_Parser]") -> None:
    parser = commands.add_parser("sql", help="print the answer to a query", epilog=_SQL_EPILOG)
    parser.set_defaults(command=_sql)
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument(
        "--db", type=Path, default=Path("incidents.duckdb"), metavar="FILE", help="default: %(default)s"
    )
    _add_verbose(parser)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs", nargs="+", metavar="INPUT",
        help="a file, a folder or a glob of .txt, .html, .jsonl or .jsonl.gz; also gs:// and s3:// with those extras",
    )  # fmt: skip
    parser.add_argument(
        "--max-article-mb", type=float, default=10, metavar="MB", help="longer files and lines are rejects (default 10)"
    )
    parser.add_argument("--places", type=Path, metavar="CSV", help="places of your own, added to the gazetteer")
    parser.add_argument("--actors", type=Path, metavar="CSV", help="actors of your own, added to the alias table")
    _add_verbose(parser)


def _add_verbose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-v", "--verbose", action="count", default=0, help="log more (-vv: everything)")


def _run(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline import launcher, summary  # Beam takes most of a second to import: not for --help

    try:
        asked = RunOptions(
            reading=_reading(options),
            output=options.output,
            staging=options.staging,
            window_days=options.window_days,
            wait_seconds=options.wait,
            beam_arguments=tuple(for_beam),
        )
    except ValueError as error:
        raise WrongOptionError(str(error)) from error
    record = launcher.run(asked, watch=summary.live_line)
    print(summary.summarise(asked.output, record))


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


def _reading(options: argparse.Namespace) -> ReadOptions:
    return ReadOptions(
        inputs=tuple(options.inputs),
        max_article_mb=options.max_article_mb,
        places=options.places,
        actors=options.actors,
    )
