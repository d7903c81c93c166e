"""`watch`: a run every so often, in one process."""

import argparse

from pipeline.commands.arguments import Commands, add_feeds, add_writing, run_options
from pipeline.runtime.visible import say

_EPILOG = """What `run` does, again and again, with one line of output each time. The list of feeds is read anew
for each run, so that it may be edited. A run that fails is told of, and the next one comes in its time. SIGTERM and
SIGINT (Ctrl-C) end it with exit status 0: a run that is under way is given up, and the database is as it was before.

example:
  python -m pipeline watch --feeds feeds.txt --every 15m --output incidents.duckdb"""

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("watch", help="do a run every so often, in one process", epilog=_EPILOG)
    parser.set_defaults(command=_watch)
    add_writing(parser)
    add_feeds(parser, required=True)
    parser.add_argument(
        "--every", type=_seconds, default="15m", metavar="TIME",
        help="from the beginning of one run to that of the next: 90s, 15m, 6h, 1d (default 15m)",
    )  # fmt: skip


def _watch(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.run import launcher, plain, watching  # Beam takes most of a second to import: not for --help

    asked = run_options(options, for_beam)
    if (estimate := plain.estimate_of(asked.reading, asked.output)) is not None:
        say(estimate)
        return
    with watching.signals() as stopping:
        watching.watch(lambda: launcher.run(asked), options.every, launcher.utc_now, stopping, say)


def _seconds(written: str) -> float:
    """Return the seconds that a time such as `90s`, `15m`, `6h` or `1d` lasts."""
    number, unit = written[:-1], written[-1:].lower()
    if unit not in _UNITS or not (number.isascii() and number.isdigit()) or int(number) == 0:
        raise argparse.ArgumentTypeError(f"{written!r} is no time: write 90s, 15m, 6h or 1d")
    return int(number) * _UNITS[unit]
