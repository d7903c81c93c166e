"""`why`: who reports an incident, in which words, and why the reports were linked."""

import argparse

from pipeline.commands.arguments import Commands, add_database
from pipeline.runtime.visible import say

_EPILOG = """An id that was superseded leads to the incident that took its reports over.

example:
  python -m pipeline why i-4f0c --db incidents.duckdb"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "why", help="print who reports an incident, in which words, and why they were linked", epilog=_EPILOG
    )
    parser.set_defaults(command=_why)
    parser.add_argument("incident", metavar="INCIDENT_ID", help="an incident_id, or enough of its beginning")
    parser.add_argument(
        "--trace", action="store_true",
        help="print too which rule made a report of which statement; reads the articles again, by rules alone",
    )  # fmt: skip
    add_database(parser)


def _why(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.commands.why_text import text_of
    from pipeline.storage.accounts import account_of, articles_of

    account = account_of(options.db, options.incident)
    say(text_of(account))
    if options.trace:
        from pipeline.commands.why_trace import traced  # loads an extractor

        say("\n".join(traced(account, articles_of(options.db, account))))
