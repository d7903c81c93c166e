"""How much of the time that something may take is left, and letting time pass."""

import time


class Deadline:
    """A moment, so many seconds from now, by a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; none are less than none."""
        return max(0.0, self._at - time.monotonic())


def pause(seconds: float) -> None:
    """Do nothing for so many seconds."""
    time.sleep(seconds)
