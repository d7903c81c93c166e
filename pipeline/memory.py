"""Memory of a process that runs for months."""

import ctypes
import gc
from contextlib import suppress


def give_back() -> None:
    """Give the memory that nothing uses back to the operating system, where the C library can do that (glibc).

    A run frees what it took, but in pieces that the C library keeps for later; over many runs they add up.
    """
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):  # there is no such function, or no library to ask for it
        ctypes.CDLL(None).malloc_trim(0)
