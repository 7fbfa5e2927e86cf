"""A row that was chosen by mistake, or that stood there before, is taken away by choosing nothing in it."""

from __future__ import annotations

import re

from services.roster.duty.form import CHANGE
from shared.events.roster import PlanTurn
from shared.forms import Entered, read
from tests.shared.filled_forms import FEE, PATROL, TICKET, page

NAMES = {"150424-D09": "林西县民政局", "150424-D10": "林西县残疾人联合会"}


def options(text: str, name: str) -> list[str]:
    """The values of a choice."""
    select = text[text.index(f'name="{name}"') :]
    return re.findall(r'<option value="([^"]*)"', select[: select.index("</select>")])


def test_a_holder_of_a_planned_turn_can_be_taken_off() -> None:
    text = page(CHANGE, Entered({"holders-0": "150424-D09", "holders-1": "150424-D10"}, TICKET), NAMES)
    assert options(text, "holders-0") == options(text, "holders-1") == ["", *NAMES]
    values = {"holders-0": "", "holders-1": "150424-D10", "begins": "2027-02-01", "months": "3", "theme": "助残"}
    said = read(CHANGE, values, NAMES, {"turn": "2027-1"})
    assert isinstance(said, PlanTurn)
    assert said.holders == ["150424-D10"]


def test_one_that_stands_outside_a_row_stays_chosen() -> None:
    """The control: what is needed once is not emptied."""
    assert options(page(FEE, Entered({"posted": "no"}, TICKET), {}), "posted") == ["no", "yes"]


def test_what_an_empty_row_says_by_itself_needs_nothing_chosen() -> None:
    assert options(page(PATROL), "findings-0-severity") == ["minor", "major"]
