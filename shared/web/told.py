"""What a person reads after sending a form.

It is looked up for whoever is signed in: an address alone tells nothing of another's submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.bus.verdicts import verdict_on
from shared.events.envelope import IS_UUID
from shared.events.verdict import is_in_ledger
from shared.patience import is_fault
from shared.process.running import Running


@dataclass(frozen=True, slots=True)
class Told:
    """What a person reads after sending a form; `level` is good, warn or bad."""

    word: str
    level: str
    reasons: tuple[str, ...] = ()
    is_in_ledger: bool = True
    """Whether what was refused may be named as what is corrected: only what stands there under its id may."""

    @property
    def accepted(self) -> bool:
        """Whether it was decided, and decided yes."""
        return self.level == "good"


REFUSED = "退回更正"
ACCEPTED = Told("已受理", "good")
PENDING = Told("已收到，办理中", "warn", ("办理结果稍后可在本页查看，请勿重复填写。",))


async def told_of(parts: Running, who: str | None, sent: str) -> Told | None:
    """What becomes of the submission in the address, for its submitter alone; nothing when there is none."""
    if who is None or not IS_UUID(sent):
        return None
    try:
        return verdict_in_words(await verdict_on(parts.bus, who, sent))
    except Exception as error:
        if not is_fault(error):
            raise
        return PENDING


def verdict_in_words(verdict: Mapping[str, Any] | None) -> Told:
    """A verdict on a form in words."""
    if verdict is None:
        return PENDING
    reasons = tuple(reason["zh"] for reason in verdict["reasons"])
    return ACCEPTED if verdict["verdict"] == "accepted" else Told(REFUSED, "bad", reasons, is_in_ledger(verdict))
