"""What an address asks for, field by field, in a sentence that says how it is written."""

from __future__ import annotations

from collections.abc import Iterable

CODE = "应当是完整的单位编号，例如123456100。"
NUMBER = "应当是正整数。"
CHOSEN = "请从页面上选择。"
WRITTEN_AS_A_DAY = "应当写作2018-03-05，年份在2000至2099之间。"
YES_OR_NO = "应当写作true或者false。"
FIELDS = {
    "day": f"“日期”{WRITTEN_AS_A_DAY}",
    "on": f"“日期”{WRITTEN_AS_A_DAY}",
    "from": f"“起始日期”{WRITTEN_AS_A_DAY}",
    "to": f"“截止日期”{WRITTEN_AS_A_DAY}",
    "month": "“月份”应当写作2018-03。",
    "quarter": "“季度”应当写作2018-Q1。",
    "period_year": "“年份”应当写作2018。",
    "by": "“汇总方式”不在可选范围内，请按接口说明填写。",
    "plan": "“巡查计划”不是计划编号，请按接口说明填写。",
    "lesson": "“党课”不是党课编号，请按接口说明填写。",
    "size": "“照片大小”不在可选范围内，请按接口说明填写。",
    "closed": f"“是否只列已经办结的”{YES_OR_NO}",
    "open": f"“是否只列未办结的”{YES_OR_NO}",
    "committee_member": f"“是否成员党组织”{YES_OR_NO}",
    "due_in_hall": f"“是否应当进驻大厅”{YES_OR_NO}",
    "feedback_recipient": f"“是否接收反馈”{YES_OR_NO}",
    "stationed": f"“是否已经进驻大厅”{YES_OR_NO}",
    "week": f"“周”的任意一天{WRITTEN_AS_A_DAY}",
    "period": "“期次”应当写作2018、2018-Q1或者2018-03。",
    "year": "“年份”应当写作2018。",
    "organisation": f"“单位”{CODE}",
    "code": f"“单位”{CODE}",
    "submitter": f"“报送单位”{CODE}",
    "township": f"“乡镇（街道）”{CODE}",
    "patroller": f"“巡查单位”{CODE}",
    "kind": f"“巡查类别”不在可选范围内，{CHOSEN}",
    "source": f"“来源”不在可选范围内，{CHOSEN}",
    "opinions": f"“整改意见”不在可选范围内，{CHOSEN}",
    "stage": f"“整改环节”不在可选范围内，{CHOSEN}",
    "step": f"“环节”不在可选范围内，{CHOSEN}",
    "state": f"“办理状态”不在可选范围内，{CHOSEN}",
    "overdue": f"“是否逾期”不在可选范围内，{CHOSEN}",
    "silent": f"“是否失联”不在可选范围内，{CHOSEN}",
    "check": f"“是否核对全部月份”不在可选范围内，{CHOSEN}",
    "error": "“认证结果”过长，请从登录页重新认证。",
    "iss": "“认证平台”过长，请从登录页重新认证。",
    "page": "“页码”应当是1至10000的整数。",
    "after": f"“起始编号”{NUMBER}",
    "limit": "“件数”应当是正整数，不超过接口说明所列的上限。",
    "sequence": f"“编号”{NUMBER}",
    "measure": f"“指标”不在可选范围内，{CHOSEN}",
    "turn": f"“期次”不在可选范围内，{CHOSEN}",
    "prescribed": f"“类别”不在可选范围内，{CHOSEN}",
    "attended": f"“状态”不在可选范围内，{CHOSEN}",
    "certificate": f"“证书种类”不在可选范围内，{CHOSEN}",
    "category": f"“单位类别”不在可选范围内，{CHOSEN}",
    "above": f"“上级”{CODE}",
    "award": f"“荣誉”不在可选范围内，{CHOSEN}",
    "catalogue": f"“目录”不在可选范围内，{CHOSEN}",
    "entry": f"“目录项”不在可选范围内，{CHOSEN}",
    "tab": f"“栏目”不在可选范围内，{CHOSEN}",
    "process": f"“事项”不在可选范围内，{CHOSEN}",
    "client": f"“服务对象”不在可选范围内，{CHOSEN}",
    "mode": f"“服务方式”不在可选范围内，{CHOSEN}",
    "words": "“查找”不超过60字，请改短后重新查看。",
    "q": "“查找”不超过60字，请改短后重新查看。",
    "person": "“人员编号”过长，请核对后重新填写。",
    "name": "“姓名”不超过40字。",
    "post": f"“职务”不在可选范围内，{CHOSEN}",
    "into": f"“调入单位”{CODE}",
    "sort": f"“排序”不在可选范围内，{CHOSEN}",
    "edition": f"“稿次”{NUMBER}",
    "export": f"“导出”的清单不在可选范围内，{CHOSEN}",
    "sheet": f"没有这份考核评议表，{CHOSEN}",
    "branch": f"没有这个联合党支部或者课题攻关小组，{CHOSEN}",
}
"""By the name under which an address carries it."""
INCOMPLETE = "链接地址不完整，请从上方栏目重新进入。"
"""Of what no person writes: an identifier in the middle of an address."""


def sentences(names: Iterable[str]) -> str:
    """What is wrong with each of these, and what to do."""
    return f"{what_is_wrong(names)}请改正后重新查看。"


def what_is_wrong(names: Iterable[str]) -> str:
    """With each of these, once."""
    return "".join(dict.fromkeys(FIELDS.get(name, INCOMPLETE) for name in names))
