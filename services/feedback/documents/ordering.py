"""The forms by which reports are corrected, those ticked in a list or one alone; and by which that is cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.feedback.reports import periods
from services.feedback.reports.changes import ChangedReport
from shared.events.documents import CancelLockedRevision, CancelRevision, OrderLockedRevision, OrderRevision
from shared.forms import Choosing, Field, Form, Kind, Rows, Ticks
from shared.forms.declared import Context


def _changed(context: Context) -> list[Choosing]:
    found: Sequence[ChangedReport] = context or ()
    return [_choosing(one) for one in found]


def _choosing(one: ChangedReport) -> Choosing:
    report = one.report
    return Choosing(report.id, f"{report.name} · {periods.in_chinese(report.period)}", f"{len(one.changes)}项数据已变")


ORDER = Form(
    OrderRevision,
    "revise",
    "更正",
    "决定更正",
    (Ticks("reports", "反馈文件", _changed), Field("reason", "更正理由", hint="写明补报、更正了什么。")),
    lead="决定后按现有数据生成更正文稿，经核稿、签发后送达，原文件留存。决定更正的人不得核稿。",
)
ORDER_LOCKED = replace(
    ORDER,
    submission=OrderLockedRevision,
    key="revise-locked",
    lead="年度考核已经印发的，也由书记、副书记在此决定更正。决定更正的人不得签发。",
)
THE_REPORT = Rows("reports", "反馈文件", 1, (Field("", "反馈文件", Kind.HIDDEN),))
ORDER_ONE = replace(ORDER, key="revise-one", parts=(THE_REPORT, Field("reason", "更正理由")))
ORDER_LOCKED_ONE = replace(ORDER_LOCKED, key="revise-locked-one", parts=(THE_REPORT, Field("reason", "更正理由")))
CANCEL = Form(
    CancelRevision,
    "cancel-revision",
    "取消更正",
    "取消更正",
    (Field("report", "反馈文件", Kind.HIDDEN), Field("reason", "取消理由")),
    lead="更正文稿签发之前可以取消。取消后原文件照旧有效，更正文稿存档；仍要更正的，重新决定。",
)
CANCEL_LOCKED = replace(CANCEL, submission=CancelLockedRevision, key="cancel-locked-revision")
OF_REVISION: Mapping[str, Form] = {one.key: one for one in (CANCEL, CANCEL_LOCKED)}
ORDERS: Mapping[str, Form] = {one.key: one for one in (ORDER, ORDER_LOCKED)}
OF_ONE: Mapping[str, Form] = {one.key: one for one in (ORDER_ONE, ORDER_LOCKED_ONE)}
