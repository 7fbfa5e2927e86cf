"""A patrol on the local page: by the day's checklist, with the score that the county's rule comes to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient

from services.inspection.patrols.model.checklists import Checklist, ChecklistVersion, checklist_id
from services.inspection.patrols.rules.checklists import checked_wrongly
from services.station.outbox.notes import PATROLS
from services.station.outbox.rows import Answer, State
from shared.events.inspection import ChecklistItem, LogInspection
from shared.pipeline.decisions import State as Known
from shared.roster.organisations import Roster
from tests.browser_fields import fields_in
from tests.station.agents import STATION, Agent
from tests.station.local_page import DESK, PNG, entered, hears, saved
from tests.submitters import A_MONDAY


async def test_how_grave_a_finding_is_reads_as_in_the_county(page: AsyncClient) -> None:
    text = (await page.get("/form/patrol")).text
    assert ('<option value="major">较重</option>' in text, "严重" in text) == (True, False)


async def test_without_a_checklist_a_plain_score_is_offered(page: AsyncClient) -> None:
    assert "尚未取得检查表，可先用简易登记" in (await page.get("/form/patrol")).text


async def test_the_days_task_opens_its_checklist(page: AsyncClient, folder_agent: Agent) -> None:
    hears(folder_agent)
    home = (await page.get("/")).text
    assert "测试村便民服务站" in home
    assert "17:30" in home
    shown = (await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text
    assert "按时开门" in shown
    assert "简易登记" not in shown
    assert "按时开门" in (await page.get("/form/patrol")).text


async def test_a_patrol_by_a_checklist_with_a_photo_is_saved_as_the_county_reads_it(
    page: AsyncClient, folder_agent: Agent
) -> None:
    hears(folder_agent)
    shown = (await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text
    fields = fields_in(shown, "/form/patrol")
    assert "checked-marks-open" not in fields
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    answer = await page.post("/form/patrol", data=fields | marks, files={"photos": ("a.png", PNG, "image/png")})
    sent = LogInspection.model_validate_json(folder_agent.row(saved(answer)).body)
    assert (sent.plan, sent.score, len(sent.photos), sent.findings) == ("daily-stations", 8333, 1, [])
    assert sent.checked
    assert (sent.checked.version, sent.checked.marks) == (2, {"open": 100, "clean": 50})
    left = await page.post("/form/patrol", data=fields | {"checked-marks-open": "100"})
    assert (left.status_code, "请选择“环境整洁”。" in left.text) == (422, True)
    assert fields_in(left.text, "/form/patrol")["checked-marks-open"] == "100"


async def test_what_was_marked_is_not_lost_when_the_days_tasks_have_changed(
    page: AsyncClient, folder_agent: Agent
) -> None:
    hears(folder_agent)
    fields = fields_in((await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text, "/form/patrol")
    folder_agent.parts.notes.keep(PATROLS, {**DESK, "due": []}, A_MONDAY)
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    sent = LogInspection.model_validate_json(
        folder_agent.row(saved(await page.post("/form/patrol", data=fields | marks))).body
    )
    assert (sent.plan, sent.patrol, sent.score) == ("daily-stations", "station", 8333)


NEWER = {
    "due": [{**DESK["due"][0], "version": 3}],
    "checklists": [
        {
            **DESK["checklists"][0],
            "version": 3,
            "items": [*DESK["checklists"][0]["items"], {"item": "warm", "name": "供暖正常", "weight": 1}],
        }
    ],
}


@pytest.mark.parametrize(("later", "version"), [(NEWER, 3), ({"due": [], "checklists": []}, None)])
async def test_a_form_kept_open_until_its_checklist_is_no_longer_known_comes_again_and_says_so(
    page: AsyncClient, folder_agent: Agent, later: dict[str, Any], version: int | None
) -> None:
    hears(folder_agent)
    fields = fields_in((await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text, "/form/patrol")
    folder_agent.parts.notes.keep(PATROLS, {**DESK, **later}, A_MONDAY)
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50", "findings-0-item": "灭火器过期"}
    answer = await page.post("/form/patrol", data=fields | marks)
    assert (answer.status_code, "检查表已经更新，本次内容没有保存。" in answer.text) == (422, True)
    again = fields_in(answer.text, "/form/patrol")
    assert again["findings-0-item"] == "灭火器过期"
    more = {"checked-marks-warm": "0"} if version else {"score": "90"}
    sent = LogInspection.model_validate_json(
        folder_agent.row(saved(await page.post("/form/patrol", data=again | more))).body
    )
    assert (sent.checked.version if sent.checked else None) == version
    assert sent.checked is None or sent.checked.marks == {"open": 100, "clean": 50, "warm": 0}


@pytest.mark.parametrize(
    "carried", [{"checked-version": "9" * 5000}, {"about": "大厅"}, {"about": "x\r\nce-source: y"}]
)
async def test_what_the_page_carried_unseen_is_not_believed(
    page: AsyncClient, folder_agent: Agent, carried: dict[str, str]
) -> None:
    hears(folder_agent)
    fields = fields_in((await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text, "/form/patrol")
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    assert (await page.post("/form/patrol", data=fields | marks | carried)).status_code == 422
    assert folder_agent.outbox.counts()[State.PENDING] == 0


async def test_a_correction_is_marked_by_what_is_in_force_now(page: AsyncClient, folder_agent: Agent) -> None:
    hears(folder_agent)
    fields = fields_in((await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text, "/form/patrol")
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    id = saved(await page.post("/form/patrol", data=fields | marks))
    folder_agent.outbox.decided([Answer(STATION, id, State.REFUSED, [])], A_MONDAY)
    newer = {**DESK["checklists"][0], "version": 3}
    due = {**DESK["due"][0], "version": 3}
    folder_agent.parts.notes.keep(PATROLS, {**DESK, "due": [due], "checklists": [newer]}, A_MONDAY)
    again = fields_in((await page.get(f"/form/patrol?corrects={id}")).text, "/form/patrol")
    sent = LogInspection.model_validate_json(folder_agent.row(saved(await page.post("/form/patrol", data=again))).body)
    assert sent.checked
    assert (sent.checked.version, sent.checked.marks) == (3, {"open": 100, "clean": 50})


@pytest.mark.parametrize(("open", "clean"), [("100", "100"), ("50", "0"), ("0", "100"), ("100", "50")])
async def test_the_countys_rule_comes_to_the_score_that_the_page_computes(
    page: AsyncClient, folder_agent: Agent, open: str, clean: str
) -> None:
    items = [ChecklistItem(item="open", name="按时开门", weight=15), ChecklistItem(item="clean", name="整洁", weight=1)]
    listed = {**DESK["checklists"][0], "items": [one.model_dump() for one in items]}
    folder_agent.parts.notes.keep(PATROLS, {**DESK, "checklists": [listed]}, A_MONDAY)
    marks = {"checked-marks-open": open, "checked-marks-clean": clean}
    id = saved(await entered(page, "patrol", plan="daily-stations", **marks))
    sent, county = LogInspection.model_validate_json(folder_agent.row(id).body), Known(Roster())
    assert sent.checked
    county.copy.load([_published("station", 2, items)])
    assert checked_wrongly(county, "150424", sent.checked, sent.score, A_MONDAY.date()) is None


def _published(slug: str, version: int, items: list[ChecklistItem]) -> Checklist:
    published = ChecklistVersion(version=version, name=slug, effective_from=date(2018, 1, 1), items=tuple(items))
    return Checklist(id=checklist_id("150424", slug), county="150424", checklist=slug, versions=(published,))
