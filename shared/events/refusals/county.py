"""Why something is no in what a county says of itself, or of what it lists."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

COUNTY: Mapping[str, Sentences] = {
    "catalogue-full": (
        "“{catalogue}”目录已有{most}项，不能再增加；不再使用的，请登记其最后一天。",
        "The catalogue {catalogue} has {most} entries, which is all it takes; end what is no longer used.",
    ),
    "entry-backwards": (
        "“{name}”的最后一天{last}早于启用日期{day}，请核对两个日期。",
        "{name} would end on {last}, before it begins on {day}; check both days.",
    ),
    "criteria-not-a-hundred": (
        "“{name}”的评审标准合计{total}分，应当为100分，请调整各项分值。",
        "The criteria of {name} come to {total} points; they are to come to 100.",
    ),
    "entry-name-taken": (
        "“{catalogue}”目录中已有“{name}”，请勿重复登记；要变更该项的，在该项的页面登记变更。",
        "The catalogue {catalogue} already lists {name} as {entry}; change that entry instead.",
    ),
    "not-in-the-catalogue": (
        "所选的{catalogue}在{day}不能选用，可选的有：{choices}。",
        "The catalogue {catalogue} does not list {entry} for {day}; what may be chosen: {choices}.",
    ),
}
