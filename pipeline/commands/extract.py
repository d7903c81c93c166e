"""`extract`: what articles report, as JSON lines."""

import argparse

from pipeline.commands.arguments import Commands, add_reading, read_options

_EPILOG = """examples:
  python -m pipeline extract seeds > mentions.jsonl
  python -m pipeline extract seeds --tallies | jq .what"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "extract", help="print what articles report, one JSON object per line; no database", epilog=_EPILOG
    )
    parser.set_defaults(command=_extract)
    add_reading(parser, fewest="+")
    parser.add_argument("--tallies", action="store_true", help="print the aggregate statements instead of the mentions")


def _extract(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.run import plain  # Beam takes most of a second to import: not for --help

    asked = read_options(options)
    if (estimate := plain.estimate_of(asked)) is not None:
        print(estimate)
        return
    for report in plain.reports_in(asked, tallies=options.tallies):
        print(report.model_dump_json())
