"""The forms of the excellence programme, and who may answer and close an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.excellence.rules.incidents import OPEN
from shared.events.inspection import (
    AnswerIncident,
    CloseIncident,
    PublishCommitment,
    ReportIncident,
    WithdrawCommitment,
)
from shared.events.vocabulary import MOST_NOTE, MOST_TITLE, Catalogue
from shared.forms import Field, Form, Kind
from shared.forms.listed import listed
from shared.pages.chinese import CHOOSE_PERSON, INCIDENTS, NO_NAMES


class Serving(Protocol):
    """Who may be chosen by name, in the context of a page."""

    @property
    def names(self) -> Mapping[str, str]:
        """By id."""


@dataclass(frozen=True, slots=True)
class Served:
    """Who serves at a window or station, by id and name."""

    names: Mapping[str, str]


def _names(context: Serving | None) -> Mapping[str, str]:
    return context.names if context else {}


COMMITMENT = Form(
    PublishCommitment,
    "commitment",
    "发布公开承诺",
    "发布",
    (
        Field("person", "人员", Kind.CHOICE, _names, sentence=CHOOSE_PERSON, empty="请选择"),
        listed("item", "承诺事项", Catalogue.COMMITMENT),
        Field("text", "承诺内容", hint=f"不超过{MOST_TITLE}字。"),
    ),
)
WITHDRAWAL = Form(
    WithdrawCommitment,
    "withdrawal",
    "撤回公开承诺",
    "撤回",
    (Field("person", "人员", Kind.HIDDEN), Field("item", "承诺事项", Kind.HIDDEN)),
)
INCIDENT = Form(
    ReportIncident,
    "incident",
    "报告事故、差评或者投诉",
    "报告",
    (
        Field("kind", "类别", choices=INCIDENTS),
        Field("summary", "情况", hint=f"不超过{MOST_NOTE}字，{NO_NAMES}"),
        Field("person", "涉及人员", Kind.CHOICE, _names, sentence=CHOOSE_PERSON, empty="不涉及具体人员"),
    ),
    is_counted=True,
)
ANSWER = Form(AnswerIncident, "answer", "答复", "答复", (Field("answer", "情况说明和处理结果"),), given=("incident",))
CLOSING = Form(
    CloseIncident,
    "closing",
    "办结",
    "办结",
    (Field("upheld", "是否查实", Kind.RADIOS, {"yes": "查实", "no": "不予认定"}), Field("note", "意见")),
    given=("incident",),
)
OF_A_WINDOW: Mapping[str, Form] = {form.key: form for form in (COMMITMENT, WITHDRAWAL, INCIDENT)}
OF_AN_INCIDENT: Mapping[str, Form] = {form.key: form for form in (ANSWER, CLOSING)}
"""By the last part of the address to which they are sent."""


def may_answer(who: str | None, whose: str, incident: Incident) -> bool:
    """Whose it is now, while an answer is waited for."""
    return who == whose and incident.stage in OPEN


def may_close(who: str | None, whose: str, above: bool, incident: Incident) -> bool:
    """Somebody above whose it is now, once it is answered or its answer is overdue."""
    waits = incident.stage in (IncidentStage.ANSWERED, IncidentStage.UNANSWERED)
    return above and who != whose and waits
