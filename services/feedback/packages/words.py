"""How packages read: states and steps."""

from __future__ import annotations

from collections.abc import Mapping

from services.feedback.packages.model import Package, PackageState
from services.feedback.packages.receiving import ADOPTED, RECEIVED, RETURNED
from services.feedback.packages.sending import SENT, WITHDRAWN
from shared.pages.words import ShownState

STATES: Mapping[PackageState, ShownState] = {
    PackageState.SENT: ShownState("待签收", "warn"),
    PackageState.RECEIVED: ShownState("已签收", "good"),
    PackageState.RETURNED: ShownState("退回，待补正", "bad"),
    PackageState.ADOPTED: ShownState("已采用", "good"),
    PackageState.WITHDRAWN: ShownState("已撤回", ""),
}
STEPS: Mapping[str, str] = {SENT: "报送", WITHDRAWN: "撤回", RECEIVED: "签收", RETURNED: "退回补正", ADOPTED: "采用"}
BY_ADDRESSEE = (RECEIVED, RETURNED, ADOPTED)


def package_name(year: int) -> str:
    """2018年度考核材料."""
    return f"{year}年度考核材料"


def life(one: Package) -> tuple[tuple[str, bool], ...]:
    """The stages in their order, each with whether it is reached."""
    is_there = one.state in (PackageState.RECEIVED, PackageState.ADOPTED)
    is_sent = one.state is not PackageState.WITHDRAWN
    return (("报送", is_sent), ("签收", is_there), ("采用", one.state is PackageState.ADOPTED))
