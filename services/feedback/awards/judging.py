"""Judges give points to a nomination before it is made public (评审)."""

from __future__ import annotations

from services.feedback.awards.model import JudgePoints
from services.feedback.awards.nominating import standing_nomination
from shared.events import Event
from shared.events.feedback import JudgeNomination, NominationJudged
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.posts import same_hand

CRITERIA = {"software": "软件应用", "streamlining": "流程优化", "standards": "服务规范", "satisfaction": "群众满意度"}
"""By what a nomination is judged, in the order of the form."""


def judge(state: State, event: Event[JudgeNomination]) -> Verdict:
    """Never by whoever nominated; a judge has one voice, and the last said of it counts."""
    asked = event.data
    nomination = standing_nomination(state, asked.nomination, event.organisation)
    if nomination is None or event.day < nomination.day:
        return Refused("nomination-not-found")
    if nomination.until is not None:
        return Refused("nomination-already-published", until=nomination.until)
    if same_hand(event.actor, nomination.nominated_by):
        return Refused("nominator-judges-not")
    judge = event.actor or event.submitter
    points = asked.software + asked.streamlining + asked.standards + asked.satisfaction
    others = tuple(one for one in nomination.marks if one.judge != judge)
    judged = nomination.having(marks=(*others, JudgePoints(judge=judge, points=points)))
    return Accepted((judged,), (NominationJudged(nomination=nomination.id, award=nomination.award),))
