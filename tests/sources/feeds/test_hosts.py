import threading
from collections.abc import Iterator

import pytest

from pipeline.errors import FetchError
from pipeline.sources.feeds.hosts import GIVE_UP, each_host


def test_each_group_is_asked_once_and_in_order() -> None:
    found = list(each_host([[1, 2], [3], [], [4, 5, 6]], lambda group: group))
    assert sorted(found) == [1, 2, 3, 4, 5, 6]
    assert found.index(1) < found.index(2)


def test_many_are_asked_at_once_but_not_more() -> None:
    together = threading.Barrier(4, timeout=5)

    def ask(group: int) -> Iterator[int]:
        together.wait()  # breaks unless four are here at the same time
        yield group

    assert sorted(each_host(range(8), ask, at_once=4)) == list(range(8))


def test_an_error_comes_out() -> None:
    def ask(group: int) -> Iterator[int]:
        if group == 3:
            raise ValueError("group 3")
        yield group

    with pytest.raises(ValueError, match="group 3"):
        list(each_host(range(5), ask, at_once=2))


def test_nothing_to_ask() -> None:
    assert list(each_host([], lambda group: [group])) == []


def test_nobody_waits_for_a_host_when_the_process_is_to_end() -> None:
    released = threading.Event()
    GIVE_UP.set()
    try:
        with pytest.raises(FetchError, match="given up"):
            list(each_host([1], lambda group: [released.wait(30)]))
    finally:
        GIVE_UP.clear()
        released.set()
