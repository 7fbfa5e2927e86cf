"""The service guide of 2018: its eight lists, its items, and the limits that joint meetings changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from deploy.linxi.county import COUNTY, START, department
from deploy.linxi.year.submitting import Asked, moment
from shared.events.roster import CompileGuideList, PublishGuideItem


class Item(NamedTuple):
    """A process, the department responsible for it, its limit in working days, and its share of the year's cases."""

    process: str
    name: str
    responsible: str
    limit_days: int
    share: int


ITEMS = (
    Item("property-registration", "不动产登记", department(15), 10, 40),
    Item("enterprise-registration", "企业注册登记", department(16), 5, 15),
    Item("freight-licence", "普通货物运输经营许可", department(20), 10, 8),
    Item("farm-machinery-licence", "农机驾驶员证", department(12), 5, 7),
    Item("vehicle-registration", "机动车登记", department(14), 2, 12),
    Item("social-security-card", "社会保障卡申领", department(18), 5, 10),
    Item("public-place-health-licence", "公共场所卫生许可", department(19), 15, 4),
    Item("disability-certificate", "残疾人证办理", department(10), 15, 4),
)

LIMIT_CHANGES = {
    "property-registration": (date(2018, 6, 1), 3),
    "enterprise-registration": (date(2018, 9, 1), 0),
    "freight-licence": (date(2018, 9, 1), 0),
    "farm-machinery-licence": (date(2018, 10, 8), 0),
}
"""What joint meetings resolved: from when, how many working days; 0 ends on the day it began (当日办结, 立等可取)."""

STANDARD = 8000
"""Fen that a case may cost at most."""
LISTS = (
    ("powers", "权责清单", 3216),
    ("public-services", "公共服务事项清单", 428),
    ("administrative-licences", "行政许可事项清单", 265),
    ("one-visit", "“最多跑一次”事项清单", 512),
    ("intermediary-services", "行政审批中介服务事项清单", 37),
    ("certificates-required", "证明事项保留清单", 84),
    ("charges", "行政事业性收费清单", 46),
    ("village-agency", "村级便民服务代办事项清单", 58),
)


def limit_on(process: str, day: date) -> int:
    """The limit in working days that a case opened on a day has."""
    since, days = LIMIT_CHANGES.get(process, (date.max, 0))
    return days if day >= since else next(item.limit_days for item in ITEMS if item.process == process)


def published() -> Iterator[Asked]:
    """The eight lists and the items, published by the committee when the year begins."""
    at = moment(START, "00:00")
    for slug, name, count in LISTS:
        yield Asked(at, COUNTY, COUNTY, CompileGuideList(list=slug, name=name, items=count))
    for item in ITEMS:
        data = PublishGuideItem(
            process=item.process, name=item.name, limit_days=item.limit_days, effective_from=START, fee=STANDARD
        )
        yield Asked(at, COUNTY, item.responsible, data)
