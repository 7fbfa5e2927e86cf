"""How assessments read: grades, states, figures, and how each term came to its points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from services.feedback.assessment.approving import APPROVED, WITHDRAWN
from services.feedback.assessment.drawing_up import DRAWN_UP, REDRAWN
from services.feedback.assessment.figures import COUNTS, DIVISORS, PLACES, RATES, Quotient, hundredths
from services.feedback.assessment.model import AssessedBy, AssessmentState, Vote
from services.feedback.assessment.result import Result, Term
from services.feedback.assessment.scoring import half_up, share
from services.feedback.assessment.voting_down import NOT_CARRIED, NOT_CARRIED_WITHDRAWN
from services.feedback.measures.catalogue import MEASURES
from services.feedback.measures.words import unit
from shared.events.assessment import Grade, Indicator, ScoringWay, VetoGround, Without
from shared.hundredths import decimal
from shared.pages.cells import Cell, number_cell
from shared.pages.chinese import NOTHING, day_text, grouped
from shared.pages.words import ShownState

GRADES: Mapping[Grade, ShownState] = {
    Grade.EXCELLENT: ShownState("优秀", "good"),
    Grade.GOOD: ShownState("良好", "good"),
    Grade.PASSING: ShownState("合格", ""),
    Grade.FAILING: ShownState("不合格", "bad"),
}
UNGRADED = ShownState("没有数据，不评定", "")
STATES: Mapping[AssessmentState, ShownState] = {
    AssessmentState.DRAWN_UP: ShownState("待审定", "warn"),
    AssessmentState.APPROVED: ShownState("已审定", "good"),
}
VETOES: Mapping[VetoGround, str] = {VetoGround.VIOLATION: "查实违纪", VetoGround.CONCEALMENT: "瞒报"}
WAYS: Mapping[ScoringWay, str] = {
    ScoringWay.LINEAR: "按比例计分",
    ScoringWay.STEPS: "分档计分",
    ScoringWay.DEDUCT: "扣分",
    ScoringWay.BONUS: "加分",
}
WITHOUT: Mapping[Without, str] = {
    Without.SPREAD: "分值由其他指标分担",
    Without.FULL: "按满分计",
    Without.ZERO: "不计分",
}
STEPS: Mapping[str, str] = {
    DRAWN_UP: "生成",
    REDRAWN: "重新生成",
    APPROVED: "审定",
    WITHDRAWN: "撤回审定",
    NOT_CARRIED: "表决未通过",
    NOT_CARRIED_WITHDRAWN: "撤回表决",
}
OF_FIGURES: Mapping[str, str] = {name: f"{MEASURES[name].zh}（{unit(MEASURES[name])}）" for name in (*RATES, *COUNTS)}
OF_DIVISORS: Mapping[str, str] = {PLACES: "窗口、站点数", **{name: OF_FIGURES[name] for name in COUNTS}}
assert OF_DIVISORS.keys() == {*DIVISORS}


def points_text(points: int | None) -> str:
    """87.50; — where there is none."""
    return NOTHING if points is None else decimal(points)


def points_cell(points: int | None, url: str = "") -> Cell:
    """The same in a list, as a number in its table."""
    return Cell(points_text(points), url, value=None if points is None else points / 100)


def rank_text(result: Result) -> str:
    """第5名（共17个）."""
    return NOTHING if result.rank is None else f"第{result.rank}名（共{result.among}个）"


def rank_cell(result: Result) -> Cell:
    """The place alone in a list, as a number in its table."""
    return number_cell(result.rank)


def grade_cell(result: Result) -> Cell:
    """With a note where it is kept down."""
    return Cell(note="一票否决" if result.is_vetoed else "", state=grade_state(result))


def grade_state(result: Result) -> ShownState:
    """Of whoever has no figure at all that."""
    return GRADES[result.grade] if result.grade else UNGRADED


def figure_text(indicator: Indicator) -> str:
    """What an indicator is about: 按期整改率, 听党课÷窗口、站点数."""
    name = MEASURES[indicator.figure].zh
    return f"{name}÷{_divisor(indicator.divided_by)}" if indicator.divided_by else name


def _divisor(name: str) -> str:
    return "窗口、站点数" if name == PLACES else MEASURES[name].zh


def counted_text(term: Term) -> str:
    """What was added up: 49÷50, 18,342.00÷192; of a plain count that."""
    if term.n is None or term.d is None:
        return NOTHING
    scale = MEASURES[term.indicator.figure].scale
    n = f"{term.n / scale:,.2f}" if scale > 1 else grouped(term.n)
    return n if _is_plain(term.indicator) else f"{n}÷{grouped(term.d)}"


def _is_plain(indicator: Indicator) -> bool:
    return indicator.figure in COUNTS and indicator.divided_by is None


def reads_text(term: Term) -> str:
    """As it is read: 98.00%, 95.53分, 2起."""
    if (found := _found(term)) is None:
        return NOTHING
    return amount_text(term.indicator, half_up(hundredths(term.indicator.figure, found)))


def amount_text(indicator: Indicator, amount: int) -> str:
    """An amount of an indicator's figure with its unit; a quotient has none."""
    said = decimal(amount).removesuffix(".00") if _is_plain(indicator) else decimal(amount)
    return said if indicator.divided_by else f"{said}{unit(MEASURES[indicator.figure])}"


