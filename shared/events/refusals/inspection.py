"""Why inspection says no."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

INSPECTION: Mapping[str, Sentences] = {
    "day-already-closed": (
        "{day}的巡查已经汇总，无须重复办理。",
        "The patrols of {day} are already closed; nothing is left to do.",
    ),
    "day-not-over": ("{day}尚未结束，请于次日汇总当日巡查。", "{day} is not over; close it on the day after."),
    "not-a-working-day": (
        "{day}不是工作日（以国务院办公厅节假日安排为准），不汇总巡查。",
        "{day} is not a working day by the State Council's notice; its patrols are not closed.",
    ),
    "not-patrolled": (
        "{organisation}不属于“{patrol}”巡查对象，请核对巡查类别和单位。",
        "{organisation} is not patrolled as a {patrol}; check the kind of patrol and the code.",
    ),
}
