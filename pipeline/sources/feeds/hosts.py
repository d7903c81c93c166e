"""Many hosts at once, and each asked for one thing at a time."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

HOSTS_AT_ONCE = 32
"""How many hosts are asked at the same time."""

GroupT = TypeVar("GroupT")
FoundT = TypeVar("FoundT")


def each_host(
    groups: Iterable[GroupT], ask: Callable[[GroupT], Iterable[FoundT]], at_once: int = HOSTS_AT_ONCE
) -> Iterator[FoundT]:
    """Yield what `ask` finds for each group, as it comes; a group is what is asked of one host, one by one.

    The threads are daemons: a process that is to end does not wait for the slowest server. An error that `ask` raises
    is raised here.
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
        one = found.get()
        if isinstance(one, BaseException):
            raise one
        if one is None:
            threads -= 1
        else:
            yield one