def _found(term: Term) -> Quotient | None:
    return None if term.n is None or term.d is None else Quotient(term.n, term.d)


def formula_text(term: Term) -> str:
    """How it came to its points, in words that can be reckoned after."""
    one, found = term.indicator, _found(term)
    if found is None:
        return f"没有这项数据，{WITHOUT[one.without] if one.is_weighted else '不加减分'}"
    part = share(one, hundredths(one.figure, found))
    worth, target, floor = decimal(term.weight), amount_text(one, one.target), amount_text(one, one.floor)
    if one.way is ScoringWay.STEPS:
        return f"从{floor}到{target}分{one.steps}档，达到{int(part * one.steps)}档，{worth}×{_steps(part, one)}"
    if part in (0, 1):
        return _at_an_end(one, floor, target, is_all=part == 1)
    return f"（{reads_text(term)}－{floor}）÷（{target}－{floor}）×{worth}"


def _steps(part: Fraction, one: Indicator) -> str:
    return f"{int(part * one.steps)}÷{one.steps}"


def _at_an_end(one: Indicator, floor: str, target: str, is_all: bool) -> str:
    words = {
        ScoringWay.DEDUCT: ("不扣分", "扣满"),
        ScoringWay.BONUS: ("不加分", "加满"),
    }.get(one.way, ("不得分", "得满分"))
    is_better_low = one.floor > one.target
    if is_all:
        return f"{'不高于' if is_better_low else '达到'}{target}，{words[1]}"
    return f"{'不低于' if is_better_low else '不高于'}{floor}，{words[0]}"


def vote_text(vote: Vote) -> str:
    """到会5人，赞成4票、反对0票、弃权1票."""
    return f"到会{vote.present}人，赞成{vote.in_favour}票、反对{vote.against}票、弃权{vote.abstained}票"


def approved_text(vote: Vote) -> str:
    """With its day."""
    return f"{day_text(vote.held_on)}书记办公会，{vote_text(vote)}"


def lost_text(vote: Vote) -> str:
    """2019年1月8日书记办公会表决未通过（到会7人，赞成3票、反对3票、弃权1票）."""
    return f"{day_text(vote.held_on)}书记办公会表决未通过（{vote_text(vote)}）"


def bounds_text(one: AssessedBy) -> str:
    """优秀90、良好80、合格60."""
    return f"优秀{one.excellent_from}、良好{one.good_from}、合格{one.passing_from}"
