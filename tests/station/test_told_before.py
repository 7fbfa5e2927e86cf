"""What the county once told by name stays named in the records of then, also when it is told of no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.station.heard import MOST, keep_heard, once_heard
from services.station.outbox.notes import PATROLS
from services.station.outbox.rows import Answer, State
from tests.station.agents import STATION, Agent
from tests.station.local_page import CASE, DESK, browser_of, entered, hears, saved
from tests.submitters import A_MONDAY

NEWER = {**DESK["checklists"][0], "version": 3, "items": [{"item": "heat", "name": "供暖正常", "weight": 1}]}
LATER = {
    **DESK,
    "checklists": [NEWER],
    "due": [{**DESK["due"][0], "version": 3}],
    "rectifications": [],
}
NO_ROSTER: dict[str, Any] = {"lessons": [], "processes": []}
MARKED = {"plan": "daily-stations", "checked-checklist": "station", "checked-version": "2", "score": ""}
MARKS = {"checked-marks-open": "100", "checked-marks-clean": "50"}


@pytest.fixture
def there(folder: Any) -> Iterator[Agent]:
    """Enrolled, told of its work, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    hears(one)
    yield one
    one.close()


async def test_a_patrol_marked_by_a_version_that_was_replaced_is_read_by_its_own_items(there: Agent) -> None:
    async with browser_of(there) as page:
        id = saved(await entered(page, "patrol", **MARKED, **MARKS))
        before = (await page.get(f"/sent/{id}")).text
        hears(there, LATER)
        after = (await page.get(f"/sent/{id}")).text
    read = ("村级便民服务站检查表（第2版）", "按时开门", "环境整洁", "供暖正常", "checked", "station第", "clean")
    assert [one in before for one in read] == [True, True, True, False, False, False, False]
    assert [one in after for one in read] == [one in before for one in read]
    assert (before.count("<dt>得分</dt>"), after.count("<dt>得分</dt>")) == (1, 1)


async def test_a_form_of_a_replaced_version_is_still_looked_at_once_more(there: Agent) -> None:
    async with browser_of(there) as page:
        hears(there, LATER)
        answer = await entered(page, "patrol", **MARKED, **MARKS)
    assert (answer.status_code, "检查表已经更新" in answer.text) == (422, True)


async def test_what_was_put_right_and_a_lesson_of_then_keep_their_names(there: Agent) -> None:
    which = {"rectification-done": f"{CASE}/0", "attendance": "spring", "case-opened": "licence"}
    called = {"rectification-done": "灭火器过期", "attendance": "春季党课", "case-opened": "办理许可"}
    async with browser_of(there) as page:
        ids = {key: saved(await entered(page, key)) for key in which}
        there.outbox.decided([Answer(STATION, id, State.ACCEPTED, []) for id in ids.values()], A_MONDAY)
        hears(there, LATER, NO_ROSTER)
        records = {key: (await page.get(f"/sent/{id}")).text for key, id in ids.items()}
        again = (await page.get(f"/form/rectification-done?corrects={ids['rectification-done']}")).text
        completing = (await page.get("/form/case-completed")).text
    assert {key: called[key] in records[key] for key in which} == dict.fromkeys(which, True)
    assert {key: f">{which[key]}<" in records[key] for key in which} == dict.fromkeys(which, False)
    assert f'value="{CASE}/0"' in again
    assert "办理许可（" in completing


async def test_what_is_open_still_is_offered_and_what_never_was_told_stands_as_it_is(there: Agent) -> None:
    """The control: a name comes only from the county, and an offered choice says more than the name."""
    other = CASE.replace("01", "02") + "/0"
    async with browser_of(there) as page:
        ids = [saved(await entered(page, "rectification-done", rectification=one)) for one in (f"{CASE}/0", other)]
        own, unknown = [(await page.get(f"/sent/{id}")).text for id in ids]
    assert ("灭火器过期" in own, other in unknown) == (True, True)


def test_only_the_names_heard_last_are_kept(there: Agent) -> None:
    notes, found = there.parts.notes, DESK["rectifications"][0]
    for begins in range(0, 2 * MOST, MOST // 2):
        many = [{**found, "rectification": f"{CASE}/{n}"} for n in range(begins, begins + MOST // 2)]
        keep_heard(notes, PATROLS, {**DESK, "rectifications": many}, A_MONDAY)
    kept = once_heard(notes)["rectification"]
    assert (len(kept), f"{CASE}/{2 * MOST - 1}" in kept, f"{CASE}/0" in kept) == (MOST, True, False)
    assert list(once_heard(notes)["checklist"]) == ["station/2"]
    assert once_heard(notes)["process"] == {"licence": "办理许可"}
