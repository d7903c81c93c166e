"""Running transforms on a small pipeline, in this process and with nothing from outside."""

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar

import apache_beam as beam
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.testing.test_pipeline import TestPipeline

ElementT = TypeVar("ElementT")

_kept: list[list[Any]] = []


def pipeline() -> TestPipeline:
    """Beam's direct runner would first look for a runner of another language to download."""
    return TestPipeline(runner=FnApiRunner())


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
