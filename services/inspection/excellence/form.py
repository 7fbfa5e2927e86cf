"""What is filled in on the pages of the excellence programme, as submissions."""

from __future__ import annotations

from pydantic import ValidationError

from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.excellence.rules.incidents import OPEN
from shared.events import Submission
from shared.events.inspection import (
    AnswerIncident,
    CloseIncident,
    IncidentKind,
    PublishCommitment,
    ReportIncident,
    WithdrawCommitment,
)
from shared.web.forms import Filled

UNFILLED = {
    "person": "人员编号应当由字母、数字和短横线组成，不超过40个字符，不填写姓名。",
    "item": "请选择承诺事项。",
    "text": "承诺内容应当填写，不超过120字。",
    "kind": "请选择类别。",
    "summary": "情况应当填写，不超过1000字，不填写姓名。",
    "answer": "答复应当填写，不超过1000字。",
    "note": "意见不超过1000字。",
    "upheld": "请选择是否查实。",
}


class Unfilled(Exception):
    """What was filled in cannot be read; each sentence says what to correct."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def submission_of(form: str, filled: Filled, incident: str = "") -> Submission:
    """The submission that a form is: commitment, withdrawal, incident, answer or closing."""
    told = {name: value.strip() for name, value in filled.items()}
    try:
        return _submission(form, told, incident)
    except ValidationError as error:
        wrong = dict.fromkeys(str(one["loc"][0]) for one in error.errors() if one["loc"])
        raise Unfilled(tuple(UNFILLED[name] for name in wrong if name in UNFILLED)) from error


def _submission(form: str, told: Filled, incident: str) -> Submission:
    match form:
        case "commitment":
            return PublishCommitment(**_some(told, "person", "item", "text"))
        case "withdrawal":
            return WithdrawCommitment(**_some(told, "person", "item"))
        case "incident":
            kind = told.get("kind")
            known = {"kind": IncidentKind(kind)} if kind in list(IncidentKind) else {}
            person = _some(told, "person") if told.get("person") else {}
            return ReportIncident.model_validate({**known, **person, **_some(told, "summary")})
        case "answer":
            return AnswerIncident(incident=incident, **_some(told, "answer"))
        case _:
            upheld = {"yes": True, "no": False}.get(told.get("upheld", ""))
            found = {} if upheld is None else {"upheld": upheld}
            return CloseIncident.model_validate({"incident": incident, **found, **_some(told, "note")})


def _some(told: Filled, *names: str) -> dict[str, str]:
    return {name: told[name] for name in names if name in told}


def may_answer(who: str | None, incident: Incident) -> bool:
    """The organisation itself, while an answer is waited for."""
    return who == incident.organisation and incident.stage in OPEN


def may_close(who: str | None, above: bool, incident: Incident) -> bool:
    """Somebody above it, once it is answered or its answer is overdue."""
    waits = incident.stage in (IncidentStage.ANSWERED, IncidentStage.UNANSWERED)
    return above and who != incident.organisation and waits
