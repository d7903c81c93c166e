"""Where a pipeline runs: in this process and its children, or on workers elsewhere, and what they need from here."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import grpc
from apache_beam.options.pipeline_options import PipelineOptions, PortableOptions, StandardOptions

from pipeline.errors import NoJobServerError
from pipeline.run.options import ReadOptions

_LOCAL = frozenset({"directrunner", "fnapirunner", "switchingdirectrunner", "bundlebaseddirectrunner"})


def is_local(beam_arguments: Sequence[str]) -> bool:
    """Return whether the pipeline runs in this process or its children, and shares its memory and working folder.

    As in Beam, a runner is named in any case, and by its class or with its module.
    """
    runner = PipelineOptions(list(beam_arguments)).view_as(StandardOptions).runner
    return runner is None or runner.rpartition(".")[2].lower() in _LOCAL


def anywhere(patterns: Iterable[str]) -> tuple[str, ...]:
    """Return patterns of files that mean the same in any working folder."""
    return tuple(pattern if "://" in pattern else str(Path(pattern).absolute()) for pattern in patterns)


def with_copied_lists(options: ReadOptions, folder: Path) -> ReadOptions:
    """Return the options with the user's own lists where workers reach them: copied to a folder of the run."""
    return replace(
        options,
        places=_copied(options.places, folder / "places.csv"),
        actors=_copied(options.actors, folder / "actors.csv"),
    )


def _copied(path: Path | None, copy: Path) -> Path | None:
    return None if path is None else Path(shutil.copyfile(path, copy))


@contextmanager
def answered(beam_arguments: Sequence[str]) -> Iterator[None]:
    """Raise NoJobServerError where no job server answers, or it breaks off."""
    try:
        yield
    except (grpc.RpcError, grpc.FutureTimeoutError) as error:
        options = PipelineOptions(list(beam_arguments)).view_as(PortableOptions)
        detail = error.details() if isinstance(error, grpc.Call) else "no answer"
        raise NoJobServerError(str(options.job_endpoint), str(detail)) from error
