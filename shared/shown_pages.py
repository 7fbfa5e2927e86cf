"""The pages that people look for, of each service: what they are called, to whom they open, in which work they lie.

The navigation, the search and the rights of the pages derive from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from shared.identity.audience import Matter, To


class WorkArea(StrEnum):
    """The work of which a page is a part: by it the pages of all services are found, in this order."""

    OVERVIEW = "总览"
    PATROL = "巡查"
    RECTIFICATION = "整改"
    CASES = "办件与绿色通道"
    PARTY = "党建与会议"
    REPORTS = "报告"
    PLACES = "单位、指南和日历"
    QUALITY = "四优窗口和监察"
    OPERATION = "系统管理"


class ShownPage(NamedTuple):
    """A page that people look for, its turn among those of its work, which leaves room between for others.

    `to` says to whom it opens, and `matter` what it is of where it is of those concerned, both as its route does;
    `says` in a sentence what it is for.
    """

    turn: int
    key: str
    name: str
    path: str = ""
    to: To = To.SIGNED_IN
    work: WorkArea = WorkArea.PLACES
    says: str = ""
    matter: Matter | None = None


SHOWN: Mapping[str, tuple[ShownPage, ...]] = {
    "roster": (
        ShownPage(10, "turns", "轮值与联席会议", "", To.ANYBODY, WorkArea.PARTY, "轮值的单位和工作，联席会议的议题。"),
        ShownPage(20, "duty", "轮值", "turns", To.ANYBODY, WorkArea.PARTY, "历期轮值的安排和工作。"),
        ShownPage(30, "ideas", "意见建议", "ideas", work=WorkArea.PARTY, says="轮值期间征集的意见建议。"),
        ShownPage(40, "issues", "议题", "issues", work=WorkArea.PARTY, says="联席会议的议题，按三段式推进。"),
        ShownPage(50, "lessons", "党课", "lessons", work=WorkArea.PARTY, says="党课的安排和到课情况。"),
        ShownPage(60, "activities", "活动", "activities", work=WorkArea.PARTY, says="规定活动和自选活动。"),
        ShownPage(70, "subplans", "改革子方案", "subplans", work=WorkArea.PARTY, says="成员单位牵头的子方案。"),
        ShownPage(
            75,
            "appraisals",
            "窗口党员考核评议",
            "appraisals",
            work=WorkArea.PARTY,
            says="本人的考核评议表；书记、主任和组织部所管的。",
        ),
        ShownPage(
            76,
            "appraisal-scheme",
            "窗口党员考核办法",
            "appraisal-scheme",
            work=WorkArea.PARTY,
            says="窗口党员的考核评议怎样办理，自何日起。",
        ),
        ShownPage(
            80,
            "certificates",
            "证书",
            "certificates",
            work=WorkArea.PARTY,
            says="人员取得的证书。",
            matter=Matter.PERSONS,
        ),
        ShownPage(
            30,
            "accounts",
            "账号",
            "accounts",
            To.ACCOUNTS,
            WorkArea.OPERATION,
            "各人的账号：开锁、停用、退出。",
        ),
        ShownPage(10, "organisations", "单位名录", "organisations", says="单位的名称、编号、上级和历次变更。"),
        ShownPage(20, "people", "人员", "people", says="本单位和下级单位的人员、职务。", matter=Matter.PEOPLE),
        ShownPage(30, "party", "党组织", "party", says="各单位党组织的名称、类别和党员人数，联合党支部。"),
        ShownPage(40, "guide", "服务指南", "guide", To.ANYBODY, says="各事项的办理时限和清单。"),
        ShownPage(60, "county", "本县资料", "county", To.ANYBODY, says="联合党委的名称，本县自定的各类目录。"),
        ShownPage(50, "calendar", "放假安排", "calendar", To.ANYBODY, says="各年放假和调休，期限按此计算。"),
        ShownPage(40, "audit", "审计", "audit", To.AUDIT, WorkArea.OPERATION, "谁何时从哪里办了什么，只供审计员。"),
    ),
    "inspection": (
        ShownPage(10, "patrols", "巡查计划", "patrols", work=WorkArea.PATROL, says="当日应查、已查和尚未检查的名单。"),
        ShownPage(
            20,
            "patrol",
            "现场巡查",
            "patrol",
            work=WorkArea.PATROL,
            says="今日应当巡查的对象，逐处登记。",
            matter=Matter.OWN,
        ),
        ShownPage(
            30,
            "inspections",
            "巡查记录",
            "inspections",
            work=WorkArea.PATROL,
            says="某一天的巡查，逐次列出。",
            matter=Matter.PLACES,
        ),
        ShownPage(40, "plans", "计划和检查表", "plans", work=WorkArea.PATROL, says="巡查计划、检查表和历次版本。"),
        ShownPage(
            50,
            "stations",
            "窗口和站点",
            "",
            work=WorkArea.PATROL,
            says="最近联系的时间和连接情况。",
            matter=Matter.PLACES,
        ),
        ShownPage(
            10,
            "rectifications",
            "整改台账",
            "rectifications",
            work=WorkArea.RECTIFICATION,
            says="巡查发现的问题及其领办、整改、核验和销号。",
        ),
        ShownPage(
            10,
            "excellence",
            "四优窗口",
            "excellence",
            To.ANYBODY,
            WorkArea.QUALITY,
            "公开承诺、季度评定，事故和投诉。",
        ),
        ShownPage(
            20,
            "supervision",
            "电子监察",
            "supervision",
            work=WorkArea.QUALITY,
            says="授权查看的监控画面，均予记录。",
            matter=Matter.OWN,
        ),
        ShownPage(
            30,
            "devices",
            "监控设备",
            "devices",
            work=WorkArea.QUALITY,
            says="窗口和站点的监控设备。",
            matter=Matter.PLACES,
        ),
        ShownPage(
            40,
            "grants",
            "查看授权",
            "viewing-grants",
            work=WorkArea.QUALITY,
            says="谁可以查看哪里的画面。",
            matter=Matter.OWN,
        ),
    ),
    "greenchannel": (
        ShownPage(
            10,
            "greenchannel",
            "办件与绿色通道",
            "",
            To.ANYBODY,
            WorkArea.CASES,
            "绿色通道服务，在办件，办理时限。",
        ),
        ShownPage(
            20,
            "cases",
            "办件",
            "cases",
            work=WorkArea.CASES,
            says="已受理的办件，在办的和办结的。",
            matter=Matter.PERSONS,
        ),
        ShownPage(
            30,
            "services",
            "服务记录",
            "services",
            work=WorkArea.CASES,
            says="绿色通道服务，逐次列出。",
            matter=Matter.PERSONS,
        ),
    ),
    "feedback": (
        ShownPage(10, "overview", "全县概况", "", To.ANYBODY, WorkArea.OVERVIEW, "全县履职数据，按月、季、年查看。"),
        ShownPage(
            10,
            "organisations",
            "机构与报告",
            "organisations",
            work=WorkArea.REPORTS,
            says="各机构的数据和历次报告。",
            matter=Matter.REPORTS,
        ),
        ShownPage(
            27,
            "filing",
            "文件归档",
            "filing",
            To.COUNTY,
            WorkArea.REPORTS,
            "每年编号的文件，下载归档文件和目录。",
        ),
        ShownPage(
            29,
            "yearbook",
            "年鉴",
            "yearbook",
            work=WorkArea.REPORTS,
            says="一年工作的数据，分章汇集，与上年对照。",
            matter=Matter.REPORTS,
        ),
        ShownPage(
            11,
            "courses",
            "单位对照",
            "courses",
            work=WorkArea.REPORTS,
            says="同类单位同一指标各期的变化，一个单位一幅小图。",
            matter=Matter.REPORTS,
        ),
        ShownPage(
            40,
            "awards",
            "荣誉",
            "awards",
            work=WorkArea.REPORTS,
            says="人员、窗口和组织获得的荣誉。",
            matter=Matter.PERSONS,
        ),
        ShownPage(
            41,
            "nominations",
            "荣誉推荐",
            "nominations",
            work=WorkArea.REPORTS,
            says="推荐、评审、公示和授予联合党委评选的荣誉。",
            matter=Matter.PERSONS,
        ),
        ShownPage(
            42,
            "training-up",
            "培养建议",
            "training-up",
            work=WorkArea.REPORTS,
            says="向获得荣誉人员所在单位提出的培养建议和答复。",
            matter=Matter.PERSONS,
        ),
        ShownPage(50, "scheme", "反馈办法", "scheme", work=WorkArea.REPORTS, says="哪一期代替哪一期，自何日起。"),
        ShownPage(
            20,
            "changed",
            "待更正的反馈",
            "changed-reports",
            work=WorkArea.REPORTS,
            says="印发后数据有变的反馈。",
            matter=Matter.REPORTS,
        ),
        ShownPage(
            12,
            "deliveries",
            "反馈文件",
            "deliveries",
            work=WorkArea.REPORTS,
            says="经签发印发的反馈，送达和签收情况。",
            matter=Matter.REPORTS,
        ),
        ShownPage(14, "drafts", "反馈文稿", "drafts", To.COUNTY, WorkArea.REPORTS, "各期反馈的拟稿、核稿和签发。"),
        ShownPage(
            15,
            "overdue-documents",
            "反馈文件逾期",
            "overdue-documents",
            To.COUNTY,
            WorkArea.REPORTS,
            "没有按期签收、回复、审核、核稿和签发的。",
        ),
        ShownPage(
            55,
            "document-scheme",
            "反馈文件办法",
            "document-scheme",
            work=WorkArea.REPORTS,
            says="反馈怎样签发、编号和签收，自何日起。",
        ),
        ShownPage(
            24,
            "assessments",
            "考核结果",
            "assessments",
            work=WorkArea.REPORTS,
            says="每期考核的得分、名次和等次。",
            matter=Matter.REPORTS,
        ),
        ShownPage(
            28,
            "packages",
            "考核材料报送",
            "packages",
            work=WorkArea.REPORTS,
            says="年度考核结果报送组织部门，签收和采用情况。",
            matter=Matter.REPORTS,
        ),
        ShownPage(26, "vetoes", "一票否决", "vetoes", To.COUNTY, WorkArea.REPORTS, "等次不高于合格的单位和理由。"),
        ShownPage(
            60,
            "assessment-scheme",
            "考核办法",
            "assessment-scheme",
            work=WorkArea.REPORTS,
            says="考核的指标、分值和分数线，自何年起。",
        ),
        ShownPage(
            30,
            "moved",
            "隶属关系变更后的统计",
            "moved",
            To.COUNTY,
            WorkArea.REPORTS,
            "重新归属已办事项。",
        ),
        ShownPage(
            5,
            "start",
            "开始使用",
            "start",
            To.COUNTY,
            WorkArea.OPERATION,
            "新启用的县要做的几件事，做到哪一步。",
        ),
        ShownPage(
            10,
            "dead-letters",
            "待人工处理",
            "dead-letters",
            To.RUNNING,
            WorkArea.OPERATION,
            "系统无法办理的报送。",
        ),
        ShownPage(20, "health", "系统状况", "health", To.RUNNING, WorkArea.OPERATION, "系统连接、积压和存储空间。"),
        ShownPage(25, "rebuilds", "汇总重算", "rebuilds", To.RUNNING, WorkArea.OPERATION, "按底账重新汇总各月数据。"),
    ),
}
