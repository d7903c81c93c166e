"""`report`: the incidents as one page to look at, or their map as a picture."""

import argparse
import sys
from pathlib import Path

from pipeline.commands.arguments import Commands, add_database, add_selection, day
from pipeline.errors import WrongOptionError

_EPILOG = """The page is one file that any browser opens, offline: a map, a time line, filters, and each
incident with the words of its reports. The same database makes the same file.

examples:
  python -m pipeline report -o report.html
  python -m pipeline report --where "country = 'SYR' AND source_count > 1" --since 2023-10-01 -o syria.html
  python -m pipeline report --as-known-on 2023-11-09 --evidence quotes -o then.html
  python -m pipeline report --svg map.svg"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("report", help="write the incidents as a page: one HTML file", epilog=_EPILOG)
    parser.set_defaults(command=_report)
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="the HTML file to write")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="write the map as a picture")
    add_selection(parser)
    parser.add_argument(
        "--as-known-on", type=day, metavar="DAY", help="what the runs up to the end of DAY (UTC) had found"
    )
    parser.add_argument(
        "--evidence", choices=("full", "quotes", "none"), default="full",
        help="what the page holds of the reports: quotes with words around them, quotes, or no words (default full)",
    )  # fmt: skip
    parser.add_argument(
        "--max-mb", type=float, default=25, metavar="N",
        help="a larger page is written with quotes only, or without words, and that is said (default 25)",
    )  # fmt: skip
    add_database(parser)


def _report(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.page.report import write_report
    from pipeline.page.selection import PageSelection, Words
    from pipeline.page.svg import write_map

    if options.out is None and options.svg is None:
        raise WrongOptionError("say where to write: -o report.html for the page, --svg map.svg for the map")
    selection = PageSelection(options.where, options.since, options.until, options.as_known_on)
    if options.svg is not None:
        missing = write_map(options.db, options.svg, selection)
        print(f"{options.svg}: the map; {missing:,} incidents have no point and are counted below it")
    if options.out is not None:
        written = write_report(options.db, options.out, selection, Words(options.evidence), options.max_mb)
        print(f"{options.out}: {written.incidents:,} incidents, {written.size / 1_000_000:.1f} MB")
        for told in written.left_out(Words(options.evidence), options.max_mb):
            print(f"pipeline: {told}", file=sys.stderr)
