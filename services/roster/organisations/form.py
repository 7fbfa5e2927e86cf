"""The committee's forms of an organisation's page: how it stands from a day on, its window, its end."""

from __future__ import annotations

from collections.abc import Mapping

from services.roster.organisations.others import Others
from services.roster.organisations.standing_form import standing_fields
from shared.events.roster import DissolveOrganisation, RegisterOrganisation, StationDepartment, WithdrawDissolution
from shared.forms import Field, Form, Kind, Rows, values_of
from shared.pages.chinese import HALLS
from shared.roster.organisations import Organisation

SUCCESSORS = 3
"""Rows that are offered; a village is seldom split into more."""


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
STATION = Form(
    StationDepartment,
    "station",
    "进驻大厅",
    "登记进驻",
    (
        Field("hall", "进驻大厅", Kind.CHOICE, lambda others: others.halls if others else HALLS, empty="请选择"),
        Field("valid_from", "进驻日期", hint="不早于最近一次登记的生效日期。"),
    ),
    lead="自进驻日期起，窗口纳入巡查。登记有误的，在报送记录中撤回后重新登记。",
)
CHANGE = Form(
    RegisterOrganisation,
    "change",
    "登记变更",
    "登记变更",
    standing_fields(),
    given=("code", "kind"),
    lead="按变更后的情况填写，自生效日期起施行，此前的不变。生效日期与最近一次登记相同的，更正该次登记。",
)
FORMS: Mapping[str, Form] = {form.key: form for form in (CHANGE, STATION, DISSOLVE, WITHDRAW)}


def as_it_stands(one: Organisation) -> Mapping[str, str]:
    """What the form of a change opens with; from when on it holds is for a person to say."""
    return values_of(CHANGE, one.history[-1].model_dump(mode="json"))
