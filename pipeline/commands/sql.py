"""`sql`: the answer to a query."""

import argparse

from pipeline.commands.arguments import Commands, add_database
from pipeline.runtime.visible import say

_EPILOG = """example:
  python -m pipeline sql "SELECT country, count(*) FROM incidents GROUP BY country" --db incidents.duckdb"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("sql", help="print the answer to a query", epilog=_EPILOG)
    parser.set_defaults(command=_sql)
    parser.add_argument("query", metavar="QUERY")
    add_database(parser)


def _sql(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.storage.database import answer

    say(answer(options.db, options.query))
