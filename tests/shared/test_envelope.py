"""Reading never raises: what is no event comes back as Unreadable, with its reason and, when readable, its id."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.events import Event, Submission, Unreadable, read_fact, read_submission, submission_headers
from shared.events.envelope import BROKEN, MAX_ACTOR, MAX_REASON
from shared.events.inspection import LogInspection
from shared.events.text import in_one_line
from shared.events.vocabulary import PatrolKind

STATION = "150424100202"
ID = "0161f3b7-1f00-7ea0-b0ab-582a07e3d956"
SUBJECT = f"submit.inspection.log-inspection.{STATION}"
BODY = b'{"patrol": "station", "score": 9550}'
TIME = datetime(2018, 3, 5, 1, 12, tzinfo=UTC)
DATA = LogInspection(patrol=PatrolKind.STATION, score=9550)


def headers(actor: str | None = "", **other: str | None) -> dict[str, str]:
    """A good submission's headers; `ce_id=None` leaves one out, `ce_id="7"` replaces it."""
    given = submission_headers(ID, DATA, STATION, STATION, TIME, actor or "")
    named = {name.replace("_", "-"): value for name, value in other.items()}
    return {name: value for name, value in {**given, **named}.items() if value is not None}


def unreadable(no: Event[Submission] | Unreadable) -> Unreadable:
    assert isinstance(no, Unreadable), no
    assert 0 < len(no.reason) <= MAX_REASON
    assert no.submitter == STATION
    return no


def test_a_good_submission_is_read() -> None:
    event = read_submission(SUBJECT, headers(), BODY)
    assert isinstance(event, Event)
    assert (event.key, event.data, event.time) == (f"{STATION}/{ID}", DATA, TIME)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"ce_id": None}, "ce-id is missing"),
        ({"ce_id": ID.upper()}, "ce-id is not a lower-case UUID"),
        ({"ce_id": ID + "\n"}, "ce-id is not a lower-case UUID"),
        ({"ce_id": "7"}, "ce-id is not a lower-case UUID"),
    ],
)
def test_without_a_readable_id_nobody_can_be_answered(given: dict[str, str | None], reason: str) -> None:
    no = unreadable(read_submission(SUBJECT, headers(**given), BODY))
    assert (no.reason, no.id, no.key) == (reason, "", "")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"ce_specversion": "0.3"}, "ce-specversion is not 1.0"),
        ({"ce_specversion": None}, "ce-specversion is not 1.0"),
        ({"ce_type": None}, "ce-type is missing"),
        ({"ce_type": "log inspection"}, "ce-type is not the name of a type"),
        ({"ce_type": "open-case"}, "ce-type is not log-inspection"),
        ({"ce_source": "150424100203"}, f"ce-source is not {STATION}"),
        ({"ce_subject": None}, "ce-subject is missing"),
        ({"ce_subject": "冬不冷村"}, "ce-subject is not an organisation's code"),
        ({"ce_subject": STATION + "\n"}, "ce-subject is not an organisation's code"),
        ({"ce_time": None}, "ce-time is missing"),
        ({"ce_time": "2018-03-05T09:12:00"}, "ce-time is not RFC 3339"),
        ({"ce_time": "2018-03-05T09:12+08:00"}, "ce-time is not RFC 3339"),
        ({"ce_time": "2018-W10-1T09:12:00+08:00"}, "ce-time is not RFC 3339"),
        ({"ce_time": "0001-01-01T00:00:00+08:00"}, "ce-time is not RFC 3339"),
        ({"ce_time": "9999-12-31T23:59:59-08:00"}, "ce-time is not RFC 3339"),
        ({"ce_time": "2018-02-30T09:12:00+08:00"}, "ce-time is no time"),
        ({"ce_time": "2018-03-05T09:12:00+24:00"}, "ce-time is no time"),
        ({"ce_actor": "%E5%88%98" * (MAX_ACTOR + 1)}, "ce-actor is longer than"),
    ],
)
def test_a_wrong_header_is_told_under_the_id(given: dict[str, str | None], reason: str) -> None:
    no = unreadable(read_submission(SUBJECT, headers(**given), BODY))
    assert no.reason.startswith(reason)
    assert no.key == f"{STATION}/{ID}"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "body: Invalid JSON"),
        (b"not JSON", "body: Invalid JSON"),
        (b'{"patrol": "station", "score": 9550}}', "body: Invalid JSON"),
        (b'{"patrol": "station", "score": 1, "note": "\xff"}', "body: Invalid JSON"),
        (b"null", "body: "),
        (b"[]", "body: "),
        (b"[" * 60_000, "body: Invalid JSON"),
        (b'{"score":' * 7_000, "body: Invalid JSON"),
        (b'{"patrol": "station", "score": NaN}', "score: "),
        (b'{"patrol": "station", "score": Infinity}', "score: "),
        (b'{"patrol": "station", "score": %d}' % 2**70, "score: "),
        (b'{"patrol": "station", "score": %s}' % (b"9" * 60_000), "body: Invalid JSON"),
        (b'{"patrol": "station", "score": -1}', "score: "),
        (b'{"patrol": "station", "score": "9550"}', "score: "),
        (b'{"patrol": "station", "score": true}', "score: "),
        (b'{"patrol": "station"}', "score: Field required"),
        (b'{"patrol": "hall", "score": 9550}', "patrol: "),
        (b'{"patrol": "station", "score": 9550, "drone": 3}', "drone: Extra inputs"),
        (b'{"patrol": "station", "score": 9550, "%s": 3}' % (b"x" * 60_000), "xxx"),
    ],
)
def test_a_wrong_body_is_told_under_the_id(body: bytes, reason: str) -> None:
    no = unreadable(read_submission(SUBJECT, headers(), body))
    assert no.reason.startswith(reason)
    assert no.key == f"{STATION}/{ID}"


