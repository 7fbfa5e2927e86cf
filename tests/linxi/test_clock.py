"""Any number of clocks send the same tick."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.calendar import CHINA
from shared.events.feedback import ClosePeriod
from shared.events.inspection import CloseDay
from shared.events.ticks import tick, tick_id

DUE = datetime(2018, 4, 1, tzinfo=CHINA)


def test_an_id_never_changes() -> None:
    assert tick_id("close-day", "150424", DUE) == "12e48f3d-5abb-5add-939d-a83567fc3d21"


def test_clocks_in_other_time_zones_send_the_same_bytes() -> None:
    data = CloseDay(day=DUE.date())
    assert tick(data, "150424", DUE.astimezone(UTC)) == tick(data, "150424", DUE)


def test_a_month_and_its_quarter_end_at_one_instant_under_two_ids() -> None:
    month, quarter = (tick(ClosePeriod(period=period), "150424", DUE).headers for period in ("2018-03", "2018-Q1"))
    assert month["ce-id"] != quarter["ce-id"]
