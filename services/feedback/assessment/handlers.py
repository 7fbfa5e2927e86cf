"""Which rule decides what is said of assessments, and what it needs to look at."""

from __future__ import annotations

from services.feedback.assessment import adopting, approving, drawing_up, vetoing
from shared.events.assessment import AdoptAssessmentScheme, ApproveAssessment, RedrawAssessment, VetoAssessment
from shared.pipeline.decisions import Handler, Handlers, at_any_time

ASSESSMENTS: Handlers = {
    AdoptAssessmentScheme: Handler(
        adopting.adopt_assessment_scheme,
        adopting.schemes_needed,
        adopting.undo_scheme,
        adopting.scheme_undone_needs,
        adopting.scheme_begins,
    ),
    RedrawAssessment: Handler(drawing_up.redraw_assessment, drawing_up.assessment_needed),
    ApproveAssessment: Handler(
        approving.approve_assessment,
        drawing_up.assessment_needed,
        approving.undo_vote,
        approving.vote_undone_needs,
        at_any_time,
    ),
    VetoAssessment: Handler(
        vetoing.veto_assessment, vetoing.veto_needs, vetoing.undo_veto, vetoing.veto_undone_needs, at_any_time
    ),
}
