"""Which command-line arguments are Beam's."""

import argparse
from collections.abc import Sequence

from apache_beam.options.pipeline_options import PipelineOptions


def not_for_beam(arguments: Sequence[str]) -> list[str]:
    """Return the arguments that are no option of Beam's, nor the value of one, in their order."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, conflict_handler="resolve")
    for options in PipelineOptions.__subclasses__():
        options._add_argparse_args(parser)
    return parser.parse_known_args(list(arguments))[1]
