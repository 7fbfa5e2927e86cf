"""Every measure of a report: its name, its kind, what it is called, and how it adds up.

A flow is added, and so is a count per place, by which others are compared for each of their stations or windows; a
ratio adds numerator and denominator; a stock (what there is) and a balance (what is left to do) stand as facts added to
them and took from them up to the period's end; a distribution counts by bucket; a distinct measure is a set, kept
whole. All are integers that are only ever added, so that the order in which facts arrive does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shared.countys_own import own
from shared.events.vocabulary import Catalogue, ClientGroup, ServiceMode

Measures = Mapping[str, Any]
"""Values by the measure's name, as a report keeps them."""


class Kind(StrEnum):
    """How a measure merges over months and organisations."""

    FLOW = "flow"
    PER_PLACE = "per-place"
    RATIO = "ratio"
    STOCK = "stock"
    BALANCE = "balance"
    DISTRIBUTION = "distribution"
    DISTINCT = "distinct"

    @property
    def is_compared(self) -> bool:
        """Whether it is compared with others of one's kind: rates and scores as they are, counts for each place."""
        return self in (Kind.RATIO, Kind.PER_PLACE)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's kind and what it is called, with its unit; `scale` divides a ratio's value for reading."""

    name: str
    kind: Kind
    zh: str
    unit: str = ""
    scale: int = 1


def _flow(name: str, zh: str, unit: str) -> Measure:
    return Measure(name, Kind.FLOW, zh, unit)


def _per_place(name: str, zh: str, unit: str) -> Measure:
    return Measure(name, Kind.PER_PLACE, zh, unit)


GREEN = {
    (ClientGroup.ENTERPRISE, ServiceMode.APPOINTMENT): _flow("enterprise-appointment-cases", "企业预约服务", "次"),
    (ClientGroup.ENTERPRISE, ServiceMode.AFTER_HOURS): _flow("enterprise-after-hours-cases", "企业延时服务", "次"),
    (ClientGroup.ENTERPRISE, ServiceMode.ON_SITE): _flow("enterprise-on-site-cases", "企业上门服务", "次"),
    (ClientGroup.ENTERPRISE, ServiceMode.AGENCY): _flow("enterprise-agency-cases", "企业代办服务", "次"),
    (ClientGroup.VULNERABLE, ServiceMode.APPOINTMENT): _flow(
        "vulnerable-appointment-person-times", "特殊群体预约服务", "人次"
    ),
    (ClientGroup.VULNERABLE, ServiceMode.AFTER_HOURS): _flow(
        "vulnerable-after-hours-person-times", "特殊群体延时服务", "人次"
    ),
    (ClientGroup.VULNERABLE, ServiceMode.ON_SITE): _flow("vulnerable-on-site-person-times", "特殊群体上门服务", "人次"),
    (ClientGroup.VULNERABLE, ServiceMode.AGENCY): _flow("vulnerable-agency-person-times", "特殊群体代办服务", "人次"),
}

MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        _per_place("inspections", "日常检查", "次"),
        _per_place("self-checks", "自查", "次"),
        Measure("self-check-rate", Kind.RATIO, "自查率", "%"),
        Measure("self-checks-on-time", Kind.RATIO, "按时自查率", "%"),
        _flow("self-checks-missed", "漏自查", "次"),
        Measure("self-checks-missed-at", Kind.DISTRIBUTION, "漏自查的地点", "次"),
        _flow("patrols-made", "开展巡查", "次"),
        Measure("patrol-rate", Kind.RATIO, "巡查到位率", "%", scale=1),
        Measure("patrols-on-time", Kind.RATIO, "按时巡查率", "%"),
        _flow("patrols-missed", "漏巡", "次"),
        Measure("patrols-missed-at", Kind.DISTRIBUTION, "漏巡的地点", "次"),
        _per_place("patrols", "接受巡查", "次"),
        _per_place("spot-checks", "接受抽查", "次"),
        Measure("patrolled-days", Kind.DISTINCT, "有检查记录的天数", "天"),
        Measure("score", Kind.RATIO, "巡查抽查平均得分", "分", scale=100),
        _flow("facility-checks", "设施巡查", "次"),
        _flow("campaign-checks", "专项巡查", "次"),
        _per_place("findings", "发现问题", "项"),
        Measure("severity", Kind.DISTRIBUTION, "问题轻重", "项"),
        _flow("repeat-findings", "90日内重复发现", "项"),
        _flow("rectifications-completed", "完成整改", "项"),
        Measure("rectified-on-time", Kind.RATIO, "按期整改率", "%"),
        _flow("rectifications-overdue", "曾逾期", "项次"),
        _flow("rectified-late", "超期完成整改", "项"),
        Measure("rectifications-open", Kind.BALANCE, "期末未销号", "项"),
        Measure("rectifications-open-overdue", Kind.BALANCE, "其中逾期", "项"),
        _flow("opinions", "列入整改的反馈意见", "条"),
        _flow("opinions-closed", "完成整改的反馈意见", "条"),
        Measure("opinions-on-time", Kind.RATIO, "反馈意见按期整改率", "%"),
        Measure("opinions-open", Kind.BALANCE, "期末未销号的反馈意见", "条"),
        Measure("opinions-open-overdue", Kind.BALANCE, "其中逾期的反馈意见", "条"),
        Measure("incidents", Kind.DISTRIBUTION, "事故、差评和投诉", "起"),
        _flow("incidents-upheld", "查实的事故、差评和投诉", "起"),
        Measure("incidents-answered", Kind.RATIO, "按期答复率", "%"),
        _flow("incidents-unanswered", "逾期未答复", "起"),
        _flow("rectifications-sent-back", "核验退回", "次"),
        _flow("rectifications-reopened", "核验后恢复整改", "次"),
        _flow("rectifications-escalated", "逾期提请督办", "次"),
        _flow("escalations-received", "收到提请督办", "次"),
        _per_place("cases-opened", "受理办件", "件"),
        _per_place("cases-completed", "办结办件", "件"),
        Measure("cases-on-time", Kind.RATIO, "按时办结率", "%"),
        Measure("case-days", Kind.DISTRIBUTION, "办理用时（工作日）", "件"),
        Measure("visits", Kind.RATIO, "办件平均到现场次数", "次"),
        _flow("fees", "收费", "分"),
        _flow("certificates-posted", "邮寄证照", "件"),
        *GREEN.values(),
        _flow("subplans", "牵头子方案", "个"),
        _flow("ideas", "征集意见建议", "条"),
        _flow("certificates", "培训证书", "个"),
        _flow("activities", "开展活动", "次"),
        _flow("lesson-attendance", "听党课", "人次"),
        _flow("turns-held", "轮值", "期"),
        _flow("joint-turns-held", "联值", "期"),
        Measure("turn-work", Kind.DISTRIBUTION, "轮值期间工作", "项"),
        Measure("stationed", Kind.STOCK, "进驻大厅窗口", "个"),
        _flow("monthly-reports", "收到月反馈", "份"),
        _flow("quarterly-reports", "收到季汇总", "份"),
        _flow("annual-reports", "收到年考核", "份"),
        Measure("receipts-on-time", Kind.RATIO, "按时签收率", "%"),
        Measure("replies-on-time", Kind.RATIO, "按时回复率", "%"),
    )
}

OF_AWARDS = "award-"
"""Before what a county calls one: each is a flow of its own, which no list of the program has."""


def award_measure(award: str) -> str:
    """What counts those to whom an award was given."""
    return OF_AWARDS + award


def is_award(name: str) -> bool:
    """Whether a measure counts an award."""
    return name.startswith(OF_AWARDS)


def awards_in(*measures: Measures) -> list[str]:
    """The measures of awards that any of these has."""
    return sorted({name for one in measures for name in one if is_award(name)})


def measure_named(name: str) -> Measure:
    """A measure by its name; an award's is called as the county calls it whose page is answered."""
    if not is_award(name):
        return MEASURES[name]
    return _flow(name, own().entry(Catalogue.AWARD, name.removeprefix(OF_AWARDS)).name, "人")


