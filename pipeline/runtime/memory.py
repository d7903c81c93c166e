"""Memory of a process that holds much, and goes on after it has needed it: for its next step, or for months."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pyarrow as pa

_M_ARENA_MAX = -8
"""The parameter of mallopt(3) that says how many heaps a process may have."""


def use_one_heap() -> None:
    """Let all threads share one heap from now on, where the C library can do that (glibc).

    Otherwise it gives every thread that asks while another does a heap of its own. Every run begins threads, what
    they leave in those heaps keeps them from shrinking, and a process of many runs grows without holding anything.
    """
    with suppress(OSError, AttributeError, TypeError):  # there is no such function, or no library to ask for it
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give the memory that nothing uses back to the operating system, as far as the C library can do that (glibc).

    A run frees what it took, but in pieces that Arrow and the C library keep for later; over many runs they add up.
    """
    gc.collect()
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError, TypeError):  # as above
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep Python's collector of cycles away from work that makes none.

    It would look through all that the process holds, a gazetteer for instance, the more often the more the work makes.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
