"""What waits of rectifications: to be accepted, put right, verified; and what was escalated to somebody above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.photos.album import album_of
from services.inspection.photos.seeing import Evidence, Named, evidence
from services.inspection.rectifications.board import page_of
from services.inspection.rectifications.form import ACCEPT, SEND_BACK, VERIFY
from services.inspection.rectifications.model import TO_DO, Rectification, Stage, What
from services.inspection.rectifications.rules.rounds import VERIFIED_WITHIN
from services.inspection.rectifications.rules.verifying import patrol_offices, verifier
from shared.calendar import china_day, due_after
from shared.database.kept import documents
from shared.events.inspection import AcceptRectification, SubmitRectification, VerifyRectification
from shared.events.vocabulary import HALL_PATROL
from shared.forms import Form, Shown, shown
from shared.identity.reading import PLACES
from shared.pages.chinese import SEVERITIES, day_text, due_text
from shared.pages.words import acting_name, name_of
from shared.todo.kinds import AskedTasks, FoundTasks, TaskKind, latest, soonest
from shared.todo.tasks import Task, TaskPicture, anchor_of


async def to_accept(asked: AskedTasks) -> FoundTasks:
    """Findings that nobody has taken on; the deadline runs all the same."""
    there = _of(asked, asked.places(AcceptRectification), Stage.OPENED)

    def task(one: Rectification) -> Task:
        forms = (_in_row(ACCEPT, one),) if asked.has_forms else ()
        return _task(asked, one, "报送整改结果" if asked.has_forms else "", forms=forms)

    return await soonest(asked, Rectification, there, "deadline", task)


async def to_put_right(asked: AskedTasks) -> FoundTasks:
    """What was taken on or sent back, until its result is submitted."""
    there = _of(asked, asked.places(SubmitRectification), Stage.ACCEPTED, Stage.SENT_BACK)

    def task(one: Rectification) -> Task:
        return _task(asked, one, "报送整改结果" if not asked.is_all else "")

    return await soonest(asked, Rectification, there, "deadline", task)


async def to_verify(asked: AskedTasks) -> FoundTasks:
    """Submitted work, for whoever's turn it is to judge it, with the photos of before and after."""
    here, offices = asked.here, patrol_offices(asked.here.roster, asked.county, asked.here.now)
    near = [one.id for one in here.roster if here.roster.may_speak_for(asked.who, one.id, HALL_PATROL, here.now)]
    wanted = _of(asked, near, Stage.SUBMITTED)
    waiting = await asked.once("to verify", lambda: documents(here.parts.db, Rectification, wanted))
    mine = {
        one.id: (one, judge)
        for one in waiting
        if asked.is_mine(judge := verifier(here.roster, offices, one, here.now), VerifyRectification, one.organisation)
    }
    found = asked.cut([_to_verify(asked, one, judge) for one, judge in mine.values()])
    if not found.tasks:
        return found
    return replace(found, tasks=await _with_photos(asked, found.tasks, [mine[one.id][0] for one in found.tasks]))


async def escalated(asked: AskedTasks) -> FoundTasks:
    """What is overdue for so long that whoever looks was told of it; somebody else puts it right."""
    wanted = {"county": asked.county, "stage": {"$in": [*TO_DO]}, "escalated_to": asked.who}
    return await latest(asked, Rectification, wanted, "escalated", lambda one: _escalated(asked, one))


def _of(asked: AskedTasks, places: Sequence[str], *stages: Stage) -> dict[str, Any]:
    return {"county": asked.county, "stage": {"$in": [*stages]}, "organisation": {"$in": [*places]}}


def _task(asked: AskedTasks, one: Rectification, button: str, forms: Sequence[Shown] = ()) -> Task:
    """One that its organisation puts right."""
    here, whose = asked.here, asked.answering(one.organisation)
    again = "，已退回重改" if one.stage is Stage.SENT_BACK else ""
    return Task(
        id=one.id,
        title=_title(asked, one),
        says=f"{_found(one)}，{due_text(one.deadline, one.provisional)}前改完{again}",
        url=page_of(one.organisation, one.rectification),
        button=button,
        whose=acting_name(whose, here.roster, here.today) if whose != asked.who else "",
        since=one.found,
        due=one.deadline,
        is_overdue=one.deadline < here.today,
        forms=tuple(forms),
    )


