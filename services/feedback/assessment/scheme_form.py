"""The form of a scheme of assessment, which begins with the last one or the default, and the one that corrects it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.feedback.assessment.defaults import indicators
from services.feedback.assessment.fitting import unfit
from services.feedback.assessment.model import AssessedBy, AssessmentScheme
from services.feedback.assessment.words import OF_DIVISORS, OF_FIGURES, WAYS, WITHOUT
from shared.calendar import china_day
from shared.events.assessment import MOST_ADJUSTED, AdoptAssessmentScheme
from shared.events.reasonable import Unreasonable
from shared.events.refusals import WORDS
from shared.events.vocabulary import OrganisationKind
from shared.forms import Field, Form, Kind, Rows, values_of
from shared.forms.entered import Values

OFFERED = 16
"""Rows for indicators; more that were entered are shown."""
KINDS = {kind.value: WORDS["kind"][kind] for kind in OrganisationKind if kind is not OrganisationKind.COUNTY}


def not_to_be_adopted(
    known: AssessmentScheme | None, asked: AdoptAssessmentScheme, happened: datetime
) -> Unreasonable | None:
    """What its rule would refuse; the one that is kept just so was sent before."""
    if known and AssessedBy(**asked.model_dump()) in known.history:
        return None
    if asked.effective_from < china_day(happened):
        return Unreasonable("effective_from", "scheme-from-the-past", {"effective_from": asked.effective_from})
    last = known.history[-1].effective_from if known and known.history else None
    if last and asked.effective_from <= last:
        return Unreasonable("effective_from", "assessment-scheme-exists", {"effective_from": last})
    return unfit(asked)


ADOPT = Form(
    AdoptAssessmentScheme,
    "adopt-assessment",
    "调整考核办法",
    "施行",
    (
        Field("effective_from", "施行日期", hint="某年1月1日，不得早于今天。"),
        Field("excellent_from", "优秀分数线", unit="分", required=True),
        Field("good_from", "良好分数线", unit="分", required=True),
        Field("passing_from", "合格分数线", unit="分", required=True),
        Field("excellent_share", "优秀比例上限", unit="%", required=True, hint="占同类单位的比例，不足一个的不计。"),
        Field("quarterly", "季度", Kind.RADIOS, {"no": "只考核年度", "yes": "季度也考核"}),
        Rows(
            "indicators",
            "指标",
            OFFERED,
            (
                Field("name", "名称"),
                Field("applies_to", "适用单位", Kind.CHOICE, KINDS),
                Field("figure", "数据指标", Kind.CHOICE, OF_FIGURES),
                Field("divided_by", "除以", Kind.CHOICE, OF_DIVISORS, empty="不除"),
                Field(
                    "way", "计分方式", Kind.CHOICE, {way.value: said for way, said in WAYS.items()}, default="linear"
                ),
                Field("weight", "分值"),
                Field("floor", "起计值", Kind.HUNDREDTHS),
                Field("target", "满分值", Kind.HUNDREDTHS),
                Field("steps", "分档数", default="1"),
                Field(
                    "without",
                    "无数据时",
                    Kind.CHOICE,
                    {without.value: said for without, said in WITHOUT.items()},
                    default="spread",
                ),
            ),
            note=f"每类单位各项分值合计100分，扣分、加分另计，各不超过{MOST_ADJUSTED}分。达到满分值得满分，"
            "起计值以下不得分；越少越好的，起计值填得比满分值大。不需要的清空。",
            is_brief=True,
        ),
    ),
    foresees=not_to_be_adopted,
    lead="自施行日期起截止的各期按此考核；施行日期的前一日为止可以更正、撤回，也可以用以前的数据试算。",
)
CHANGE = replace(ADOPT, key="change-assessment-scheme", title="更正考核办法", button="提交更正", foresees=None)


def begun(known: AssessmentScheme) -> Values:
    """As the form opens: the last one that was adopted, or the default; its day is a new one."""
    if known.history:
        return values_of(ADOPT, known.history[-1].model_dump(mode="json", exclude={"effective_from"}))
    said = {"indicators": [one.model_dump(mode="json") for one in indicators()], "quarterly": False}
    bounds = {name: AdoptAssessmentScheme.model_fields[name].default for name in BOUNDS}
    return values_of(ADOPT, {**bounds, **said})


BOUNDS = ("excellent_from", "good_from", "passing_from", "excellent_share")
