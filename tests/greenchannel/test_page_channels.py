"""What the page of the green channel says of services, open cases and limits."""

from __future__ import annotations

from datetime import date

import pytest

from services.greenchannel.channels import case_line, client_lines, limit_line, year_links
from services.greenchannel.model import Case, Limit, ProcessLimits
from shared.roster.organisations import Roster

CASE = Case(
    id="150424-D15/1",
    organisation="150424-D15",
    process="property-registration",
    opened=date(2018, 12, 26),
    limit_days=3,
    due=date(2018, 12, 29),
    provisional=False,
)
NAMES = {"property-registration": "不动产登记"}


def test_each_client_group_keeps_its_own_unit() -> None:
    enterprise, vulnerable = client_lines({("enterprise", "appointment"): 36, ("vulnerable", "on-site"): 112})
    assert (enterprise.unit, enterprise.total) == ("次", "36")
    assert (vulnerable.unit, vulnerable.total) == ("人次", "112")


@pytest.mark.parametrize(("day", "state"), [(date(2018, 12, 29), "办理中"), (date(2018, 12, 30), "已超期")])
def test_a_case_is_overdue_after_its_due_day(day: date, state: str) -> None:
    assert case_line(CASE, NAMES, Roster(), day).state == state


def test_a_due_day_beyond_the_known_calendar_is_provisional() -> None:
    line = case_line(CASE.having(provisional=True), {}, Roster(), date(2018, 12, 29))
    assert line.due.endswith("（暂定）")
    assert line.process == "property-registration"


def test_the_limit_in_force_stands_beside_its_history() -> None:
    limits = (Limit(since=date(2018, 1, 1), days=10), Limit(since=date(2018, 6, 1), days=3))
    process = ProcessLimits(id="150424/property-registration", limits=limits)
    before, after = (limit_line(process, NAMES, day) for day in (date(2018, 5, 31), date(2018, 6, 1)))
    assert (before.limit, after.limit) == ("10个工作日", "3个工作日")
    assert after.history == "10个工作日 → 3个工作日"


def test_a_chosen_year_is_shown_even_when_it_has_nothing() -> None:
    assert [(link.name, link.current) for link in year_links(["2018"], "2020")] == [("2018年", False), ("2020年", True)]
    assert year_links([], None) == ()
