"""What a person reads after sending a form.

It is looked up for whoever is signed in: an address tells nothing of another's submission, nor one that anybody made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from shared.bus.verdicts import verdict_on
from shared.events.verdict import is_in_ledger
from shared.patience import is_fault
from shared.process.running import Running
from shared.web.signing_in import who_asks


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


SENT = "sent"
"""The query by which a page is told which submission brought a person there, marked for its submitter."""
REFUSED = "退回更正"
ACCEPTED = Told("已受理", "good")
PENDING = Told("已收到，办理中", "warn", ("办理结果稍后可在本页查看，请勿重复填写。",))


def marked(parts: Running, id: str, submitter: str) -> str:
    """A submission as the address names it to which its form leads."""
    return parts.marks.put(id, SENT, submitter)


def named(parts: Running, who: str | None, sent: str) -> str:
    """The submission of `who` that the address names; empty when it was not written here."""
    return parts.marks.read(sent, SENT, who) if who else ""


def has_sent(parts: Running, request: Request) -> bool:
    """Whether whoever asks comes from a form that was received."""
    return bool(named(parts, who_asks(request), request.query_params.get(SENT, "")))


async def told_of(parts: Running, who: str | None, sent: str) -> Told | None:
    """What becomes of the submission in the address, for its submitter alone; nothing when there is none."""
    id = named(parts, who, sent)
    if who is None or not id:
        return None
    try:
        return verdict_in_words(await verdict_on(parts.bus, who, id))
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
