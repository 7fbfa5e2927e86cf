"""The opinions on what to put right (整改意见) that an annual assessment carries."""

from __future__ import annotations

from collections.abc import Callable

from services.feedback.measures.catalogue import Measures

ATTENDANCE_DUE = 0.98
"""Share of due self-checks or patrols below which an opinion is given: only of what was its own to do."""
ON_TIME_DUE = 0.9
"""Share of rectifications or cases in time below which an opinion is given."""


def _below(name: str, due: float) -> Callable[[Measures], bool]:
    return lambda measures: measures[name]["value"] is not None and measures[name]["value"] < due


RULES: tuple[tuple[Callable[[Measures], bool], str], ...] = (
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
        "全年有{rectifications-overdue}项问题曾经整改逾期，逾期后完成整改{rectified-late}项。请查明逾期原因，加强提醒督促，防止再次逾期。",
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
)

NOTHING = "全年履职情况良好，未发现需要专项整改的问题。请继续保持，并做好经验总结。"


def opinions(measures: Measures) -> tuple[str, ...]:
    """One sentence for each rule that applies; never none."""
    given = tuple(_filled(sentence, measures) for applies, sentence in RULES if applies(measures))
    return given or (NOTHING,)


def _filled(sentence: str, measures: Measures) -> str:
    for name, value in measures.items():
        sentence = sentence.replace("{" + name + "}", str(value))
    return sentence
