"""Why a station is not let in."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

ENROLMENT: Mapping[str, Sentences] = {
    "enrolment-not-set-up": (
        "本系统尚未配置站点签发密钥，暂不能办理登记，请联系县级管理人员。",
        "This system has no key to sign for stations yet; ask the county's operators.",
    ),
    "enrolment-pending": (
        "登记申请已收到，正在办理，请稍后以同一登记码重试。",
        "The request was received and is being decided; try again shortly with the same code.",
    ),
    "invitation-expired": (
        "登记码已于{expires}到期，请向上级单位重新申领。",
        "The code expired on {expires}; ask the organisation above for another.",
    ),
    "key-already-used": (
        "该公钥已登记使用，请在站点电脑上重新生成密钥后再办理登记。",
        "This public key has been used already; make a new one on the station's PC and enrol again.",
    ),
    "not-enrolled": (
        "{organisation}没有有效的站点密钥，无须注销。",
        "{organisation} has no valid key; there is nothing to revoke.",
    ),
    "own-invitation": (
        "登记码应由{organisation}的上级单位发放，不能自行发放。",
        "An organisation above {organisation} invites it; it cannot invite itself.",
    ),
    "own-key-only": (
        "站点密钥应由{organisation}本身登记，不得代办。",
        "{organisation} brings its key itself; nobody else may.",
    ),
    "unknown-code": (
        "登记码不正确、已经使用或者已被新的登记码取代，请核对后重新填写，或者向上级单位重新申领。",
        "The code is wrong, used, or replaced by a newer one; check it, or ask the organisation above for another.",
    ),
    "unreadable-key": (
        "公钥格式不正确，请使用站点程序生成的公钥。",
        "This is no public key of a station; use the one that the station's program makes.",
    ),
}
