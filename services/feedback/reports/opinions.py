"""The opinions on what to put right (整改意见) that an annual assessment carries."""

from __future__ import annotations

from collections.abc import Callable

from services.feedback.measures.catalogue import Measures
from services.feedback.measures.rows import is_silent

ATTENDANCE_DUE = 0.98
"""Share of due self-checks or patrols below which an opinion is given: only of what was its own to do."""
ON_TIME_DUE = 0.9
"""Share of rectifications or cases in time below which an opinion is given."""


Applies = Callable[[Measures], bool]


def _below(name: str, due: float) -> Applies:
    return lambda measures: measures[name]["value"] is not None and measures[name]["value"] < due


def _late_answers(measures: Measures) -> int:
    """Incidents that were answered late, or are past their day and have no answer."""
    answered = measures["incidents-answered"]
    return int(answered["d"] - answered["n"])


def _bad_ratings(measures: Measures) -> int:
    return int(measures["incidents"].get("bad-rating", 0))


def _turns(measures: Measures) -> int:
    return int(measures["turns-held"] + measures["joint-turns-held"])


RULES: tuple[tuple[Applies, str], ...] = (
    (
        _below("self-check-rate", ATTENDANCE_DUE),
        "日自查未做到全覆盖，全年漏查{self-checks-missed}次。请明确自查责任人，落实缺岗补位，确保工作日应查尽查。",
    ),
    (
        _below("patrol-rate", ATTENDANCE_DUE),
        "应当开展的巡查未做到全覆盖，全年漏巡{patrols-missed}次。请明确巡查责任人，按计划应巡尽巡。",
    ),
    (
        lambda measures: measures["rectifications-overdue"] > 0,
        "全年曾经整改逾期{rectifications-overdue}项次，超期完成整改{rectified-late}项（含退回、恢复整改后超过原期限的）。请查明原因，加强提醒督促，防止再次逾期。",
    ),
    (
        lambda measures: measures["rectifications-open"] > 0,
        "截至年末尚有{rectifications-open}项问题未销号，其中逾期{rectifications-open-overdue}项。请逐项列出台账，限期销号，并将结果书面报联合党委。",
    ),
    (
        _below("rectified-on-time", ON_TIME_DUE),
        "按期整改率偏低。请分析原因，明确整改责任人和完成时限，逐项督促落实。",
    ),
    (
        lambda measures: measures["repeat-findings"] > 0,
        "有{repeat-findings}项问题在90日内重复出现。请查找管理原因，建立长效措施，防止整改后反弹。",
    ),
    (
        _below("cases-on-time", ON_TIME_DUE),
        "部分办件超出办理时限。请优化流程，严格执行联席会议确定的办理时限。",
    ),
    (
        lambda measures: measures["incidents-upheld"] > 0,
        "有{incidents-upheld}起事故、差评或者投诉经查证属实。请逐起查明原因，落实整改和责任，防止再次发生。",
    ),
    (
        lambda measures: _bad_ratings(measures) > 0,
        "全年收到差评{bad-ratings}起。请逐起回访，改进服务态度和办理方式。",
    ),
    (
        lambda measures: _late_answers(measures) > 0,
        "有{late-answers}起事故、差评或者投诉未按期答复。请明确承办人，收到后按期调查、如实答复。",
    ),
    (
        lambda measures: _turns(measures) > 0 and not measures["turn-work"],
        "全年轮值{turns-held}期、联值{joint-turns-held}期，轮值期间没有登记开展的工作。请补充登记，并按主题落实轮值任务。",
    ),
)

NO_LESSONS = "全年没有村级便民服务站报送听党课的签到情况。请组织各站收听党课，并于课后及时报送签到人数。"
SILENT = "全年没有履职记录。请核实是否按要求开展工作、报送数据。"
NOTHING = "全年履职情况良好，未发现需要专项整改的问题。请继续保持，并做好经验总结。"


def opinions(measures: Measures, was_to_hear: bool = False) -> tuple[str, ...]:
    """One sentence for each rule that applies; never none, and no praise of a year in which nothing is known.

    `was_to_hear` says that it has stations, and that stations of the county heard lessons.
    """
    if is_silent(measures):
        return (SILENT,)
    given = tuple(_filled(sentence, measures) for applies, sentence in RULES if applies(measures))
    if was_to_hear and not measures["lesson-attendance"]:
        given = (*given, NO_LESSONS)
    return given or (NOTHING,)


def _filled(sentence: str, measures: Measures) -> str:
    counted = {"bad-ratings": _bad_ratings(measures), "late-answers": _late_answers(measures)}
    for name, value in (*measures.items(), *counted.items()):
        sentence = sentence.replace("{" + name + "}", str(value))
    return sentence
