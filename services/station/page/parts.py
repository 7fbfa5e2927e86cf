"""What the local page shows and writes to, and where its templates are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from services.station.desk import Desk, desk
from services.station.folder import Hub
from services.station.line.sender import Sender
from services.station.outbox.notes import Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.page.cases import cases_of
from shared.calendar import CHINA
from shared.identity.marks import AddressMarks
from shared.pages.templates import PagePlace, Templates

PLACES = (
    PagePlace("home", "首页", "/"),
    PagePlace("patrol", "日自查", "/form/patrol"),
    PagePlace("green", "绿色通道", "/form/green"),
    PagePlace("sent", "报送记录", "/sent"),
)
MARKS = AddressMarks(token_hex(32))
"""Of one run: what an address of an earlier one says is not said again."""
PAGES = Templates(Path(__file__).parents[1] / "pages", "/static", "/", PLACES, ())


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

    def desk(self) -> Desk:
        """As it is known here now."""
        known = desk(self.notes)
        called = {one["process"]: one["name"] for one in known.processes}
        cases = cases_of(self.outbox, called, known.county_cases)
        return replace(known, cases=cases.open, known_cases=cases.known)
