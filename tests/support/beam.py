"""Running transforms on a small pipeline, in this process and with nothing from outside."""

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any, TypeVar

import apache_beam as beam
from apache_beam.coders import Coder, VarIntCoder
from apache_beam.io.watch import TerminationCondition
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.direct.direct_runner import BundleBasedDirectRunner
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.testing.test_pipeline import TestPipeline

ElementT = TypeVar("ElementT")

_kept: list[list[Any]] = []
_ticks = itertools.count()


def pipeline() -> TestPipeline:
    """Beam's direct runner would first look for a runner of another language to download."""
    return TestPipeline(runner=FnApiRunner())


def streaming() -> TestPipeline:
    """Of the runners in this process, the one that takes a stream as a test lays it down, watermarks and all."""
    options = PipelineOptions([])
    options.view_as(StandardOptions).streaming = True
    return TestPipeline(runner=BundleBasedDirectRunner(), options=options)


def create(
    root: beam.Pipeline, label: str, kind: type[ElementT], values: Iterable[ElementT]
) -> beam.PCollection[ElementT]:
    """Make a collection of a known type, empty ones too."""
    return root | label >> beam.Create(list(values)).with_output_types(kind)


def keep(found: beam.PCollection[Any]) -> list[Any]:
    """Return a list that will hold the elements of a collection, in any order, when its pipeline has run.

    The workers are threads of this process. Beam's own `assert_that` takes ten times as many steps.
    """
    _kept.append([])
    _ = found | f"Keep {len(_kept)}" >> beam.Map(partial(_keep_one, len(_kept) - 1))
    return _kept[-1]


def _keep_one(number: int, element: Any) -> None:
    _kept[number].append(element)


def ordered(elements: Iterable[ElementT]) -> list[ElementT]:
    """Return elements in an order that belongs to the set of them."""
    return sorted(elements, key=repr)


def ticking() -> datetime:
    """A clock that goes on by a quarter of an hour whenever it is asked, whichever worker asks."""
    return datetime(2023, 11, 10, tzinfo=timezone.utc) + timedelta(minutes=15) * next(_ticks)


class AfterPolls(TerminationCondition):
    """Ends a watch after so many polls, however long they take."""

    def __init__(self, polls: int) -> None:
        self._polls = polls

    def for_new_input(self, now: Any, element: Any) -> int:
        return 0

    def on_poll_complete(self, state: int) -> int:
        return state + 1

    def can_stop_polling(self, now: Any, state: int) -> bool:
        return state >= self._polls

    def state_coder(self) -> Coder:
        return VarIntCoder()
