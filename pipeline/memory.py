"""Memory of a process that runs for months."""

import ctypes
import gc
from contextlib import suppress

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
    """Give the memory that nothing uses back to the operating system, where the C library can do that (glibc).

    A run frees what it took, but in pieces that the C library keeps for later; over many runs they add up.
    """
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):  # as above
        ctypes.CDLL(None).malloc_trim(0)
