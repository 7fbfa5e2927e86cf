"""Numbers with two decimals as people write them, and as events carry them: whole hundredths, never a float.

Scores are hundredths of a point (97.5 is 9750), money is fen (12.30 yuan are 1230). Nothing here knows a form.
"""

from __future__ import annotations

import re
from decimal import Decimal

IS_NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d{0,12})?|\.\d{1,12})").fullmatch
"""Digits of any script, as long as they can be reckoned with exactly; no NaN, no infinity, no exponent."""


def in_hundredths(written: str) -> int:
    """97.5 is 9750; of anything else the ValueError says what was to be written, to go behind the field's name."""
    if not IS_NUMBER(written := written.strip()):
        raise ValueError("应当填写数字")
    found = Decimal(written) * 100
    if found != found.to_integral_value():
        raise ValueError("最多保留两位小数")
    return int(found)


def decimal(value: int) -> str:
    """The inverse of `in_hundredths`, always with both decimals: 97.50."""
    return f"{value / 100:.2f}"
