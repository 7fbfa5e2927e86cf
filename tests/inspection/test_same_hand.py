"""Who reported work does not judge it, in whatever organisation they act; another person of either may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.events import Submission
from shared.events.inspection import (
    ExtendRectification,
    SendBackRectification,
    SubmitRectification,
    VerifyRectification,
)
from tests.asking import STATION, TOWNSHIP, asked
from tests.inspection.rectifying import Case, Facts

ME, OTHER = "p-1", "p-2"


def said(case: Case, data: Submission, by: str, actor: str, at: str) -> Facts | str:
    return case.decides_on(replace(asked(data, STATION, at, by), actor=actor))


def reported(by: str) -> Case:
    case = Case()
    said(case, SubmitRectification(rectification=case.id), STATION, by, "2018-03-06T10:00")
    return case


@pytest.mark.parametrize("judging", [VerifyRectification, SendBackRectification, ExtendRectification])
@pytest.mark.parametrize(("worked", "judges", "is_own"), [(ME, ME, True), (ME, OTHER, False), ("", ME, False)])
def test_nobody_judges_what_they_reported(judging: type[Submission], worked: str, judges: str, is_own: bool) -> None:
    case = reported(worked)
    more: dict[type[Submission], dict[str, object]] = {
        SendBackRectification: {"reason": "未整改到位"},
        ExtendRectification: {"working_days": 2, "reason": "备件"},
    }
    asked_for = judging.model_validate({"rectification": case.id, **more.get(judging, {})})
    assert (said(case, asked_for, TOWNSHIP, judges, "2018-03-07T10:00") == "own-hand") is is_own


def test_an_organisation_that_names_nobody_judges_as_before() -> None:
    case = reported(ME)
    assert said(case, VerifyRectification(rectification=case.id), TOWNSHIP, "", "2018-03-07T10:00") != "own-hand"


def test_what_is_taken_back_was_nobodys_work() -> None:
    case = reported(ME)
    assert case.it.worked_by == ME
    case.takes_back_last()
    assert case.it.worked_by == ""
