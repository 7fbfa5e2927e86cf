"""What the county would refuse is said at its field before anything is saved, and its limits stand beside the field."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from services.station.desk import Desk
from services.station.outbox.notes import CASES, PATROLS
from services.station.outbox.rows import State
from services.station.page.here import Here, foreseen_service
from shared.events.greenchannel import RecordGreenService
from shared.events.vocabulary import ClientGroup, ServiceMode
from tests.asking import moment
from tests.station.agents import STATION, Agent
from tests.station.local_page import CASE, DESK, MORNING, entered, saved

AFTER_HOURS = {"mode": "after-hours", "at": "2018-03-05T08:10"}


@pytest.mark.parametrize(
    ("key", "beyond", "sentence"),
    [
        ("green", {"client": "vulnerable", "persons": "21"}, "“服务人次”应当在1至20之间。"),
        ("green", {"client": "enterprise", "persons": "2"}, "企业绿色通道服务按“次”统计"),
        ("green", {"mode": "after-hours", "at": "2018-03-05T09:10"}, "在办公时间之内，不属于延时服务"),
        ("case-completed", {"visits": "21"}, "“申请人到现场次数”应当在0至20之间。"),
        ("attendance", {"attended": "5001"}, "“到课人数”应当在0至5,000之间。"),
    ],
)
async def test_what_is_beyond_reason_is_said_at_its_field_and_nothing_is_saved(
    page: AsyncClient, folder_agent: Agent, key: str, beyond: dict[str, str], sentence: str
) -> None:
    answer = await entered(page, key, **beyond)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert answer.text.count('aria-invalid="true"') == 1
    assert folder_agent.outbox.counts()[State.PENDING] == 0


@pytest.mark.parametrize(
    ("key", "within"),
    [
        ("green", {"client": "vulnerable", "persons": "20"}),
        ("green", {"client": "enterprise", "persons": "1"}),
        ("green", AFTER_HOURS),
        ("case-completed", {"visits": "20"}),
        ("attendance", {"attended": "5000"}),
    ],
)
async def test_what_is_within_reason_is_saved(
    page: AsyncClient, folder_agent: Agent, key: str, within: dict[str, str]
) -> None:
    assert folder_agent.row(saved(await entered(page, key, **within))).state is State.PENDING


@pytest.mark.parametrize(
    ("key", "limits"),
    [
        ("green", ["其他每次不超过20。", "延时服务是工作日08:30至12:00、14:30至17:30以外的服务。"]),
        ("case-completed", ["0至20。", "不超过服务指南公布的收费标准；没有公布标准的，填0。"]),
        ("attendance", ["0至5,000。"]),
    ],
)
async def test_limits_stand_beside_their_fields(page: AsyncClient, key: str, limits: list[str]) -> None:
    shown = (await page.get(f"/form/{key}")).text
    assert [one for one in limits if one not in shown] == []


@pytest.mark.parametrize(("day", "is_said"), [("2018-03-05", True), ("2019-01-02", True), ("2099-03-05", False)])
def test_office_hours_of_a_year_whose_working_days_are_not_known_here_are_left_to_the_county(
    day: str, is_said: bool
) -> None:
    asked = RecordGreenService(client=ClientGroup.VULNERABLE, mode=ServiceMode.AFTER_HOURS, persons=1)
    assert (foreseen_service(Here(Desk(), {}), asked, moment(f"{day}T10:00")) is not None) == is_said


@pytest.mark.parametrize(
    ("about", "oldest_days", "status"),
    [
        (STATION, 30, 422),
        (STATION, 33, 303),
        (STATION, None, 303),
        ("150424100203", 30, 303),
    ],
)
async def test_what_is_too_old_for_the_station_itself_is_said_at_its_time(
    page: AsyncClient, folder_agent: Agent, about: str, oldest_days: int | None, status: int
) -> None:
    """As the county tells its bound; one of an earlier release tells none, and of others it knows who is above."""
    heard = {**DESK, **({} if oldest_days is None else {"oldest_days": oldest_days})}
    folder_agent.parts.notes.keep(PATROLS, heard, MORNING)
    answer = await entered(page, "green", about=about, at="2018-02-01T08:00")
    why = f"该事项发生在{oldest_days}天以前，本单位不能再报。"
    assert (answer.status_code, why in answer.text) == (status, status == 422)
    assert folder_agent.outbox.counts()[State.PENDING] == (status == 303)


@pytest.mark.parametrize(
    ("standard", "fee", "called", "why"),
    [
        (8000, "80.01", "，收费不超过80.00元<", "收费超过服务指南公布的收费标准（80.00元）"),
        (8000, "80", "，收费不超过80.00元<", ""),
        (0, "0.01", "，不收费<", "收费超过服务指南公布的收费标准（0.00元）"),
        (0, "0", "，不收费<", ""),
        (100_000_000, "1000000", "，收费不超过1000000.00元<", ""),
        (None, "999", "末四位0001）<", ""),
    ],
)
async def test_what_a_case_may_cost_is_known_where_it_is_chosen(
    page: AsyncClient, folder_agent: Agent, standard: int | None, fee: str, called: str, why: str
) -> None:
    listed = {"case": CASE, "organisation": STATION, "process": "licence", "opened": "2018-03-01", "due": "2018-03-08"}
    cases = {"cases": [{**listed, "provisional": False, "standard": standard}]}
    folder_agent.parts.notes.keep(CASES, cases, MORNING)
    assert called in (await page.get("/form/case-completed")).text
    answer = await entered(page, "case-completed", case=CASE, fee=fee)
    assert (answer.status_code, why in answer.text) == (422 if why else 303, True)
