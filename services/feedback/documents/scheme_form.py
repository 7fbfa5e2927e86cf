"""The form of a scheme of documents, and the one that corrects it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.feedback.documents.model import DocumentScheme, SignedFrom
from services.feedback.documents.words import SERIES
from shared.events.documents import AdoptDocumentScheme
from shared.events.reasonable import Unreasonable
from shared.forms import Field, Form, Kind


def not_later(known: DocumentScheme | None, asked: AdoptDocumentScheme, _: datetime) -> Unreasonable | None:
    """Schemes follow one another by day; the one that is kept just so was sent before."""
    if known is None or not known.history or SignedFrom(**asked.model_dump()) in known.history:
        return None
    last = known.history[-1].effective_from
    if asked.effective_from > last:
        return None
    return Unreasonable("effective_from", "document-scheme-exists", {"effective_from": last})


SIGNED_BY = {"yes": "由党委办公室主任签发", "no": "由书记、副书记签发"}
OF_SERIES = {series.value: said for series, said in SERIES.items()}
ADOPT = Form(
    AdoptDocumentScheme,
    "adopt-documents",
    "调整反馈文件办法",
    "施行",
    (
        Field("effective_from", "施行日期"),
        Field("prefix", "发文机关代字", hint="文号中年份之前的文字，例如：某联党。"),
        Field("quarterly_series", "季汇总文号", Kind.RADIOS, OF_SERIES),
        Field("annual_series", "年考核文号", Kind.RADIOS, OF_SERIES),
        Field("director_signs_monthly", "月反馈", Kind.RADIOS, SIGNED_BY),
        Field("review_days", "核稿期限", unit="个工作日", required=True),
        Field("signing_days", "签发期限", unit="个工作日", required=True),
        Field("receipt_days", "签收期限", unit="个工作日", required=True),
        Field("objection_days", "异议期限", unit="个工作日", required=True, hint="自签收起。"),
        Field("answer_days", "异议答复期限", unit="个工作日", required=True),
        Field("monthly_reply_days", "月反馈回复期限", unit="个工作日", required=True, hint="自印发起。"),
        Field("quarterly_reply_days", "季汇总回复期限", unit="个工作日", required=True),
        Field("annual_reply_days", "年考核回复期限", unit="个工作日", required=True),
        Field("judging_days", "审核回复期限", unit="个工作日", required=True),
        Field("again_days", "重新回复期限", unit="个工作日", required=True),
        Field("remind_days", "到期前提醒", unit="个工作日", required=True, hint="0至10，0为不提醒。"),
        Field(
            "urge_days",
            "逾期后再次催办",
            unit="个工作日",
            required=True,
            hint="没有签收的，逾期次日催办，到这一天再催办；0为不再催办。",
        ),
        Field("escalation_days", "逾期后提请督办", unit="个工作日", required=True),
        Field(
            "grace_days",
            "补报宽限",
            unit="个工作日",
            required=True,
            hint="期满后等待补报，宽限期满再生成文稿；不等待的填0。",
        ),
        Field("contact", "联系人", hint="印在文件附注中，可以写科室；不填的不印。"),
        Field("telephone", "联系电话", hint="例如：010-12345678；不填的不印。"),
    ),
    foresees=not_later,
    lead="自施行日期起截止的各期先拟稿，经核稿、签发后印发；施行日期的前一日为止可以更正、撤回。",
)
CHANGE = replace(ADOPT, key="change-document-scheme", title="更正反馈文件办法", button="提交更正", foresees=None)
