"""开始使用: what a county does first, in order, and how far it is by what is registered and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shared.countys_own import in_own_words
from shared.pages.chinese import grouped
from shared.pages.words import ShownState

ORGANISATIONS = "/roster/organisations"
DONE, NEXT, LATER = ShownState("已完成", "good"), ShownState("下一步", "warn"), ShownState("未完成", "")


COUNTY_FIRST = "先登记县本级，再登记部门、乡镇（街道）、村和窗口。单位多的，可以请系统管理员按表格批量登记。"


@dataclass(frozen=True, slots=True)
class Begun:
    """What of a county is there already; in words what was first, empty where there is none.

    `county` is its code, `station` that of the first village without a code to type, empty while there is none.
    """

    county: str
    is_founded: bool = False
    organisations: int = 0
    people: int = 0
    station: str = ""
    enrolled: str = ""
    patrolled: str = ""
    figures: str = ""


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One of the steps: what it is for, what is there of it, and where it is done."""

    name: str
    why: str
    url: str
    button: str
    has: str
    state: ShownState = LATER


@dataclass(frozen=True, slots=True)
class SetUp:
    """All of them in order; `coming` is the first that is not done."""

    steps: tuple[SetUpStep, ...]
    coming: SetUpStep | None

    @property
    def left(self) -> int:
        """How many are not done."""
        return sum(not one.has for one in self.steps)


def set_up(has: Begun) -> SetUp:
    """The steps as they stand, the first that is not done marked as the next."""
    found = _steps(has)
    coming = next((one for one in found if not one.has), None)
    states = (DONE if one.has else NEXT if one is coming else LATER for one in found)
    return SetUp(tuple(replace(one, state=state) for one, state in zip(found, states, strict=True)), coming)


def _steps(has: Begun) -> tuple[SetUpStep, ...]:
    """Each leads to the form by which it is done."""
    new, pc = f"{ORGANISATIONS}/new", f"{ORGANISATIONS}/{has.station}/pc" if has.station else ORGANISATIONS
    return (
        SetUpStep(
            "登记单位",
            "部门、乡镇（街道）、村和窗口，其他各项都以登记的单位为准。"
            if has.is_founded
            else in_own_words(COUNTY_FIRST),
            new if has.is_founded else f"{new}?category=county",
            "登记单位" if has.is_founded else in_own_words("登记县本级"),
            f"已登记{grouped(has.organisations)}个单位" if has.organisations else "",
        ),
        SetUpStep(
            "登记人员",
            "联合党委办公室和各单位的人员、职务；从本单位开始，其他单位的可以由各单位自行登记。",
            f"/roster/people/of/{has.county}",
            "登记人员",
            f"已登记{grouped(has.people)}人" if has.people else "",
        ),
        SetUpStep(
            "邀请站点",
            "给第一个村的站点电脑发放登记码，站点输入后即可报送；没有电脑的站点用网页报送。",
            pc,
            "发放登记码",
            has.enrolled,
        ),
        SetUpStep(
            "第一次检查",
            "站点日自查，或者大厅巡查窗口；从今天应查的名单开始。",
            "/inspection/patrols",
            "查看应查名单",
            has.patrolled,
        ),
        SetUpStep(
            "第一期数据",
            "检查受理后几秒内计入当月数据；月底结束后自动汇总成月反馈。",
            "/feedback/",
            "查看数据",
            has.figures,
        ),
    )
