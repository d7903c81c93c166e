"""`sql`: the answers to queries, for people or for programs."""

import argparse
import shutil
import sys
from pathlib import Path

from pipeline.commands.arguments import Commands, add_database
from pipeline.errors import WrongOptionError
from pipeline.runtime.visible import say

_EPILOG = """examples:
  python -m pipeline sql "SELECT country, count(*) FROM incidents GROUP BY country" --db incidents.duckdb
  python -m pipeline sql --format csv "FROM incident_parties" > parties.csv
  python -m pipeline sql --format parquet -o incidents.parquet "FROM incidents"
  python -m pipeline sql - < questions.sql"""
_FORMATS = ("table", "csv", "json", "jsonl", "md", "parquet")
_UNLIMITED = 1_000_000
"""How wide a table may be where nobody looks at it on a screen."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("sql", help="print the answer to a query", epilog=_EPILOG)
    parser.set_defaults(command=_sql)
    parser.add_argument("query", metavar="QUERY", help="one statement or several; - reads them from standard input")
    parser.add_argument("--format", choices=_FORMATS, default="table", help="how it is written (default table)")
    parser.add_argument("--limit", type=int, metavar="N", help="give no more than N rows of each answer")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="the file to write, for --format parquet")
    add_database(parser)


def _sql(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.storage.answers import answers, write_parquet

    if (options.format == "parquet") != (options.out is not None):
        raise WrongOptionError("--format parquet and -o FILE go together: the others are printed")
    if options.limit is not None and options.limit < 0:
        raise WrongOptionError(f"--limit must not be negative, but is {options.limit}")
    query = sys.stdin.read() if options.query == "-" else options.query
    if options.out is not None:
        write_parquet(options.db, query, options.out, options.limit)
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNLIMITED
    for answer in answers(options.db, query, options.format, width, options.limit):
        if options.format in ("table", "md"):
            say(answer)
        else:
            print(answer)
