"""Why the green channels say no."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

GREENCHANNEL: Mapping[str, Sentences] = {
    "case-of-its-own-code": (
        "未查到本单位的该办件。该办件由原单位{ended}受理的，请以受理时的单位为所涉单位登记办结。",
        "There is no case {case} under this code; complete one that {ended} opened for the code it was opened under.",
    ),
    "case-already-completed": (
        "该办件已于{done}办结，无须重复报送。",
        "Case {case} is already completed; nothing is left to do.",
    ),
    "case-withdrawn": (
        "该办件的受理已经更正或者撤回，请从在办件中重新选择后报送。",
        "The opening of case {case} was corrected or withdrawn; name the opening that took its place.",
    ),
    "completed-before-opened": (
        "办结时间早于该办件的受理时间（{opened}），请核对办结时间。",
        "Case {case} would be completed before it was opened; check the time.",
    ),
    "completion-stands": (
        "该办件已经办结，请先撤回办结，再更正、撤回受理。",
        "Case {case} is completed; withdraw its completion before its opening.",
    ),
    "enterprise-counts-cases": (
        "企业绿色通道服务按“次”统计，人次应当填写1；多次服务请分别报送。",
        "Services for enterprises are counted in cases: persons is 1; submit each service by itself.",
    ),
    "fee-not-allowed": (
        "收费超过服务指南公布的收费标准（{standard}元）；没有公布标准的不收费，应当填写0元。确有依据收费的，请先公布标准和依据。",
        "The fee is more than the guide's standard of {standard} yuan; nothing is charged where none is published.",
    ),
    "within-office-hours": (
        "{begins}在办公时间之内，不属于延时服务，请核对服务方式和发生时间。",
        "{begins} lies within office hours and is no service after them; check the mode and the time.",
    ),
    "unknown-case": (
        "未查到本单位的该办件，请从列表中选择，或者待收件登记受理后再报一次。",
        "This organisation has no case {case}; check it, or submit again when its opening is accepted.",
    ),
    "unknown-process": (
        "服务指南中没有自{day}起可适用的该事项，请核对事项和日期，或者报请联合党委先行发布。",
        "The service guide has no process {process} that fits {day}; check name and day, or have it published first.",
    ),
}
