"""Documents that tests print: an official letter as long as wished, and reports from which sheets are drawn up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.feedback.measures.catalogue import finished
from services.feedback.papers.sheet import (
    Annex,
    CellKind,
    Heading,
    Item,
    Items,
    Layout,
    Paragraph,
    Series,
    Sheet,
    SheetCell,
    SheetChart,
    SheetRow,
    SheetTable,
)
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.calendar import CHINA
from shared.events.vocabulary import ReportKind

COMMITTEE = "安平县政务服务联合党委"
RARE = "赟堃镕㛃𠀀𬭩"
"""Characters of names: of GBK alone, of the first extension, beyond U+20000."""
LONG = (
    "各单位要切实加强对政务服务工作的领导按照县委县政府的统一部署"
    "认真落实各项任务不断提高服务质量和办事效率努力让群众满意"
)
MADE = datetime(2018, 4, 12, 9, 30, tzinfo=CHINA)
TABLE = SheetTable(
    caption="2018年第一季度履职数据",
    heads=("指标", "单位", "本季度"),
    widths=(6, 2, 3),
    rows=(
        SheetRow(is_group=True, cells=(SheetCell(text="日常检查", spans=3),)),
        SheetRow(
            cells=(
                SheetCell(text="自查"),
                SheetCell(text="次"),
                SheetCell(text="1,250", kind=CellKind.NUMBER, value=1250, link="/facts"),
            )
        ),
        SheetRow(cells=(SheetCell(text="=1+1"), SheetCell(text="问题轻重一般3、较重1", spans=2))),
    ),
)
CHART = SheetChart(
    title="主要指标对比",
    categories=("自查率（%）", "平均得分（分）"),
    series=(Series(name="本季度", values=(99.1, 87)), Series(name="上季度", values=(98, None))),
)


def letter(length: int = 1, annexes: int = 1, **more: Any) -> Sheet:
    """A quarter's document with so many times fifty-six characters in its body."""
    values: dict[str, Any] = {
        "id": "2018-Q1_150424-D09",
        "report_kind": ReportKind.QUARTERLY,
        "period": "2018-Q1",
        "organisation": "150424-D09",
        "layout": Layout.OFFICIAL,
        "issuer": COMMITTEE,
        "number": "安政联党函〔2018〕7号",
        "title": f"{COMMITTEE}关于反馈2018年第一季度履职情况的函",
        "title_lines": (COMMITTEE, "关于反馈2018年第一季度履职情况的函"),
        "to": "民政局机关党支部：",
        "blocks": (
            Paragraph.of("现将你单位2018年第一季度履职情况反馈如下。"),
            Heading(level=1, text="一、履职情况"),
            Heading(level=2, text="（一）窗口管理"),
            Paragraph.of(f"{RARE}同志值班。" + LONG * length),
            Heading(level=1, text="二、整改意见"),
            Items(items=(Item(text="请更新公示栏。", responsible="民政局", due=date(2018, 4, 10)),)),
            Paragraph.of("请于2018年4月25日前书面回复整改方案。"),
        ),
        "annexes": (Annex(title="履职数据表", blocks=(TABLE, CHART)),) * annexes,
        "signed": COMMITTEE,
        "issued": date(2018, 4, 12),
        "contact": "（联系人：王某某，电话：5500000）",
        "copies_to": ("县委组织部", "派驻纪检组"),
        "printed_by": f"{COMMITTEE}办公室",
        "printed_on": date(2018, 4, 12),
        "made": MADE,
    }
    return Sheet(**{**values, **more})


def measured(**add: Any) -> dict[str, Any]:
    """Measures of these counts."""
    named = {name.replace("_", "-"): value for name, value in add.items()}
    held = {name: named.pop(name) for name in ("rectifications-open", "rectifications-open-overdue") if name in named}
    return finished({"add": named, "held": held})


def reported(period: str = "2018-03", name: str = "民政局", **more: Any) -> Report:
    """A department's report of a period in which something of most kinds happened."""
    measures = measured(
        inspections=250,
        self_checks=248,
        self_check_rate={"n": 248, "d": 250},
        self_checks_missed=2,
        self_checks_missed_at={"150424-D09": 2},
        patrols=61,
        spot_checks=3,
        score={"n": 609_000, "d": 64},
        findings=3,
        severity={"minor": 2, "major": 1},
        rectifications_completed=2,
        rectified_on_time={"n": 2, "d": 3},
        rectifications_overdue=1,
        rectifications_open=1,
        cases_opened=64,
        cases_completed=62,
        cases_on_time={"n": 61, "d": 62},
        turns_held=1,
    )
    values: dict[str, Any] = {
        "id": f"{period}_150424-D09",
        "kind": periods.kind_of(period),
        "period": period,
        "organisation": "150424-D09",
        "name": name,
        "organisation_kind": "department",
        "issued": periods.over_at(period),
        "measures": measures,
        "before": measured(self_check_rate={"n": 240, "d": 250}, inspections=240),
        "peers": {"self-check-rate": 0.97, "score": 94.0},
        "peer_count": 17,
        "places": 1,
        "places_before": 1,
    }
    return Report(**{**values, **more})
