"""`review`: the incidents most worth a look, with the rulings to paste."""

import argparse

from pipeline.commands.arguments import Commands, add_database
from pipeline.runtime.visible import say

_EPILOG = """What is printed is a file of rulings in which nothing is ruled yet: take the # from what you rule, and
give the file to 'run --overrides'. Worth a look is what kills many, is little sure, and is told in different ways.

example:
  python -m pipeline review --most 5 --db incidents.duckdb > rulings.toml"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "review", help="print the incidents most worth a look, with the rulings to paste", epilog=_EPILOG
    )
    parser.set_defaults(command=_review)
    parser.add_argument("--most", type=_count, default=10, metavar="N", help="how many of them (default 10)")
    add_database(parser)


def _review(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.commands.review_text import as_rulings
    from pipeline.storage.doubts import most_doubtful

    say(as_rulings(most_doubtful(options.db, options.most)))


def _count(written: str) -> int:
    if not (written.isascii() and written.isdigit()) or int(written) == 0:
        raise argparse.ArgumentTypeError(f"{written!r} is no number of incidents: give 1 or more")
    return int(written)
