"""`export`: incidents in a file of another form."""

import argparse
import sys
from pathlib import Path

from pipeline.commands.arguments import Commands, add_database, add_selection
from pipeline.export.registry import FORMATS

_EPILOG = """formats:
{formats}

What a format has no place for is left out, and counted on standard error.

examples:
  python -m pipeline export csv -o incidents.csv
  python -m pipeline export gpkg -o incidents.gpkg --where "country = 'SYR' AND NOT background" --since 2023-10-01"""


def add(commands: Commands) -> None:
    """Add the command."""
    listed = "\n".join(f"  {name:<12}{one.about}" for name, one in FORMATS.items())
    parser = commands.add_parser(
        "export", help="write incidents to a file for other tools", epilog=_EPILOG.format(formats=listed)
    )
    parser.set_defaults(command=_export)
    parser.add_argument("format", choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="the file to write")
    add_selection(parser)
    add_database(parser)


def _export(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.export.writing import write
    from pipeline.storage.selection import Selection, selected

    form = FORMATS[options.format]
    chosen = Selection(options.where, options.since, options.until)
    written = write(form, selected(options.db, chosen, form.of_revisions), options.out)
    print(f"{options.out}: {written}", file=sys.stderr)