OF_PLACES = ("self-checks-missed-at", "patrols-missed-at")
"""Distributions over organisations, by code."""
Counts = Mapping[str, Any]
"""Integers by measure, or by measure and part."""
NOTHING: Mapping[str, int] = {}


def merge(counts: Iterable[Counts], held: Mapping[str, int] = NOTHING) -> dict[str, Any]:
    """The sum of monthly documents, over organisations and months alike; `held` are stocks, summed already."""
    add: dict[str, Any] = {}
    for one in counts:
        _add(add, one)
    return {"add": add, "held": held}


def _add(total: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, dict):
            _add(total.setdefault(name, {}), value)
        else:
            total[name] = total.get(name, 0) + value


def finished(raw: Mapping[str, Any], awards: Iterable[str] = ()) -> dict[str, Any]:
    """Every measure's value as reports show it: numbers, ratios with their parts, buckets; zero is a value.

    `awards` are those that a county lists: nobody was given one, that is a value too.
    """
    of_awards = sorted({*map(award_measure, awards), *awards_in(raw["add"])})
    given = {name: raw["add"].get(name) or 0 for name in of_awards}
    return {**{measure.name: _value(measure, raw) for measure in MEASURES.values()}, **given}


def _value(measure: Measure, raw: Mapping[str, Any]) -> Any:
    added = raw["add"].get(measure.name)
    match measure.kind:
        case Kind.FLOW | Kind.PER_PLACE:
            return added or 0
        case Kind.STOCK | Kind.BALANCE:
            return raw.get("held", NOTHING).get(measure.name, 0)
        case Kind.DISTRIBUTION:
            return {bucket: count for bucket, count in sorted((added or {}).items()) if count}
        case Kind.DISTINCT:
            return sum(1 for count in (added or {}).values() if count > 0)
        case Kind.RATIO:
            return _ratio(added or {}, measure.scale)


def _ratio(parts: Mapping[str, int], scale: int) -> dict[str, Any]:
    """Numerator and denominator as added, and their quotient; no denominator, no value."""
    n, d = parts.get("n", 0), parts.get("d", 0)
    return {"n": n, "d": d, "value": round(n / d / scale, 4) if d else None}


def number(value: Any) -> float | None:
    """What a chart or a comparison shows of a finished value; None for a distribution and an empty ratio."""
    if isinstance(value, Mapping):
        found = value.get("value")
        return float(found) if isinstance(found, (int, float)) else None
    return float(value)
