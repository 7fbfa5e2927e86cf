"""How the opinions of 2018's documents were put right: by their recipients, seen done by the committee, some late."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from random import Random

from deploy.linxi.county import COUNTY
from deploy.linxi.year.feedback.documents import LATEST, opinions_given
from deploy.linxi.year.submitting import Arrival, Asked, between, chance, submitted
from shared.calendar import china_day, due_after, working_days_between
from shared.events import Submission
from shared.events.documents import ABOVE_FINDINGS, ReceiveReport
from shared.events.inspection import (
    AcceptRectification,
    SendBackRectification,
    SubmitRectification,
    VerifyRectification,
)
from shared.events.outgoing import Outgoing

ACCEPTED, TOO_LATE, SENT_BACK = 0.7, 0.2, 0.2
"""Shares of opinions that are taken on first, put right after their day, and sent back once."""
DONE, DONE_BETTER = "已按要求整改，并明确专人每周检查", "已补充检查记录和照片"
NOT_YET = "只更新了公示内容，没有说明怎样防止再次发生，请补充"


def put_right(seed: int, arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
    """What followed from the receipts among these, each of which gives its opinion's rectification its name."""
    given = opinions_given(seed)
    for at, message in arrivals:
        report = _received(message)
        if report in given:
            luck, name = chance(seed, "opinion", report), f"{message.headers['ce-id']}/{ABOVE_FINDINGS + 1}"
            code = message.headers["ce-subject"]
            for asked in _course(name, code, china_day(at), given[report], luck):
                if asked.at.date() <= LATEST:
                    yield Arrival(asked.at, submitted(asked, luck))


def _received(message: Outgoing) -> str:
    is_receipt = message.headers["ce-type"] == ReceiveReport.type
    return str(json.loads(message.body)["report"]) if is_receipt else ""


def _course(name: str, code: str, signed_for: date, until: date, luck: Random) -> Iterator[Asked]:
    """Taken on, put right, perhaps sent back once, and seen done."""
    day = due_after(signed_for, 1).day
    if luck.random() < ACCEPTED:
        yield _own(code, day, "08:40", "09:50", AcceptRectification(rectification=name), luck)
    left = max(working_days_between(signed_for, until), 3)
    day = due_after(signed_for, left + luck.randint(1, 4) if luck.random() < TOO_LATE else luck.randint(3, left)).day
    yield _own(code, day, "10:00", "16:30", SubmitRectification(rectification=name, note=DONE), luck)
    if luck.random() < SENT_BACK:
        day = due_after(day, 1).day
        yield _office(code, day, SendBackRectification(rectification=name, reason=NOT_YET), luck)
        day = due_after(day, luck.randint(1, 3)).day
        yield _own(code, day, "10:00", "16:30", SubmitRectification(rectification=name, note=DONE_BETTER), luck)
    seen = VerifyRectification(rectification=name, note="现场核验，整改到位")
    yield _office(code, due_after(day, luck.randint(1, 2)).day, seen, luck)


def _own(code: str, day: date, start: str, end: str, data: Submission, luck: Random) -> Asked:
    return Asked(between(day, start, end, luck), code, code, data)


def _office(code: str, day: date, data: Submission, luck: Random) -> Asked:
    return Asked(between(day, "08:40", "17:20", luck), COUNTY, code, data)
