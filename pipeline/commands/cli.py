"""The command line: what `python -m pipeline` does. Each command is a module beside this one."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

from pipeline.commands import export, extract, run, sql, watch, why
from pipeline.errors import PipelineError
from pipeline.runtime import logs

COMMANDS = (run, watch, extract, sql, why, export)
"""The commands in the order of the help. A command's module has `add(commands)`."""

_DESCRIPTION = """News articles in, a DuckDB file of incidents out: what happened, when, where, by whom, against what,
with which weapons, how many were killed and wounded, who claimed it, and who says so."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 the run failed, 2 wrong usage."""
    ours, for_beam = _split(list(sys.argv[1:] if arguments is None else arguments))
    options = _parser().parse_args(ours)
    logs.configure(options.verbose)
    try:
        options.command(options, for_beam)
        sys.stdout.flush()
    except PipelineError as error:
        print(f"pipeline: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Part a run's arguments into our own and Beam's, which alone knows which of its options take a value."""
    if arguments[:1] not in (["run"], ["watch"]) or not {"-h", "--help"}.isdisjoint(arguments):
        return arguments, []
    logs.configure(0)  # Beam talks while it is imported
    from pipeline.run.beam_options import not_for_beam

    ours = not_for_beam(arguments)
    waiting = iter(ours)
    expected = next(waiting, None)
    for_beam = []
    for argument in arguments:
        if argument == expected:
            expected = next(waiting, None)
        else:
            for_beam.append(argument)
    return ours, for_beam


class _Parser(argparse.ArgumentParser):
    """Keeps the line breaks of its texts, and takes option names only in full: shortened ones may be Beam's."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **settings)


def _parser() -> _Parser:
    parser = _Parser(prog="python -m pipeline", description=_DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for command in COMMANDS:
        command.add(commands)
    return parser
