"""A submission as a message: what is said is what is read, and nobody who foretells an id keeps the message away."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.events import Event, read_submission
from shared.events.inspection import LogInspection
from shared.events.outgoing import foretellable, submission_message, submission_subject
from shared.events.vocabulary import PatrolKind

HALL, OFFICE = "150424-D01", "150424-D02"
ID, BEFORE = "0161f3b7-1f00-7ea0-b0ab-582a07e3d956", "0161f3b7-1f00-7ea0-b0ab-582a07e3d955"
TIME = datetime(2018, 3, 5, 1, 12, tzinfo=UTC)
DATA = LogInspection(patrol=PatrolKind.WINDOW, score=9550)


def test_what_is_said_is_what_is_read() -> None:
    message = submission_message(DATA, HALL, OFFICE, ID, TIME, actor="巡查员", corrects=BEFORE)
    assert message.subject == "submit.inspection.log-inspection.150424-D01"
    event = read_submission(message.subject, message.headers, message.body)
    assert isinstance(event, Event)
    assert (event.data, event.submitter, event.organisation) == (DATA, HALL, OFFICE)
    assert (event.id, event.time, event.actor) == (ID, TIME, "巡查员")
    assert (event.corrects, message.headers["ce-corrects"]) == (f"{HALL}/{BEFORE}", BEFORE)
    assert message.headers["Nats-Msg-Id"] == f"{HALL}/{ID}/{event.digest[:16]}"


def test_a_message_whose_id_can_be_foretold_has_no_message_id() -> None:
    message = submission_message(DATA, HALL, OFFICE, ID, TIME)
    bare = foretellable(message)
    assert bare.headers == {
        name: value for name, value in message.headers.items() if name.startswith(("ce-", "content"))
    }
    assert (bare.subject, bare.body) == (message.subject, message.body)


def test_what_is_left_out_of_a_subject_stands_for_any() -> None:
    assert submission_subject() == "submit.*.*.*"
    assert submission_subject("inspection") == "submit.inspection.*.*"
    assert submission_subject(submitter=HALL) == f"submit.*.*.{HALL}"
