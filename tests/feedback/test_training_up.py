"""What is proposed for somebody with an award: once, answered by the home within ten working days, and taken back."""

from __future__ import annotations

from datetime import date

from services.feedback.awards.model import GrantedAward
from services.feedback.handlers import HANDLERS
from services.feedback.training_up.model import TrainingUpProposal
from shared.database.documents import Document
from shared.events import EventData
from shared.events.training_up import AnswerTrainingUp, ProposeTrainingUp, TrainingUpAnswered, TrainingUpProposed
from shared.pipeline.decisions import Accepted, Consequence, Original, Refused, State, Verdict
from tests.asking import COUNTY, HALL, OFFICE, Desk, asked, facts, moment, roster, slugs_in

GRANT = "0167ca69-f180-73c9-bcec-cdadf5be0396"
AWARD = GrantedAward(
    id="x",
    award="star",
    person="P1",
    organisation=OFFICE,
    year=2018,
    submission=f"{COUNTY}/{GRANT}",
    day=date(2018, 3, 5),
)
PROPOSED, DUE = ProposeTrainingUp(grant=GRANT, proposed="列为业务骨干"), date(2018, 3, 20)


def desk() -> Desk:
    return Desk(HANDLERS, roster())


def says(at: Desk, data: EventData, day: str, award: GrantedAward | None = AWARD, by: str = COUNTY) -> Verdict:
    found: list[Document] = [*at.kept(TrainingUpProposal), *([award] if award else [])]
    return at.decides(asked(data, OFFICE, day, by), found)


def slug(verdict: Verdict) -> str:
    return verdict.slug if isinstance(verdict, Refused) else ""


def undone(at: Desk, data: EventData, fact: TrainingUpProposed | TrainingUpAnswered) -> Verdict:
    """What takes back the submission that told this fact."""
    handler, time = HANDLERS[type(data)], moment("2018-03-06")
    one, state = at.only(TrainingUpProposal), State(at.roster)
    followed = (Consequence(fact, OFFICE, time, COUNTY),)
    state.copy.load([one])
    assert handler.undo is not None
    verdict = handler.undo(state, Original(one.id, one.submission, data.type, COUNTY, OFFICE, time, True, followed))
    if isinstance(verdict, Accepted):
        at.keeps([change for change in verdict.changes if isinstance(change, Document)])
    return verdict


def test_it_is_proposed_once_for_an_award_and_answered_once_in_time_or_late() -> None:
    at = desk()
    assert slug(says(at, PROPOSED, "2018-03-06", award=None)) == "training-up-without-award"
    team = AWARD.having(person="")
    assert slug(says(at, PROPOSED, "2018-03-06", award=team)) == "training-up-without-award"
    made = says(at, PROPOSED, "2018-03-06")
    assert isinstance(made, Accepted)
    one = at.only(TrainingUpProposal)
    assert facts(made, OFFICE) == ((OFFICE, TrainingUpProposed(proposal=one.id, due=DUE)),)
    assert slug(says(at, PROPOSED, "2018-03-07")) == "training-up-known"
    answer = AnswerTrainingUp(proposal=one.id, adopted=False, reason="已另有安排")
    assert at.refuses(answer, HALL, "2018-03-07") == at.refuses(answer, OFFICE, "2018-03-05") == "training-up-not-found"
    late = TrainingUpAnswered(proposal=one.id, adopted=False, on_time=False)
    assert (one.is_overdue(DUE), one.is_overdue(date(2018, 3, 21))) == (False, True)
    assert at.agrees(answer, OFFICE, "2018-03-21") == ((OFFICE, late),)
    assert at.refuses(answer, OFFICE, "2018-03-22") == "training-up-answered"
    assert slug(undone(at, PROPOSED, TrainingUpProposed(proposal=one.id, due=DUE))) == "training-up-answered"
    assert slug(undone(at, answer, late)) == ""
    in_time = TrainingUpAnswered(proposal=one.id, adopted=False, on_time=True)
    assert at.agrees(answer, OFFICE, DUE.isoformat()) == ((OFFICE, in_time),)


def test_what_was_taken_back_is_answered_no_more_and_may_be_proposed_anew() -> None:
    at = desk()
    says(at, PROPOSED, "2018-03-06")
    one = at.only(TrainingUpProposal)
    assert slug(undone(at, PROPOSED, TrainingUpProposed(proposal=one.id, due=DUE))) == ""
    answer = AnswerTrainingUp(proposal=one.id, adopted=True, reason="同意")
    assert at.refuses(answer, OFFICE, "2018-03-07") == "training-up-not-found"


def test_every_reason_of_proposals_is_given_above_or_stands_for_an_id_used_twice() -> None:
    assert slugs_in("services/feedback/training_up") == {
        "training-up-answered",
        "training-up-id-taken",
        "training-up-known",
        "training-up-not-found",
        "training-up-without-award",
    }
