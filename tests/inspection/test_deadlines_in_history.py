"""The history of a rectification says with each step that sets a deadline which one holds since."""

from __future__ import annotations

from datetime import date

from services.inspection.rectifications.history import history
from services.inspection.rectifications.model import Step
from shared.calendar import know
from shared.events.inspection import Finding, SettleDeadlines
from shared.events.vocabulary import Severity
from shared.notices import Notice
from tests.asking import COUNTY, asked, roster
from tests.inspection.rectifying import Case


def deadlines(case: Case) -> list[tuple[str, str]]:
    """Step and deadline, in the order in which they happened."""
    lines = history(case.it, roster(), date(2027, 1, 4), None).lines
    return [(line.what.word, line.deadline) for line in lines[::-1]]


def test_what_was_provisional_and_what_it_became_are_both_there() -> None:
    case = Case(Finding(item="设备故障", severity=Severity.MINOR, note="", rectify_within=5), "2026-12-28")
    assert deadlines(case) == [("发现问题", "2027年1月5日（暂定）")]
    know([Notice(year=2027, off=tuple(date(2027, 1, n) for n in range(1, 6)))])
    settled = asked(SettleDeadlines(day=date(2026, 12, 30)), COUNTY, "2026-12-30T00:00")
    assert not isinstance(case.decides_on(settled, [case.it]), str)
    assert deadlines(case)[1:] == [("整改期限核定", "2027年1月7日")]


def test_an_extension_its_taking_back_and_what_is_sent_back_say_theirs_and_other_steps_none() -> None:
    case = Case()
    case.accepts("2018-03-06")
    case.extends("2018-03-06", days=2)
    case.takes_back_last()
    case.submits("2018-03-07")
    case.sends_back("2018-03-12")
    assert deadlines(case) == [
        ("发现问题", "2018年3月8日"),
        ("领办", ""),
        ("延期", "2018年3月12日"),
        ("撤回延期", "2018年3月8日"),
        ("报送整改结果", ""),
        ("退回重改", "2018年3月15日"),
    ]


def test_a_step_of_an_earlier_release_says_none() -> None:
    """The control: what was not kept then is not made up."""
    step = {"at": "2018-03-05T09:00:00+08:00", "by": COUNTY, "what": "extended"}
    assert Step.model_validate(step).deadline is None
