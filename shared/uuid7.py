"""Ids that sort by when they were made (RFC 9562, version 7)."""

from __future__ import annotations

from datetime import datetime
from random import Random, SystemRandom

NOBODY_KNOWS = SystemRandom()


def uuid7(at: datetime, luck: Random = NOBODY_KNOWS) -> str:
    """The millisecond, then 74 random bits; from luck of a seed the same ids come again."""
    stamp, bits = int(at.timestamp() * 1000), luck.getrandbits(74)
    number = f"{stamp:012x}7{bits >> 62:03x}{(bits >> 60 & 3) + 8:x}{bits & (1 << 60) - 1:015x}"
    return f"{number[:8]}-{number[8:12]}-{number[12:16]}-{number[16:20]}-{number[20:]}"
