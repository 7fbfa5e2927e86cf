"""Why inspection says no about incidents."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

INCIDENTS: Mapping[str, Sentences] = {
    "answer-not-its-own": (
        "事项应当由{organisation}自行答复，请由该单位报送。",
        "{organisation} has to answer for itself; let it submit the answer.",
    ),
    "incident-already-answered": (
        "该{matter}事项已经答复或者办结，无须重复报送；需要补充的，请与办结单位联系。",
        "Incident {incident} is already answered or closed; turn to whoever closes it to add something.",
    ),
    "incident-already-closed": (
        "该{matter}事项已经办结，无须重复办理。",
        "Incident {incident} is already closed; nothing is left to do.",
    ),
    "incident-already-reported": (
        "本次报送与该单位已有的事项重号，没有登记，请重新打开表单后再报一次。",
        "This organisation already has an incident {incident}; report it under a new id.",
    ),
    "incident-later": (
        "办理时间早于该{matter}事项的上一环节，请核对发生时间。",
        "It would happen before the step that precedes it in incident {incident}; check the time.",
    ),
    "incident-not-answered": (
        "该{matter}事项尚未答复，答复期限为{due}，请在答复后或者期满后办结。",
        "Incident {incident} is not answered and its answer is due on {due}; close it after either.",
    ),
    "incident-went-on": (
        "该{matter}事项此后已经答复或者办结，该次报送不能更正、撤回，请先撤回其后的办结或者答复。",
        "Incident {incident} went on after this; take back what followed first.",
    ),
    "incident-withdrawn": (
        "该{matter}事项已经撤回，无须答复，也不再办理。",
        "Incident {incident} was withdrawn: nothing more is to be done.",
    ),
    "own-incident": (
        "{organisation}不得办结本单位的事项，请报请上级组织办结。",
        "{organisation} may not close an incident of its own; let an organisation above it do so.",
    ),
    "unknown-incident": (
        "未查到该单位的该事项，请从列表中选择，或者待报告受理后再报一次。",
        "There is no incident {incident} here; check it, or submit again when its report is accepted.",
    ),
}
