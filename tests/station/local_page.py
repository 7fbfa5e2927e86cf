"""A station's page as a browser on its own PC sees it, and what a person enters there; nothing goes over a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from httpx import ASGITransport, AsyncClient, Response

from services.station.heard import keep_heard
from services.station.outbox.notes import LESSONS, PATROLS
from services.station.page.web import application
from tests.station.agents import STATION, Agent
from tests.submitters import A_MONDAY, moment

MORNING = moment("2018-03-05", "10:40")
CASE = "00000000-0000-7000-8000-000000000001"
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
DESK: Mapping[str, Any] = {
    "organisation": {"code": STATION, "name": "测试村"},
    "day": "2018-03-05",
    "working_day": True,
    "due": [
        {
            "plan": "daily-stations",
            "patrol": "station",
            "organisation": STATION,
            "name": "测试村便民服务站",
            "checklist": "station",
            "version": 2,
            "until": "2018-03-05T17:30:00+08:00",
        }
    ],
    "checklists": [
        {
            "checklist": "station",
            "version": 2,
            "name": "村级便民服务站检查表",
            "items": [
                {"item": "open", "name": "按时开门", "weight": 2},
                {"item": "clean", "name": "环境整洁", "weight": 1},
            ],
        }
    ],
    "rectifications": [
        {
            "rectification": f"{CASE}/0",
            "organisation": STATION,
            "item": "灭火器过期",
            "stage": "opened",
            "deadline": "2018-03-08",
            "overdue": False,
        }
    ],
}
ROSTER = {
    "lessons": [{"lesson": "spring", "title": "春季党课", "day": "2018-03-06"}],
    "processes": [{"process": "licence", "name": "办理许可", "limit_days": 5, "responsible": "150424-D02"}],
}
ENTERED: Mapping[str, Mapping[str, str]] = {
    "patrol": {
        "patrol": "station",
        "score": "95.5",
        "findings-0-item": "灭火器过期",
        "findings-0-severity": "major",
        "findings-0-rectify_within": "3",
    },
    "green": {"client": "vulnerable", "mode": "agency", "persons": "2"},
    "case-opened": {"process": "licence"},
    "case-completed": {"case": CASE, "visits": "1", "fee": "12.30", "posted": "yes"},
    "attendance": {"lesson": "spring", "attended": "12"},
    "rectification-taken": {"rectification": f"{CASE}/0"},
    "rectification-done": {"rectification": f"{CASE}/0", "note": "已更换"},
}
"""What a person enters in each form."""


def browser_of(agent: Agent, now: datetime = MORNING) -> AsyncClient:
    """A browser on this PC, whose clock stands."""
    parts = replace(agent.parts, now=lambda: now)
    transport = ASGITransport(application(parts, ["village-pc.local"]), raise_app_exceptions=False)
    return AsyncClient(transport=transport, base_url="http://127.0.0.1:8300")


def hears(agent: Agent, patrols: Mapping[str, Any] = DESK, roster: Mapping[str, Any] = ROSTER) -> None:
    """What the county tells of the day's work."""
    keep_heard(agent.parts.notes, PATROLS, patrols, A_MONDAY)
    keep_heard(agent.parts.notes, LESSONS, roster, A_MONDAY)


TICKET = "00000000-0000-4000-8000-00000000000a"
SENT = {"ticket": TICKET, "time": "2018-03-05T09:35:00+08:00", "about": STATION, "at": "2018-03-05T09:30"}
"""What the page carries, as it was opened at one time."""


async def entered(page: AsyncClient, key: str, **more: str) -> Response:
    """The form sent as a browser does."""
    return await page.post(f"/form/{key}", data={**SENT, **ENTERED[key], **more})


def saved(answer: Response) -> str:
    """The id of what was saved."""
    assert answer.status_code == 303, answer.text
    return urlsplit(answer.headers["location"]).path.removeprefix("/sent/")