@pytest.mark.parametrize("subject", ["", "submit", "submit.inspection.log-inspection", f"{SUBJECT}.x", "a.b.c.d"])
def test_a_subject_of_nobody_is_answered_to_nobody(subject: str) -> None:
    no = read_submission(subject, headers(), BODY)
    assert isinstance(no, Unreadable)
    assert no.key == ""


def test_a_type_that_the_service_does_not_know_is_read_but_not_its_body() -> None:
    event = read_submission(f"submit.roster.log-inspection.{STATION}", headers(), b"whatever")
    assert isinstance(event, Event)
    assert not isinstance(event.data, Submission)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters=BROKEN), max_size=MAX_ACTOR // 4))
@example("王秀兰")
@example('刘 "站长" 100%\r\n')
def test_an_actor_survives_the_header(actor: str) -> None:
    carried = headers(actor)
    event = read_submission(SUBJECT, carried, BODY)
    assert isinstance(event, Event)
    assert event.actor == in_one_line(actor)
    assert all("!" <= character <= "~" for character in carried.get("ce-actor", ""))


tokens = st.one_of(
    st.sampled_from(["submit", "fact", "inspection", *Submission.registry, STATION]), st.text(max_size=9)
)
subjects = st.one_of(st.just(SUBJECT), st.text(), st.lists(tokens, min_size=2, max_size=5).map(".".join))
bodies = st.one_of(st.binary(), st.just(BODY), st.from_regex(rb'\{"(patrol|score|findings)": [\x00-\x7f]{0,9}\}'))
some_headers = st.one_of(
    st.none(),
    st.dictionaries(st.text(), st.text()),
    st.dictionaries(st.sampled_from(sorted(headers("x"))), st.text(), max_size=2).map(
        lambda odd: {**headers("x"), **odd}
    ),
    st.builds(lambda time: headers(ce_time=time), st.datetimes(timezones=st.timezones()).map(datetime.isoformat)),
)


@settings(deadline=None)
@given(subjects, some_headers, bodies)
def test_reading_never_raises(subject: str, given: dict[str, str] | None, body: bytes) -> None:
    for read in (read_submission, read_fact):
        found = read(subject, given, body)
        assert isinstance(found, Event | Unreadable)
        if isinstance(found, Event):
            assert found.digest
            assert found.time.astimezone(UTC).year
