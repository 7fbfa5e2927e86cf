"""The excellence programme in words: how far an incident is, what a mark is worth."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.inspection.excellence.lines import incident_state, mark_state
from services.inspection.excellence.model.excellence import ExcellenceMark
from services.inspection.excellence.model.incidents import Incident, IncidentStage
from shared.events.inspection import FourScores, IncidentKind
from shared.pages.words import ShownState
from tests.asking import moment as at
from tests.submitters import office

SCORES = FourScores(environment=9100, service=9200, management=9300, integrity=9400)
INCIDENT = Incident(
    id="1",
    county="150424",
    organisation=office.code,
    incident="1",
    kind=IncidentKind.ACCIDENT,
    summary="",
    person=None,
    reported=date(2018, 3, 5),
    quarter="2018-Q1",
    due=date(2018, 3, 12),
    provisional=False,
)
CLOSED = INCIDENT.having(stage=IncidentStage.CLOSED)


@pytest.mark.parametrize(
    ("incident", "today", "word"),
    [
        (INCIDENT, date(2018, 3, 12), "待答复"),
        (INCIDENT, date(2018, 3, 13), "逾期未答复"),
        (INCIDENT.having(stage=IncidentStage.UNANSWERED), date(2018, 3, 12), "逾期未答复"),
        (INCIDENT.having(stage=IncidentStage.ANSWERED), date(2018, 3, 20), "已答复，待办结"),
        (CLOSED, date(2018, 3, 20), "不予认定"),
        (CLOSED.having(upheld=True), date(2018, 3, 20), "查实"),
    ],
)
def test_the_state_of_an_incident_in_a_word(incident: Incident, today: date, word: str) -> None:
    assert incident_state(incident, today).word == word


def test_a_mark_whose_quarter_turned_out_not_to_be_clean_is_to_be_looked_at_again() -> None:
    given: Any = {"id": "1", "county": "150424", "organisation": office.code, "quarter": "2018-Q1", "note": ""}
    mark = ExcellenceMark(**given, scores=SCORES, granted=at("2018-04-09"))
    assert mark_state(mark, ()) == ShownState("四优", "good")
    assert mark_state(mark, {mark.quarter}).word == "应复核"
    assert mark_state(mark, {"2018-Q2"}).word == "四优"
    assert mark_state(mark.having(withdrawn=at("2018-05-09")), ()).word == "已撤销"
