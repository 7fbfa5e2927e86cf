"""A county with a checklist and plans of its own, and what its pages and desks answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from shared.events.inspection import AdoptPatrolPlan, ChecklistItem, PublishChecklist
from shared.events.vocabulary import PatrolKind, Rhythm
from tests.conftest import county_on
from tests.county import County
from tests.submitters import committee, hall, moment

START = moment("2018-01-01", "00:00")
LIST = PublishChecklist(
    checklist="window",
    version=1,
    name="窗口检查表",
    effective_from=date(2018, 1, 1),
    items=[
        ChecklistItem(item="on-duty", name="工作人员在岗", weight=3),
        ChecklistItem(item="notice", name="一次性告知单齐全", weight=1),
    ],
)
WINDOWS = AdoptPatrolPlan(
    plan="windows-daily",
    name="窗口日巡查",
    patrol=PatrolKind.WINDOW,
    rhythm=Rhythm.DAILY,
    checklist="window",
    until="17:00",
    silent_after_days=2,
    effective_from=date(2018, 1, 1),
)
FACILITIES = AdoptPatrolPlan(
    plan="facilities-weekly",
    name="大厅设施周巡查",
    patrol=PatrolKind.FACILITY,
    rhythm=Rhythm.WEEKLY,
    weekday=5,
    scope=hall.code,
    until="17:00",
    silent_after_days=5,
    effective_from=date(2018, 1, 1),
)


@asynccontextmanager
async def planned(servers: Servers) -> AsyncIterator[County]:
    """It decides as long as the tests run; each of them has a week for itself."""
    async with county_on(servers) as county, county.at_work():
        await county.hears(*(committee.says(one, START) for one in (LIST, WINDOWS, FACILITIES)))
        await county.settles()
        yield county


async def get(client: AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]
