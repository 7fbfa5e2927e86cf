"""From a filled form to the submission it stands for, or to what is to be filled in differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from services.inspection.rectifications.history import Action
from shared.events import Submission
from shared.events.inspection import (
    AcceptRectification,
    ExtendRectification,
    ReopenRectification,
    SendBackRectification,
    SubmitRectification,
    VerifyRectification,
)
from shared.web.forms import Told


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person filled in."""

    rectification: str
    text: str = ""
    working_days: str = ""
    reinspection: str = ""
    photos: tuple[str, ...] = ()

    @classmethod
    def of(cls, rectification: str, fields: Mapping[str, str], photos: Sequence[str]) -> Filled:
        """From the fields of the page; a form has only some of them."""
        told = {name: fields.get(name, "") for name in ("text", "working_days", "reinspection")}
        return cls(rectification, photos=tuple(photos), **told)

    @property
    def days(self) -> int:
        """0 when it is no number: too few."""
        return int(self.working_days) if self.working_days.isdecimal() else 0


SUBMISSIONS: Mapping[Action, Callable[[Filled], Submission]] = {
    Action.ACCEPT: lambda form: AcceptRectification(rectification=form.rectification),
    Action.SUBMIT: lambda form: SubmitRectification(
        rectification=form.rectification, note=form.text, photos=list(form.photos)
    ),
    Action.VERIFY: lambda form: VerifyRectification(
        rectification=form.rectification, note=form.text, reinspection=form.reinspection or None
    ),
    Action.SEND_BACK: lambda form: SendBackRectification(rectification=form.rectification, reason=form.text),
    Action.EXTEND: lambda form: ExtendRectification(
        rectification=form.rectification, working_days=form.days, reason=form.text
    ),
    Action.REOPEN: lambda form: ReopenRectification(rectification=form.rectification, reason=form.text),
}
FILL_IN = {
    "note": "说明不得超过1000字，请精简后重新提交。",
    "reason": "请填写理由（不超过1000字）后重新提交。",
    "working_days": "请填写延长的工作日数（1至60）后重新提交。",
    "reinspection": "请从列出的复查记录中选择后重新提交。",
}


def submission(action: Action, form: Filled) -> Submission | Told:
    """What is to be submitted; a field that is not right says what to fill in."""
    try:
        return SUBMISSIONS[action](form)
    except ValidationError as error:
        fields = dict.fromkeys(str(one["loc"][0]) for one in error.errors())
        return Told("填写有误", "bad", tuple(FILL_IN[field] for field in fields))
