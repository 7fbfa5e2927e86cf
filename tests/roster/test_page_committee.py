"""What the page of the roster says of turns, joint meetings and limits."""

from __future__ import annotations

from datetime import date

import pytest

from services.roster.committee import committee, counts
from services.roster.duty.model import Turn
from services.roster.meetings.model import Issue, Limit, Process, Stage
from shared.events.vocabulary import Hall, OrganisationKind
from shared.roster.organisations import Organisation, Roster, Standing
from tests.listed import answering

CIVIL_AFFAIRS = Standing(
    since=date(2018, 1, 1),
    name="林西县民政局",
    kind=OrganisationKind.DEPARTMENT,
    committee_member=True,
    due_in_hall=True,
    feedback_recipient=True,
    stationed=Hall.HALL,
)
ROSTER = Roster({"150424-D09": Organisation(id="150424-D09", history=(CIVIL_AFFAIRS,))})
TURN = Turn(
    id="150424/2018-1",
    county="150424",
    holders=("150424-D09",),
    begins=date(2018, 1, 1),
    ends=date(2018, 3, 31),
    months=3,
    theme="孝行林西、润泽千家",
    work={"banner": 106, "home-visit": 26},
)
ISSUE = Issue(
    id="150424/property-registration", title="房地产一体化办理", consulted=("150424-D09",), stage=Stage.STUDIED
)
LIMITS = (Limit(since=date(2018, 1, 1), days=10), Limit(since=date(2018, 6, 1), days=3))
PROCESS = Process(id="150424/property-registration", name="不动产登记", responsible="150424-D15", limits=LIMITS)


def test_a_turn_names_its_holder_and_what_was_done() -> None:
    with answering():
        turn = committee(ROSTER, "150424", (TURN,), (), (), date(2018, 2, 1)).turns[0]
    assert (turn.name, turn.form, turn.holders) == ("2018年第1期", "轮值", ("林西县民政局",))
    assert turn.work == "配发宣传条幅106条、上门服务老人26次"


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2017, 12, 31), "未开始"), (date(2018, 3, 31), "值守中"), (date(2018, 4, 1), "已结束")],
)
def test_the_last_day_still_belongs_to_the_turn(day: date, state: str) -> None:
    assert committee(ROSTER, "150424", (TURN,), (), (), day).turns[0].state == state


def test_several_holders_make_a_joint_turn() -> None:
    joint = TURN.having(holders=("150424-D09", "150424-D10"))
    turn = committee(ROSTER, "150424", (joint,), (), (), date(2018, 2, 1)).turns[0]
    assert turn.form == "联值（2个单位）"
    assert turn.holders == ("林西县民政局", "150424-D10")


def test_a_joint_meeting_shows_the_stages_it_has_reached() -> None:
    issue = committee(ROSTER, "150424", (), (ISSUE,), (), date(2018, 2, 1)).issues[0]
    assert [step.mark for step in issue.steps] == ["done", "done", ""]
    assert issue.resolution == "尚未议定"


def test_a_changed_limit_shows_both_sides() -> None:
    process = committee(ROSTER, "150424", (), (), (PROCESS,), date(2018, 7, 1)).processes[0]
    assert (process.before, process.now, process.since) == ("10个工作日", "3个工作日", "2018年6月1日")


def test_four_denominators_are_four_counts() -> None:
    counted = {count.name: count.value for count in counts([CIVIL_AFFAIRS])}
    assert counted == {"成员党组织": "1", "应进驻大厅部门": "1", "已进驻": "1", "反馈对象": "1", "村级便民服务站": "0"}


def test_a_county_without_organisations_is_empty() -> None:
    assert committee(Roster(), "150424", (), (), (), date(2018, 1, 1)).is_empty
