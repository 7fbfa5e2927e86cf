"""Judges give points to a nomination before it is made public (评审)."""

from __future__ import annotations

from services.feedback.awards.kinds import USUAL, criteria_of, kind_of
from services.feedback.awards.model import JudgePoints
from services.feedback.awards.nominating import standing_nomination
from shared.countys_own import CatalogueEntry
from shared.events import Event
from shared.events.feedback import JudgeNomination, NominationJudged
from shared.events.refusals.sentences import InBoth
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.posts import same_hand


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
    points = points_given(asked, kind_of(state, event.organisation, nomination.award))
    if isinstance(points, Refused):
        return points
    others = tuple(one for one in nomination.marks if one.judge != judge)
    judged = nomination.having(marks=(*others, JudgePoints(judge=judge, points=points)))
    return Accepted((judged,), (NominationJudged(nomination=nomination.id, award=nomination.award),))


def points_given(asked: JudgeNomination, kind: CatalogueEntry) -> int | Refused:
    """All that a judge gave: by each criterion of the kind and by nothing else, none beyond what it is worth."""
    criteria = criteria_of(kind)
    usual: dict[str, int | None] = asked.model_dump(include={*USUAL})
    given = {path: points for path, points in usual.items() if points is not None}
    given |= {f"points.{n}": points for n, points in asked.points.items()}
    if given.keys() != {one.path for one in criteria} or any(given[one.path] > one.most for one in criteria):
        named = "、".join(f"{one.name}{one.most}分" for one in criteria)
        return Refused("judged-otherwise", award=InBoth(kind.name, kind.entry), criteria=named)
    return sum(given.values())
