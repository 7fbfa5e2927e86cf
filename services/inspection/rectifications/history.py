"""The page of one rectification: what happened to it, and what the organisation that looks may do with it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.inspection.photos.seeing import Thumb
from services.inspection.rectifications.board import SOURCES, page_of, state
from services.inspection.rectifications.form import ACCEPT, EXTEND, REOPEN, SEND_BACK, SUBMIT, VERIFY
from services.inspection.rectifications.model import DONE, Rectification, Stage, Step, What
from services.inspection.rectifications.rules.rounds import is_open, is_to_do
from services.inspection.rectifications.rules.verifying import may_judge
from shared.calendar import china_day
from shared.forms import Form
from shared.pages.chinese import SEVERITIES, day_text, due_text, time_text
from shared.pages.words import ShownState, acting_name, name_of
from shared.roster.organisations import Roster

STEPS = {
    What.OPENED: ShownState("发现问题", ""),
    What.ACCEPTED: ShownState("领办", ""),
    What.SUBMITTED: ShownState("报送整改结果", ""),
    What.REINSPECTED: ShownState("复查未再发现", "good"),
    What.VERIFIED: ShownState("核验通过", "good"),
    What.SENT_BACK: ShownState("退回重改", "warn"),
    What.REOPENED: ShownState("恢复整改", "warn"),
    What.EXTENDED: ShownState("延期", ""),
    What.NEAR_DEADLINE: ShownState("临期提醒", ""),
    What.OVERDUE: ShownState("逾期", "bad"),
    What.ESCALATED: ShownState("提请上级督办", "bad"),
    What.VERIFICATION_DUE: ShownState("提醒核验", "warn"),
    What.CLOSED: ShownState("销号", "good"),
    What.WITHDRAWN: ShownState("随巡查记录撤销", ""),
    What.SETTLED: ShownState("整改期限核定", ""),
}
OF_OPINIONS = {
    What.OPENED: ShownState("签收反馈文件，列入整改", ""),
    What.WITHDRAWN: ShownState("随反馈文件撤销", ""),
}
"""What is another step of an opinion than of a finding."""
BY_THE_CLOCK = (
    What.NEAR_DEADLINE,
    What.OVERDUE,
    What.ESCALATED,
    What.VERIFICATION_DUE,
    What.CLOSED,
    What.SETTLED,
)

NOBODY_NAMED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the history; note and photos are empty for those not concerned, the deadline where it set none."""

    at: str
    what: ShownState
    deadline: str
    by: str
    note: str
    photos: tuple[Thumb, ...]
    actor: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Everything of one rectification that the one who looks may see."""

    item: str
    state: ShownState
    url: str
    facts: tuple[tuple[str, str], ...]
    earlier_url: str
    lines: tuple[HistoryLine, ...]
    is_concerned: bool
    opinion: tuple[tuple[str, str], ...] = ()
    document_url: str = ""


def history(
    one: Rectification,
    roster: Roster,
    today: date,
    photos: Sequence[tuple[Thumb, ...]] | None,
    acted: Mapping[str, str] = NOBODY_NAMED,
) -> History:
    """The newest step first; without the photos of each step for those not concerned, who do not see notes either.

    Who acted is told by the key of what was submitted.
    """
    is_concerned = photos is not None
    each = zip(one.steps, photos or [()] * len(one.steps), strict=True)
    return History(
        item=one.item,
        state=state(one, today),
        url=page_of(one.organisation, one.rectification),
        facts=_facts(one, roster, today),
        earlier_url=page_of(one.organisation, one.repeats) if one.repeats else "",
        lines=tuple(_line(one, step, thumbs, roster, is_concerned, acted) for step, thumbs in each)[::-1],
        opinion=_opinion(one, is_concerned),
        is_concerned=is_concerned,
        document_url=f"/feedback/reports/{one.report}" if one.report and is_concerned else "",
    )


def _opinion(one: Rectification, is_concerned: bool) -> tuple[tuple[str, str], ...]:
    """What the document says, to those whom it concerns."""
    if one.opinion is None or not is_concerned:
        return ()
    said = (
        ("存在问题", one.opinion.problem),
        ("整改要求", one.opinion.requirement),
        ("责任人", one.opinion.responsible),
    )
    return tuple((name, value) for name, value in said if value)


def _facts(one: Rectification, roster: Roster, today: date) -> tuple[tuple[str, str], ...]:
    whose = roster.answering(one.organisation, today)
    facts = (
        ("整改单位", name_of(one.organisation, roster, one.found)),
        ("承接单位", name_of(whose, roster, today) if whose != one.organisation else ""),
        ("来源", SOURCES[one.source]),
        ("文号", one.opinion.number if one.opinion else ""),
        ("轻重", "" if one.opinion else SEVERITIES[one.severity]),
        ("签收日期" if one.opinion else "发现日期", day_text(one.found)),
        ("整改期限", due_text(one.deadline, one.provisional)),
        ("退回", f"{one.sent_back}次" if one.sent_back else ""),
        ("恢复整改", f"{one.reopened}次" if one.reopened else ""),
        ("编号", one.rectification),
    )
    return tuple((name, value) for name, value in facts if value)


def _line(
    one: Rectification,
    step: Step,
    photos: tuple[Thumb, ...],
    roster: Roster,
    is_concerned: bool,
    acted: Mapping[str, str],
) -> HistoryLine:
    by = "系统" if step.what in BY_THE_CLOCK else acting_name(step.by, roster, china_day(step.at))
    deadline = due_text(step.deadline, step.provisional) if step.deadline else ""
    note, actor = (step.note, acted.get(step.key, "")) if is_concerned else ("", "")
    return HistoryLine(time_text(step.at), _what(one, step), deadline, by, note, photos, actor)


def _what(one: Rectification, step: Step) -> ShownState:
    """What was taken back is named: 撤回领办."""
    if one.opinion is not None and step.what in OF_OPINIONS:
        return OF_OPINIONS[step.what]
    if step.what is What.TAKEN_BACK:
        return ShownState(f"撤回{STEPS[step.of].word}" if step.of else "撤回", "")
    return STEPS[step.what]


def offered(one: Rectification, viewer: str | None, roster: Roster, now: datetime) -> tuple[Form, ...]:
    """The forms that would be accepted from the one who looks, as it stands now."""
    if viewer is None:
        return ()
    found: list[Form] = []
    if roster.may_speak_for(viewer, one.organisation, None, now):
        found += [ACCEPT] * (one.stage is Stage.OPENED)
        found += [SUBMIT] * is_to_do(one)
    if may_judge(roster, viewer, one, now):
        found += _judging(one, now)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class LastStep:
    """What was done last and may be taken back, and where."""

    word: str
    url: str


def last_step(one: Rectification, viewer: str | None, roster: Roster, now: datetime) -> LastStep | None:
    """Shown to whoever did it and those above; nothing of what a look at the place did, which has a page of its own."""
    last = one.before[-1] if one.before and one.stage not in (*DONE, Stage.WITHDRAWN) else None
    if viewer is None or last is None or not roster.may_speak_for(viewer, last.key.split("/")[0], None, now):
        return None
    return LastStep(STEPS[last.what].word, f"/inspection/submissions/{last.key}")


def _judging(one: Rectification, now: datetime) -> list[Form]:
    match one.stage:
        case Stage.SUBMITTED:
            return [VERIFY, SEND_BACK]
        case Stage.VERIFIED:
            return [REOPEN] if is_open(one, now) else []
        case Stage.CLOSED | Stage.WITHDRAWN:
            return []
        case _:
            return [EXTEND]
