"""Many hosts at once, and each asked for one thing at a time."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from pipeline.errors import FetchError

HOSTS_AT_ONCE = 32
"""How many hosts are asked at the same time."""

GIVE_UP = threading.Event()
"""Set when the process is to end: nobody waits for a host any longer."""

_LOOK_SECONDS = 0.5

GroupT = TypeVar("GroupT")
FoundT = TypeVar("FoundT")


def each_host(
    groups: Iterable[GroupT], ask: Callable[[GroupT], Iterable[FoundT]], at_once: int = HOSTS_AT_ONCE
) -> Iterator[FoundT]:
    """Yield what `ask` finds for each group, as it comes; a group is what is asked of one host, one by one.

    The threads are daemons: a process that is to end (`GIVE_UP`) does not wait for the slowest server or the longest
    feed. An error that `ask` raises is raised here.

    Raises:
        FetchError: the process is to end.
    """
    waiting = list(groups)[::-1]
    found: queue.Queue[FoundT | BaseException | None] = queue.Queue(maxsize=at_once)
    lock, threads = threading.Lock(), min(at_once, len(waiting))

    def work() -> None:
        try:
            while True:
                with lock:
                    if not waiting:
                        break
                    group = waiting.pop()
                for one in ask(group):
                    found.put(one)
        except BaseException as error:  # it is raised where it can be seen
            found.put(error)
        else:
            found.put(None)

    for _ in range(threads):
        threading.Thread(target=work, daemon=True).start()
    while threads:
        one = _next(found)
        if isinstance(one, BaseException):
            raise one
        if one is None:
            threads -= 1
        else:
            yield one


def _next(found: "queue.Queue[FoundT | BaseException | None]") -> FoundT | BaseException | None:
    while True:
        with suppress(queue.Empty):
            return found.get(timeout=_LOOK_SECONDS)
        if GIVE_UP.is_set():
            raise FetchError("given up: the process is to end")
