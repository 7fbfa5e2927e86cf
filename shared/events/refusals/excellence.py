"""Why inspection says no in the excellence programme (四优窗口)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

EXCELLENCE: Mapping[str, Sentences] = {
    "commitment-already-published": (
        "该人员的这项承诺已经公开，无须重复报送；内容有变化的，请填写新的承诺内容。",
        "{person} already committed to this for {item}; submit a new text if it changes.",
    ),
    "incident-upheld": (
        "该单位{quarter}有{count}起查实的事故、差评或者投诉，按“三有三无”要求不予评定四优。",
        "{count} incidents of {quarter} were upheld there; a mark asks for a quarter without any.",
    ),
    "mark-already-granted": (
        "{organisation}已评定为{quarter}四优窗口，无须重复评定。",
        "{organisation} already bears the mark for {quarter}; nothing is left to do.",
    ),
    "no-window-or-station": (
        "{organisation}当日未设窗口，也不是村级便民服务站，请核对单位。",
        "{organisation} has no window and is no station on that day; check the code.",
    ),
    "quarter-not-over": (
        "{quarter}尚未结束，请于季度结束后评定四优窗口。",
        "{quarter} is not over; grant the mark when it is.",
    ),
    "scores-too-low": (
        "环境、服务、管理、廉洁四项得分均应达到{needed}分，最低一项为{lowest}分，不予评定。",
        "Each of the four scores must reach {needed}; the lowest is {lowest}.",
    ),
    "unknown-commitment": (
        "未查到该人员对该事项现行有效的承诺，请核对人员和事项。",
        "{person} has no commitment in force for {item}; check both.",
    ),
    "unknown-mark": (
        "{organisation}没有现行有效的{quarter}四优评定，请核对单位和季度。",
        "{organisation} bears no mark for {quarter}; check organisation and quarter.",
    ),
}
