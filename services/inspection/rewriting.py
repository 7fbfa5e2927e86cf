"""The forms that correct what inspection accepted, each filled in with what was reported, as it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.datastructures import UploadFile

from services.inspection.excellence.form import ANSWER, CLOSING, INCIDENT, Served
from services.inspection.excellence.model.incidents import Incident
from services.inspection.excellence.rules.undoing import spoken_of as of_incident
from services.inspection.patrols import plan_form
from services.inspection.patrols import rewriting as patrols
from services.inspection.photos.seeing import Named, going_along
from services.inspection.photos.sending import hand_over, send_photos
from services.inspection.rectifications.form import REOPEN, SEND_BACK, SUBMIT
from services.inspection.rectifications.model import Rectification, Step, What
from services.inspection.rectifications.rules.undoing import spoken_of
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events import Submission
from shared.events.inspection import (
    AdoptPatrolPlan,
    AnswerIncident,
    CloseIncident,
    LogInspection,
    ReopenRectification,
    ReportIncident,
    SendBackRectification,
    SubmitRectification,
)
from shared.forms import Form
from shared.pipeline.decisions import Original
from shared.process.running import Running
from shared.web.forms import SendPhotos
from shared.web.persons import persons
from shared.web.records.correctable import Reported, Rewriting
from shared.web.visit import Visit

INSTEAD = "更正受理后，以更正后的内容为准，原报送不再计入统计。"


def _again(form: Form, title: str) -> Form:
    return replace(
        form,
        key=f"correct-{form.key}",
        title=title,
        button="提交更正",
        lead=INSTEAD,
        asks_when="发生时间",
        is_counted=False,
    )


def _of_the_first(original: Original) -> SendPhotos:
    """Whoever corrects, the record's photos are those of its first submitter."""

    async def send(
        parts: Running, code: str, files: Sequence[UploadFile], before: Sequence[str]
    ) -> tuple[list[str], list[str]]:
        await hand_over(parts, code, original.said_by, before)
        return await send_photos(parts, original.said_by, files, before)

    return send


async def _patrol(db: Database, original: Original) -> Reported:
    return Reported(await patrols.reported(db, original.key), await patrols.place_of(db, original.key))


def _of_a_step(what: What, said: str) -> Callable[[Database, Original], Awaitable[Reported]]:
    """What a line of the history says, under the name that it has in the form."""

    async def read(db: Database, original: Original) -> Reported:
        for key in spoken_of(original):
            one = await document(db, Rectification, key.id)
            lines = [step for step in one.steps if (step.what, step.at) == (what, original.time)] if one else []
            if one is not None and lines:
                return Reported(await _of_line(db, one, lines[-1], said), one)
        return Reported()

    return read


async def _of_line(db: Database, one: Rectification, line: Step, said: str) -> dict[str, Any]:
    photos = await going_along(db, Named(line.by, line.photos, line.at, one.added))
    return {"rectification": one.rectification, said: line.note, "photos": photos}


async def _incident(db: Database, original: Original) -> Reported:
    for key in of_incident(original):
        if kept := await document(db, Incident, key.id):
            return Reported(kept.model_dump(mode="json", include={*SAID}))
    return Reported()


async def _by_name(here: Visit, original: Original, read: Reported) -> Reported:
    """With those who may be chosen."""
    names = (await persons(here)).among(original.organisation, original.day, read.body.get("person"))
    return read._replace(context=Served(names))


SAID = ("incident", "kind", "summary", "person", "answer", "upheld", "note")
WORK = _of_a_step(What.SUBMITTED, "note")
REWRITINGS: Mapping[type[Submission], Rewriting] = {
    AdoptPatrolPlan: plan_form.CHANGING,
    LogInspection: Rewriting(patrols.AGAIN, _patrol, _of_the_first),
    SubmitRectification: Rewriting(_again(SUBMIT, "更正整改结果"), WORK, _of_the_first, is_of_now=True),
    SendBackRectification: Rewriting(
        _again(SEND_BACK, "更正退回理由"), _of_a_step(What.SENT_BACK, "reason"), is_of_now=True
    ),
    ReopenRectification: Rewriting(_again(REOPEN, "更正恢复理由"), _of_a_step(What.REOPENED, "reason"), is_of_now=True),
    ReportIncident: Rewriting(_again(INCIDENT, "更正事项报告"), _incident, is_of_now=True, knows=_by_name),
    AnswerIncident: Rewriting(_again(ANSWER, "更正答复"), _incident, is_of_now=True),
    CloseIncident: Rewriting(_again(CLOSING, "更正办结意见"), _incident, is_of_now=True),
}
"""What has no form here is taken back and reported anew."""