def _found(one: Rectification) -> str:
    """Whoever answers for an opinion, and those above, may read what it says."""
    if one.opinion is None:
        return f"{day_text(one.found)}发现"
    return f"{day_text(one.found)}签收，{one.opinion.problem}"


def _title(asked: AskedTasks, one: Rectification) -> str:
    severity = f"（{SEVERITIES[one.severity]}）" if one.severity == "major" else ""
    return f"{name_of(one.organisation, asked.here.roster, asked.here.today)}：{one.item}{severity}"


def _to_verify(asked: AskedTasks, one: Rectification, judge: str | None) -> Task:
    """Due when its verifier is reminded."""
    here, submitted = asked.here, one.submitted or china_day(one.since)
    due = due_after(submitted, VERIFIED_WITHIN).day
    note = next((step.note for step in reversed(one.steps) if step.what is What.SUBMITTED), "")
    return Task(
        id=one.id,
        title=_title(asked, one),
        says=f"{day_text(submitted)}报送整改结果"
        + (f"：{note}" if note and here.reading.may(PLACES, one.organisation) else ""),
        url=page_of(one.organisation, one.rectification),
        whose=acting_name(judge, here.roster, here.today) if judge and judge != asked.who else "",
        since=submitted,
        due=due,
        is_overdue=due < here.today,
        forms=(_in_row(VERIFY, one),) if asked.has_forms else (),
        folded=(_in_row(SEND_BACK, one),) if asked.has_forms else (),
    )


def _in_row(form: Form, one: Rectification) -> Shown:
    """Among others of its kind in one page: its fields bear names of their own."""
    action = f"{page_of(one.organisation, one.rectification)}/{form.key}"
    return shown(replace(form, key=f"{form.key}-{anchor_of(one.id)}"), action, one)


def _escalated(asked: AskedTasks, one: Rectification) -> Task:
    day = china_day(one.escalated) if one.escalated else one.found
    whose = acting_name(asked.answering(one.organisation), asked.here.roster, asked.here.today)
    return Task(
        id=one.id,
        title=_title(asked, one),
        says=f"{day_text(day)}提请督办，应于{due_text(one.deadline, one.provisional)}前改完",
        url=page_of(one.organisation, one.rectification),
        whose=whose,
        since=day,
        due=one.deadline,
        is_overdue=True,
    )


async def _with_photos(asked: AskedTasks, tasks: Sequence[Task], of: Sequence[Rectification]) -> list[Task]:
    """Of those whose photos whoever looks may see, looked up together."""
    here, db = asked.here, asked.here.parts.db
    keys = [{"organisation": one.organisation, "day": one.found.isoformat()} for one in of]
    looks = {(one.organisation, one.inspection): one for one in await documents(db, Inspection, {"$or": keys})}
    named = [pair for one in of for pair in _named(one, looks)]
    seen = await evidence(db, album_of(here.parts), named, here.roster, here.now)
    pairs = zip(seen[::2], seen[1::2], strict=True)
    return [
        task.model_copy(update={"before": _pictures(before), "after": _pictures(after)})
        if here.reading.may(PLACES, one.organisation)
        else task
        for task, one, (before, after) in zip(tasks, of, pairs, strict=True)
    ]


def _named(one: Rectification, looks: dict[tuple[str, str], Inspection]) -> tuple[Named, Named]:
    """The photos of the look that found it, and those of the result."""
    look = looks.get((one.organisation, one.rectification.partition("/")[0]))
    before = Named(look.submitter, look.photos, look.captured, look.added) if look else Named("", (), one.since)
    result = next((step for step in reversed(one.steps) if step.what is What.SUBMITTED), None)
    after = Named(result.by, result.photos, result.at, one.added) if result else Named("", (), one.since)
    return before, after


def _pictures(of: Evidence) -> tuple[TaskPicture, ...]:
    return tuple(TaskPicture(name=one.name, small=one.small, whole=one.whole) for one in of.thumbs)


TASKS = (
    TaskKind("verify", "待核验", to_verify),
    TaskKind("accept", "待领办", to_accept),
    TaskKind("put-right", "待整改", to_put_right),
    TaskKind("escalated", "提请督办", escalated, informs=True),
)
