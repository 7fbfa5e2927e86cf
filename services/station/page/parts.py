"""What the local page shows and writes to, and where its templates are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from starlette.responses import HTMLResponse

from services.station.desk import Desk, desk
from services.station.folder import Hub
from services.station.heard import PROCESS
from services.station.line.sender import Sender
from services.station.outbox.notes import LESSONS, Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.page.cases import cases_of
from services.station.page.help import helped_by
from shared.calendar import CHINA
from shared.countys_own import CommitteeName, CountysOwn
from shared.identity.marks import AddressMarks
from shared.pages.templates import Templates, Way

ROW = {
    "home": Way("首页", "/", "todo", is_at_hand=True),
    "patrol": Way("日自查", "/form/patrol", "patrol", is_at_hand=True),
    "green": Way("绿色通道", "/form/green", "cases", is_at_hand=True),
    "sent": Way("报送记录", "/sent", "sent", is_at_hand=True),
}
MARKS = AddressMarks(token_hex(32))
"""Of one run: what an address of an earlier one says is not said again."""


class StationPages(Templates):
    """The templates of the local page, with its row."""

    def render(self, template: str, here: str = "", status: int = 200, **finished: Any) -> HTMLResponse:
        """As every template, with the way to its help; `here` is a page of the row, or a form beside it."""
        ways = [way._replace(is_current=key == here) for key, way in ROW.items()]
        help_url = f"/help#{helped_by(here)}" if here else ""
        return super().render(template, here, status, ways=ways, help_url=help_url, **finished)


PAGES = StationPages(Path(__file__).parents[1] / "pages", "/static", "/")


def china_now() -> datetime:
    """By this PC's clock."""
    return datetime.now(CHINA)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page shows and writes to."""

    hub: Hub
    outbox: Outbox
    pictures: Pictures
    notes: Notes
    sender: Sender
    refresh: Callable[[], Awaitable[None]]
    """Asks the county for the day's work now."""
    former: tuple[Sender, ...] = ()
    """Those that send what waits under codes which this PC had before."""
    now: Callable[[], datetime] = china_now

    async def owns(self) -> Callable[[], CountysOwn]:
        """By which the committee's name is asked for: as the county told it last, a neutral word before that."""
        return self._own

    def _own(self) -> CountysOwn:
        heard = self.notes.read(LESSONS)
        known = heard.value.get("committee") if heard else None
        return CountysOwn(CommitteeName.model_validate(known)) if known else CountysOwn()

    def desk(self) -> Desk:
        """As it is known here now."""
        known = desk(self.notes)
        called = {**known.once.get(PROCESS, {}), **{one["process"]: one["name"] for one in known.processes}}
        cases = cases_of(self.outbox, called, known.county_cases)
        return replace(known, cases=cases.open, known_cases=cases.known)
