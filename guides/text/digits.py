"""Whole numbers that somebody typed, or that a form or an address holds."""

from __future__ import annotations

# Less by one than the digits of the largest number that a row can have. Python itself reads 4,300 and then breaks.
MOST_DIGITS = 18


def whole_number(typed: str) -> int | None:
    """The number, in digits 0-9; None when it is none, or longer than any of ours."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else None
