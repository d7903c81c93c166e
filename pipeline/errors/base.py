"""The root of the errors that the product raises on purpose."""

from typing import ClassVar


class PipelineError(Exception):
    """The root: catch it to catch everything that the product raises on purpose."""

    exit_status: ClassVar[int] = 1
