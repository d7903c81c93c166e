"""The command line: what `python -m pipeline` and `incident-stream` do. Each command is a module beside this one."""

import argparse
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from pipeline.commands import explain, export, extract, report, review, run, serve, sql, watch, why
from pipeline.errors import PipelineError
from pipeline.runtime import interrupts, logs
from pipeline.runtime.visible import say

COMMANDS = (run, watch, extract, explain, sql, why, review, report, export, serve)
"""The commands in the order of the help. A command's module has `add(commands)`."""

_DESCRIPTION = """News articles in, a DuckDB file of incidents out: what happened, when, where, by whom, against what,
with which weapons, how many were killed and wounded, who claimed it, and who says so."""

_FOR_BEAM = ("run", "watch")
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 the run failed, 2 wrong usage, 130 stopped by Ctrl-C."""
    try:
        ours, for_beam = _split(list(sys.argv[1:] if arguments is None else arguments))
        options = _parsed(ours)
        logs.configure(options.verbose)
        options.command(options, for_beam)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return interrupts.stopped()
    except PipelineError as error:
        if interrupts.was_asked():
            return interrupts.stopped()
        say(f"pipeline: {error}", error=True)
        return error.exit_status
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if interrupts.was_asked():  # some libraries make another error of an interrupt
            return interrupts.stopped()
        _log.info("a fault", exc_info=True)
        say(f"pipeline: a fault of this program ({type(error).__name__}: {error}): -v shows where", error=True)
        return 1
    return 0


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Part a run's arguments into our own and Beam's, which alone knows which of its options take a value."""
    if arguments[:1] not in [[command] for command in _FOR_BEAM] or not {"-h", "--help"}.isdisjoint(arguments):
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


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = _parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        options.parser.error(_unknown(unknown, options.parser.names(), arguments[0]))
    return options


def _unknown(arguments: Sequence[str], names: Iterable[str], command: str) -> str:
    """Return what is wrong with arguments that no command takes, and what may have been meant."""
    known = list(names)
    if command in _FOR_BEAM:
        from pipeline.run.beam_options import names_of_beam

        known += names_of_beam()
    problem = f"unknown: {' '.join(arguments)}"
    first = next((argument.partition("=")[0] for argument in arguments if argument.startswith("-")), None)
    near = get_close_matches(first, known, n=1) if first else []
    return f"{problem}; did you mean {near[0]}?" if near else problem


class _Parser(argparse.ArgumentParser):
    """Keeps the line breaks of its texts, and takes option names only in full: shortened ones may be Beam's."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **settings)
        self.set_defaults(parser=self)

    def names(self) -> list[str]:
        """Return the names of all options."""
        return [name for action in self._actions for name in action.option_strings]

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and where to read on, and end with exit status 2."""
        say(f"pipeline: {message}\ntry '{self.prog} --help'", error=True)
        sys.exit(2)


def _parser() -> _Parser:
    parser = _Parser(prog=_program(), description=_DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"incident-stream {version('incident-stream')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for command in COMMANDS:
        command.add(commands)
    return parser


def _program() -> str:
    """Return what this program was called as."""
    called = Path(sys.argv[0]).stem
    return called if called == "incident-stream" else "python -m pipeline"
