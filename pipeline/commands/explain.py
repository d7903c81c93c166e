"""`explain`: every statement found in articles, and which named rule decided what became of it."""

import argparse

from pipeline.commands.arguments import Commands, add_reading, read_options
from pipeline.runtime.visible import say

_EPILOG = """A statement is what one sentence says of one deed. It founds an incident, joins one told before, is a tally
or is dropped; each time the rule that decided it is named. docs/explain.md says how to read it.

example:
  python -m pipeline explain seeds/001_a21afc5445094d1e.txt"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "explain", help="print every statement of articles, and which rule made it an incident or dropped it",
        epilog=_EPILOG,
    )  # fmt: skip
    parser.set_defaults(command=_explain)
    add_reading(parser, fewest="+")


def _explain(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.commands.explain_text import explained
    from pipeline.run import plain  # Beam takes most of a second to import: not for --help

    for article, document, trace in plain.explanations_of(read_options(options)):
        say(explained(article, document, trace) + "\n")
