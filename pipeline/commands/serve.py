"""`serve`: the page over a live database, on this machine."""

import argparse
import sys
from functools import partial

from pipeline.commands.arguments import Commands, add_database

_REFRESH_SECONDS = 2.0

_EPILOG = """The page of `report`, with the words of reports asked for one by one; /export.csv and its kin; /feed.atom.
A run beside it goes on undisturbed, and is seen when the page is loaded anew. Corrections that are
marked on the page come as TOML to save; the server writes nothing. Ctrl-C ends it.

example:
  python -m pipeline serve --db incidents.duckdb --port 8000"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="show the incidents in a browser, live", epilog=_EPILOG)
    parser.set_defaults(command=_serve)
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="0: any that is free (default 8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (default 127.0.0.1: this machine only)"
    )
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME",
        help="answer to this name too, of a proxy or of this machine in its network; may be given again",
    )  # fmt: skip
    add_database(parser)


def _serve(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.page.selection import PageSelection
    from pipeline.page.server import is_this_machine, serving
    from pipeline.run.watching import signals

    tell = partial(print, flush=True)
    names = tuple(options.allow_host)
    with signals() as stopping, serving(options.db, PageSelection(), options.host, options.port, names) as served:
        address, snapshots = served
        tell(f"{options.db} is served at {address} (Ctrl-C ends it)")
        if not is_this_machine(options.host):
            tell("pipeline: others in your network can read it; there are no passwords", file=sys.stderr)
        while not stopping.wait(_REFRESH_SECONDS):
            snapshots.refresh()
