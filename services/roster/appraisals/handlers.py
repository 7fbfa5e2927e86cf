"""Which rule decides what is said of appraisals, and what it needs to look at."""

from __future__ import annotations

from services.roster.appraisals import adopting, closing, deciding, lateness, opening, stepping
from shared.events.roster.appraisals import (
    AdoptAppraisalScheme,
    AnswerAppeal,
    AppealAppraisal,
    AppraiseHome,
    AppraiseMember,
    AppraisePeers,
    AppraiseSelf,
    ArchiveAppraisal,
    MarkAppraisalsOverdue,
    OpenAppraisal,
    ReopenAppraisal,
    SettleAppraisal,
    SignAppraisal,
    WithdrawAppraisal,
)
from shared.pipeline.decisions import Handler, Handlers

_ONE = stepping.sheet_needed
APPRAISALS: Handlers = {
    AdoptAppraisalScheme: Handler(
        adopting.adopt_appraisal_scheme,
        adopting.scheme_needed,
        adopting.undo_scheme,
        adopting.adopted_needed,
        adopting.scheme_begins,
    ),
    OpenAppraisal: Handler(opening.open_appraisal, opening.opening_needed, by_allowance=opening.persons_needed),
    AppraiseSelf: Handler(stepping.appraise_self, _ONE),
    AppraisePeers: Handler(stepping.appraise_peers, stepping.peers_needed),
    AppraiseMember: Handler(deciding.appraise_member, deciding.member_needed),
    AppraiseHome: Handler(deciding.appraise_home, _ONE),
    SettleAppraisal: Handler(stepping.settle_appraisal, _ONE),
    SignAppraisal: Handler(stepping.sign_appraisal, _ONE),
    AppealAppraisal: Handler(stepping.appeal_appraisal, _ONE),
    AnswerAppeal: Handler(deciding.answer_appeal, _ONE),
    ArchiveAppraisal: Handler(closing.archive_appraisal, _ONE),
    ReopenAppraisal: Handler(closing.reopen_appraisal, _ONE),
    WithdrawAppraisal: Handler(closing.withdraw_appraisal, _ONE),
    MarkAppraisalsOverdue: Handler(lateness.mark_appraisals_overdue, lateness.late_needed),
}
