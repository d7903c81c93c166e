"""How fast a server is asked: not faster than it may be, and not while it wants to be left alone."""

import threading
import time
from collections.abc import Callable


class Pace:
    """Spaces out what all threads of a process begin. `per_minute` is how many may begin in a minute, null for any."""

    def __init__(
        self,
        per_minute: float | None = None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._between = 60.0 / per_minute if per_minute else 0.0
        self._now, self._sleep = now, sleep
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when the next request may begin."""
        with self._lock:
            at = max(self._next, self._now())
            self._next = at + self._between
        while (left := at - self._now()) > 0:
            self._sleep(left)

    def rest(self, seconds: float) -> None:
        """Let nothing begin for so many seconds, and return after them."""
        with self._lock:
            self._next = max(self._next, self._now() + seconds)
        self._sleep(seconds)
