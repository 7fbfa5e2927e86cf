"""The forms of nominations: somebody is recommended, that is made public, and the award is granted by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from services.feedback.awards.kinds import USUAL, criteria_of
from services.feedback.awards.nominating import PUBLIC_DAYS
from shared.countys_own import CatalogueEntry
from shared.events.feedback import (
    AnswerNominationObjection,
    GrantAward,
    JudgeNomination,
    NominateForAward,
    ObjectToNomination,
    PublishNomination,
)
from shared.events.refusals import WORDS
from shared.events.vocabulary import Catalogue
from shared.forms import Field, Form, Kind
from shared.forms.listed import listed

RHYTHMS = WORDS["award_rhythm"]
NO_PERSON = "不选人员"
FOR_NOBODY = "授予窗口、组织的不选人员。"


def _with_quota(one: CatalogueEntry) -> str:
    return f"{one.name}（{RHYTHMS[one.award_rhythm]}{one.quota}名）"


NOMINATE = Form(
    NominateForAward,
    "nominate",
    "推荐",
    "提交推荐",
    (
        listed("award", "荣誉", Catalogue.AWARD, _with_quota, lambda one: one.quota is not None),
        Field("person", "人员", Kind.CHOICE, lambda names: names or {}, empty=NO_PERSON, hint=FOR_NOBODY),
        Field("reason", "推荐理由", hint="公示时各单位可以看到。"),
    ),
    lead="评选周期内有事故、差评、投诉查实的单位，以及上年度考核不合格的单位，不能推荐；"
    "同一人员（单位）同一荣誉每个评选周期推荐一次。",
)
JUDGE = Form(
    JudgeNomination,
    "judge-nomination",
    "评审",
    "提交评分",
    tuple(Field(path, called, unit="分", required=True) for path, called in USUAL.items()),
    given=("nomination",),
    lead="取各评委总分的平均分；同一评委再次评分的，以最后一次为准。推荐人不参加评审。",
)


def judging_by(kind: CatalogueEntry) -> Form:
    """By the criteria of a kind of award."""
    fields = (
        Field(one.path, one.name, Kind.WHOLE, unit="分", required=True, most=one.most) for one in criteria_of(kind)
    )
    return replace(JUDGE, parts=tuple(fields))


PUBLISH = Form(
    PublishNomination,
    "publish",
    "公示",
    "开始公示",
    (),
    given=("nomination",),
    lead=f"自公示次日起{PUBLIC_DAYS}个工作日，期满后授予。",
)
OBJECT = Form(
    ObjectToNomination,
    "object-to-nomination",
    "提出异议",
    "提交异议",
    (Field("objected", "异议内容", hint="写明事实和依据。"),),
    given=("nomination",),
    lead="公示期内每个单位提出一次，由联合党委办公室核实答复；需要补充的，撤回后重新提出。",
)
ANSWER = Form(
    AnswerNominationObjection,
    "answer-nomination-objection",
    "答复异议",
    "答复",
    (
        Field("objection", "异议", Kind.CHOICE, lambda said: said or {}, empty="请选择"),
        Field("upheld", "是否属实", Kind.RADIOS, {"yes": "属实，不授予", "no": "不属实"}),
        Field("answer", "答复内容"),
    ),
    given=("nomination",),
    lead="全部答复以后才能授予；异议属实的，该推荐不再授予。再次答复的，以最后一次为准。",
)
GRANT_BY_IT = Form(
    GrantAward,
    "grant-by-it",
    "授予荣誉",
    "授予",
    (),
    given=("award", "person", "nomination"),
    asks_when="授予时间",
    lead="公示期满，名额以内授予。",
)
OF_A_NOMINATION: Mapping[str, Form] = {one.key: one for one in (JUDGE, PUBLISH, ANSWER, GRANT_BY_IT)}
