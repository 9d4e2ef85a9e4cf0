"""What glibc is told about memory, so that a process holds little more than its edition. Elsewhere it does nothing."""

import contextlib
import ctypes

# malloc.h
_M_ARENA_MAX = -8


def in_one_place() -> None:
    """Take all memory from one arena. Each thread would begin one of its own, and leave there what nobody else can use."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Hand back what is not in use: rendering leaves it in small pieces between what is kept, a fourth of all."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
