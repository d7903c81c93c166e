"""Which command-line arguments are Beam's."""

import argparse
from collections.abc import Sequence

from apache_beam.options.pipeline_options import PipelineOptions


def not_for_beam(arguments: Sequence[str]) -> list[str]:
    """Return the arguments that are no option of Beam's, nor the value of one, in their order."""
    return _parser().parse_known_args(list(arguments))[1]


def names_of_beam() -> list[str]:
    """Return the names of Beam's options."""
    return [name for action in _parser()._actions for name in action.option_strings]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, conflict_handler="resolve")
    for options in PipelineOptions.__subclasses__():
        options._add_argparse_args(parser)
    return parser
