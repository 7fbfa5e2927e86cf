"""A sheet as it is shown to those to whom it is open: its life, what was said, and what the score is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from services.roster.appraisals.contents import (
    AppealAnswered,
    Ballot,
    CommitteePart,
    HomePart,
    OwnWords,
    Words,
    content_of,
)
from services.roster.appraisals.model import Sheet, SheetStep
from services.roster.appraisals.order import (
    ANSWERED,
    APPEALED,
    COMMITTEE,
    HOME,
    PEERS,
    REOPENED,
    SELF,
    STEP_NAMES,
    WITHDRAWN,
)
from services.roster.appraisals.result import committee_score, dual_score, home_score, terms
from services.roster.appraisals.stepping import BY_COUNTY, BY_HOME
from services.roster.appraisals.words import GRADES, TERMS, state_of
from services.roster.people.model import Person
from shared.calendar import china_day
from shared.hundredths import decimal
from shared.identity.sealing import SealKeys
from shared.pages.boards import Board, Cell
from shared.pages.cells import BLANK, Cells, day_cell, number_cell, time_cell
from shared.pages.chinese import day_text, grouped
from shared.pages.words import name_of
from shared.web.boards import Address, lines_at_hand
from shared.web.persons import Persons
from shared.web.visit import Visit

Labelled = tuple[str, Cell]
TERM_HEADS = {"项目": "", "得分": "number", "满分": "number", "依据": "wide"}
STEP_HEADS = {"时间": "tight", "环节": "", "办理人": "", "是否按期": "tight"}
MOST = 100


@dataclass(frozen=True, slots=True)
class WhatWasSaid:
    """What was said in a sheet, opened; None of what was not said yet, or is gone."""

    own: OwnWords | None
    ballot: Ballot | None
    committee: CommitteePart | None
    home: HomePart | None
    texts: Mapping[str, str]
    answer: AppealAnswered | None


def said_in(sheet: Sheet, keys: SealKeys | None) -> WhatWasSaid:
    """All of it."""
    of, parts = sheet.name, sheet.parts
    words = {
        one: content_of(keys, parts, of, one, Words) for one in (BY_COUNTY, BY_HOME, APPEALED, REOPENED, WITHDRAWN)
    }
    return WhatWasSaid(
        content_of(keys, parts, of, SELF, OwnWords),
        content_of(keys, parts, of, PEERS, Ballot),
        content_of(keys, parts, of, COMMITTEE, CommitteePart),
        content_of(keys, parts, of, HOME, HomePart),
        {key: one.text for key, one in words.items() if one},
        content_of(keys, parts, of, ANSWERED, AppealAnswered),
    )


def facts_of(here: Visit, sheet: Sheet, said: WhatWasSaid, person: Person | None, branch: str) -> Iterator[Labelled]:
    """From whose it is to how it ended."""
    yield "支部", Cell(branch)
    yield "所在单位", Cell(name_of(sheet.home, here.roster, here.today), note=_months_elsewhere(here, sheet, person))
    yield "状态", Cell(state=state_of(sheet, here.today))
    if sheet.awaits and sheet.due:
        yield "办理期限", day_cell(sheet.due)
    if said.own:
        yield "履行职责", Cell(said.own.duty)
        yield "发挥作用", Cell(said.own.role)
    if said.ballot:
        yield "支部互评", Cell(_ballot(said.ballot))
    yield from _result(sheet, said)
    labels = {
        BY_COUNTY: "会商意见（联合党委）",
        BY_HOME: "会商意见（成员党组织）",
        APPEALED: "申诉理由",
        REOPENED: "取消归档的理由",
        WITHDRAWN: "撤回的理由",
    }
    yield from ((labels[key], Cell(text)) for key, text in said.texts.items())
    if said.answer:
        yield "申诉答复", Cell(said.answer.text, note="申诉成立，重新评定" if said.answer.upheld else "维持原评定")


def _result(sheet: Sheet, said: WhatWasSaid) -> Iterator[Labelled]:
    """The pair, and beside it the score; of two grades no mean is made."""
    committee, home = said.committee, said.home
    if committee:
        score = decimal(committee_score(committee, sheet.rules))
        yield "联合党委评定", Cell(GRADES[committee.grade], note=f"得分{score}分")
    if home:
        points = decimal(home_score(home, sheet.rules))
        yield "成员党组织评定", Cell(GRADES[home.grade], note=f"{home.sentence}（折算{points}分）")
    if committee and home:
        yield "双重评议结果", Cell(f"{GRADES[committee.grade]} / {GRADES[home.grade]}")
        weight = sheet.rules.committee_weight
        note = f"联合党委{weight}%，成员党组织{100 - weight}%"
        yield "双重考核得分", Cell(f"{decimal(dual_score(committee, home, sheet.rules))}分", note=note)


def boards_of(here: Visit, sheet: Sheet, said: WhatWasSaid, known: Persons, at: str) -> Iterator[Board]:
    """What the committee's score is made of, and who did which step."""
    if said.committee:
        lines: list[Cells] = [
            (
                Cell(TERMS[one.name]),
                number_cell(one.points / 100, "分"),
                number_cell(one.most / 100, "分") if one.most else BLANK,
                Cell(one.why),
            )
            for one in terms(said.committee, sheet.rules)
        ]
        shown, paging = lines_at_hand(lines, 1, Address(at), "项", MOST)
        yield Board("联合党委评定得分", TERM_HEADS, shown, "", paging)
    steps = [_step(one, known) for one in reversed(sheet.steps)]
    shown, paging = lines_at_hand(steps, 1, Address(at), "条", MOST)
    yield Board("办理过程", STEP_HEADS, shown, "还没有办理。", paging)


def _step(one: SheetStep, known: Persons) -> Cells:
    acted = known.called(one.by, one.unit, china_day(one.at)) if one.by else "系统"
    return (time_cell(one.at), Cell(STEP_NAMES[one.step]), Cell(acted), Cell("按期" if one.on_time else "逾期"))


def _ballot(one: Ballot) -> str:
    counted = ((one.excellent, "优秀"), (one.qualified, "合格"), (one.basic, "基本合格"), (one.unqualified, "不合格"))
    return f"到会{grouped(one.present)}人，" + "、".join(f"{word}{grouped(n)}票" for n, word in counted)


def _months_elsewhere(here: Visit, sheet: Sheet, person: Person | None) -> str:
    """Where else it was at home in the year; the home of 31 December decides."""
    homes = person.homes if person else ()
    within = [
        (one, following.since)
        for one, following in pairwise(homes)
        if following.since > date(sheet.year, 1, 1) and one.organisation != sheet.home
    ]
    spans = (f"{name_of(one.organisation, here.roster, here.today)}至{day_text(until)}" for one, until in within)
    return "、".join(f"年内曾在{one}" for one in spans)
