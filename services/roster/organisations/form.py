"""The committee's forms of an organisation's page: its end, and that it does not end after all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.events.roster import DissolveOrganisation, WithdrawDissolution
from shared.forms import Field, Form, Kind, Rows
from shared.roster.organisations import Roster, county_of

SUCCESSORS = 3
"""Rows that are offered; a village is seldom split into more."""


@dataclass(frozen=True, slots=True)
class Others:
    """Who may follow an organisation: whoever else stands in its county on a day."""

    code: str
    roster: Roster
    day: date

    @property
    def names(self) -> dict[str, str]:
        """By code, named with the code: villages of one name are told apart."""
        others = (one for one in self.roster if one.id != self.code and county_of(one.id) == county_of(self.code))
        standing = ((one.id, one.on(self.day)) for one in others if len(one.id) > len(county_of(one.id)))
        return {code: f"{stood.name}（{code}）" for code, stood in standing if stood}


def _names(others: Others | None) -> dict[str, str]:
    """Nothing can be chosen of while the page cannot be shown; what was chosen stays."""
    return others.names if others else {}


DISSOLVE = Form(
    DissolveOrganisation,
    "dissolve",
    "撤销、合并、分设或者变更编号",
    "登记撤销",
    (
        Field("last_day", "最后一天"),
        Rows(
            "followed_by",
            "承接单位",
            SUCCESSORS,
            (Field("", "承接单位", Kind.CHOICE, _names, empty="请选择"),),
            note="合并、变更编号的填一个；分设的按顺序填写，未办结事项由第一个承接。没有承接单位的不填，由上级单位承接。",
        ),
        Field("basis", "依据", Kind.TEXT, hint="文件名称、文号"),
    ),
    lead="自最后一天的次日起，不再安排巡查、窗口和轮值，不再反馈；未整改事项、未办结办件由承接单位办理，"
    "下级单位转由承接单位管理；此前的数据保留在原编号下。变更编号的，请先登记变更后的单位。最后一天已过的，其后记下的"
    "漏自查、漏巡在登记后予以核减，其后已办的事项可以在“隶属关系变更后的统计”中改按承接单位统计。",
)
WITHDRAW = Form(
    WithdrawDissolution,
    "withdraw",
    "撤回撤销登记",
    "撤回",
    (Field("reason", "原因", Kind.TEXT),),
    lead="撤回后，该单位视为没有撤销，已转出的下级单位恢复由其管理，未整改事项、未办结办件恢复由其办理。撤回前已经计入"
    "承接单位的，可以在“隶属关系变更后的统计”中改按该单位统计。只改日期或者承接单位的，撤回后重新登记。",
)
FORMS: Mapping[str, Form] = {form.key: form for form in (DISSOLVE, WITHDRAW)}
