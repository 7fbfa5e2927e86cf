"""The year is the same every time, in the order of time, and readable by the contract."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from deploy.linxi.county import COUNTY
from deploy.linxi.year.days import FIRST, LAST, MESSAGES, SEED, Step, founding, peopling, year
from deploy.linxi.year.feedback.documents import LATEST, opinions_given
from shared.calendar import china_day, due_after, is_working_day, working_days_between
from shared.events import Event, read_submission
from shared.events.documents import ABOVE_FINDINGS, ReceiveReport
from shared.events.inspection import (
    LogInspection,
    ReopenRectification,
    SendBackRectification,
    SubmitRectification,
    VerifyRectification,
)
from shared.events.outgoing import Outgoing
from tests.linxi.conftest import SEAL

TICKS = {"close-day", "mark-overdue", "mark-unanswered", "close-period", "rotate-duty", "mark-documents-overdue"}


def digest(steps: list[Step]) -> str:
    """Of every byte that is sent, in order."""
    whole = hashlib.sha256()
    for step in steps:
        whole.update(f"{step.day} {step.ticks} {step.settles}".encode())
        for message in (*step.messages, *step.repeats):
            whole.update(repr((message.subject, sorted(message.headers.items()))).encode() + message.body)
    return whole.hexdigest()


def kind(message: Outgoing) -> str:
    return message.subject.split(".")[2]


def happened(message: Outgoing) -> datetime:
    return datetime.fromisoformat(message.headers["ce-time"])


@pytest.fixture(scope="session")
def inspections(steps: list[Step]) -> list[tuple[date, Outgoing]]:
    """Every daily patrol with the day on which it arrives."""
    return [(day, message) for day, message in logged(steps) if b'"plan":null' in message.body]


def logged(steps: list[Step]) -> list[tuple[date, Outgoing]]:
    return [(step.day, message) for step in steps for message in step.messages if kind(message) == "log-inspection"]


def test_the_same_seed_makes_the_same_bytes(steps: list[Step]) -> None:
    assert digest([founding(), peopling(SEAL), *year(seal=SEAL)]) == digest(steps)


def test_another_seed_makes_another_year(steps: list[Step]) -> None:
    assert digest([founding(7), peopling(SEAL, 7), *year(7, SEAL)]) != digest(steps)


def test_the_number_of_messages_is_known_beforehand(steps: list[Step]) -> None:
    assert sum(len(step.messages) + len(step.repeats) for step in steps) == MESSAGES


def test_every_station_and_window_is_patrolled_once_on_each_of_250_working_days(
    inspections: list[tuple[date, Outgoing]],
) -> None:
    patrolled = Counter((message.headers["ce-subject"], china_day(happened(message))) for _, message in inspections)
    assert len(patrolled) == len(inspections) == 34_500
    assert len({organisation for organisation, _ in patrolled}) == 138
    assert len({day for _, day in patrolled}) == 250
    assert all(is_working_day(day) and day.year == 2018 for _, day in patrolled)


def test_patrols_happen_between_half_past_eight_and_half_past_five(inspections: list[tuple[date, Outgoing]]) -> None:
    clocks = [f"{happened(message):%H:%M}" for _, message in inspections]
    assert min(clocks) >= "08:30"
    assert max(clocks) < "17:30"


def test_some_patrols_arrive_days_late_over_a_months_end_but_never_after_the_year(
    inspections: list[tuple[date, Outgoing]],
) -> None:
    late = [(day, china_day(happened(message))) for day, message in inspections if day != china_day(happened(message))]
    assert 100 < len(late) < 250
    assert all(timedelta(days=1) <= arrived - then <= timedelta(days=6) for arrived, then in late)
    assert any(arrived.month != then.month for arrived, then in late)
    assert max(arrived for arrived, _ in late) <= LAST


def test_about_four_in_a_hundred_patrols_find_something(inspections: list[tuple[date, Outgoing]]) -> None:
    found = sum(b'"findings":[]' not in message.body for _, message in inspections)
    assert 0.03 < found / len(inspections) < 0.05


def test_facilities_are_checked_weekly_and_a_campaign_once_and_few_are_left_out(steps: list[Step]) -> None:
    checks = [read(message).data for _, message in logged(steps) if b'"plan":null' not in message.body]
    by_plan = Counter(check.plan for check in checks)
    assert 46 <= by_plan["facilities-weekly"] <= 51
    assert 126 <= by_plan["winter-fire-safety-2018"] < 138
    assert set(by_plan) == {"facilities-weekly", "winter-fire-safety-2018", "stations-weekly"}
    assert all(check.checked is not None for check in checks)


def test_townships_patrol_each_of_their_villages_weekly_and_few_are_left_out(steps: list[Step]) -> None:
    weekly = [event for _, message in logged(steps) if (event := read(message)).data.plan == "stations-weekly"]
    weeks = Counter((event.organisation, event.day.isocalendar()[:2]) for event in weekly)
    assert set(weeks.values()) == {1}
    assert len({event.organisation for event in weekly}) == 104
    due = 104 * len({week for _, week in weeks})
    assert 0.98 < len(weekly) / due < 1
    late = sum(event.day.isoweekday() > 4 and is_working_day(event.day) for event in weekly) / len(weekly)
    assert 0.005 < late < 0.06
    assert all(event.submitter == event.organisation[:9] and not event.data.findings for event in weekly)


def test_findings_are_submitted_after_they_arrived_most_of_them_in_time(steps: list[Step]) -> None:
    arrived: dict[str, date] = {}
    in_time: dict[str, bool] = {}
    deadlines: dict[str, date] = {}
    for step in steps:
        for event in map(read, step.messages):
            if isinstance(event.data, LogInspection):
                for n, finding in enumerate(event.data.findings):
                    arrived[f"{event.id}/{n}"] = step.day
                    deadlines[f"{event.id}/{n}"] = due_after(event.day, finding.rectify_within).day
            if isinstance(event.data, SubmitRectification) and not is_of_document(event.data.rectification):
                assert arrived[event.data.rectification] < step.day
                in_time.setdefault(event.data.rectification, step.day <= deadlines[event.data.rectification])
    counted = Counter(in_time.values())
    assert 0.80 < counted[True] / len(deadlines) < 0.90
    assert 0.07 < counted[False] / len(deadlines) < 0.13
    assert counted.total() < len(deadlines)


def is_of_document(rectification: str) -> bool:
    return int(rectification.rpartition("/")[2]) > ABOVE_FINDINGS


def test_an_opinion_of_each_document_is_put_right_and_seen_done_and_some_are_late(steps: list[Step]) -> None:
    received: dict[str, Event[Any]] = {}
    submitted: dict[str, date] = {}
    judged = Counter[str]()
    for event in (read(message) for step in steps for message in step.messages):
        match event.data:
            case ReceiveReport():
                received[f"{event.id}/{ABOVE_FINDINGS + 1}"] = event
            case SubmitRectification(rectification=one) if is_of_document(one):
                assert received[one].day < event.day
                submitted[one] = event.day
            case VerifyRectification(rectification=one) | SendBackRectification(rectification=one):
                if is_of_document(one):
                    judged[event.type] += 1
                    assert (event.submitter, submitted[one] < event.day) == (COUNTY, True)
    given = opinions_given(SEED)
    assert len(submitted) == len(given) == 15
    assert judged["verify-rectification"] == 14, "that of the year's own document waits for its verifier at the end"
    assert 1 <= judged["send-back-rectification"] <= 5
    late = [one for one, day in submitted.items() if day > given[received[one].data.report]]
    assert 1 <= len(late) <= 5


def test_work_is_judged_by_somebody_above_within_days_and_some_is_sent_back_or_reopened(steps: list[Step]) -> None:
    submitted: dict[str, datetime] = {}
    judged = Counter[str]()
    for step in steps:
        for event in map(read, step.messages):
            match event.data:
                case SubmitRectification(rectification=one):
                    submitted[one] = event.time
                case VerifyRectification(rectification=one) | SendBackRectification(rectification=one):
                    judged[event.type] += 1
                    assert event.submitter != event.organisation
                    assert timedelta() < event.time - submitted[one]
                    assert working_days_between(china_day(submitted[one]), event.day) <= 2
                case ReopenRectification():
                    judged[event.type] += 1
    assert 0.05 < judged["send-back-rectification"] / judged.total() < 0.11
    assert 10 < judged["reopen-rectification"] < 60


def test_every_message_is_read_by_the_contract(steps: list[Step]) -> None:
    for step in steps:
        for message in step.messages:
            event = read(message)
            assert event.data is not None
            assert event.data.type == event.type
            assert FIRST <= event.day <= LATEST


def read(message: Outgoing) -> Event:  # type: ignore[type-arg]
    event = read_submission(message.subject, message.headers, message.body)
    assert isinstance(event, Event), event
    return event


def test_ids_are_distinct_and_made_when_it_happened(steps: list[Step]) -> None:
    messages = [message for step in steps for message in step.messages]
    assert len({message.headers["Nats-Msg-Id"] for message in messages}) == len(messages)
    assert len({message.headers["ce-id"] for message in messages}) == len(messages)
    for message in messages:
        made = UUID(message.headers["ce-id"])
        assert made.variant == "specified in RFC 4122"
        assert made.version == (5 if kind(message) in TICKS else 7)
        if made.version == 7:
            assert abs((made.int >> 80) - happened(message).timestamp() * 1000) <= 1


def test_ids_of_a_day_are_nearly_in_order(steps: list[Step]) -> None:
    ids = [message.headers["ce-id"] for step in steps for message in step.messages if not step.ticks]
    ordered = sum(before < after for before, after in pairwise(ids))
    assert ordered / len(ids) > 0.98


def test_a_repeat_is_the_same_bytes_sent_again_later(steps: list[Step]) -> None:
    sent: dict[str, Outgoing] = {}
    repeats = Counter[str]()
    for step in steps:
        sent |= {message.headers["Nats-Msg-Id"]: message for message in step.messages}
        for message in step.repeats:
            assert sent[message.headers["Nats-Msg-Id"]] == message
            repeats[kind(message)] += 1
    assert 280 < repeats["log-inspection"] < 420
    assert repeats["close-day"] > 0


def test_some_repeats_come_days_after_their_original(steps: list[Step]) -> None:
    first_day: dict[str, date] = {}
    gaps = set()
    for step in steps:
        for message in step.messages:
            first_day[message.headers["Nats-Msg-Id"]] = step.day
        gaps |= {(step.day - first_day[message.headers["Nats-Msg-Id"]]).days for message in step.repeats}
    assert {0, 1, 6} <= gaps


def test_days_follow_one_another_and_arrivals_are_in_order(steps: list[Step]) -> None:
    assert [step.day for step in steps] == sorted(step.day for step in steps)
    for step in steps:
        on_time = [happened(m) for m in step.messages if not step.ticks and china_day(happened(m)) == step.day]
        assert on_time == sorted(on_time)


def test_a_day_is_closed_after_everything_before_it_is_decided(steps: list[Step]) -> None:
    for before, step in pairwise(steps):
        closes = {kind(message) for message in step.messages}
        if "close-day" in closes:
            assert before.day == step.day
            assert before.settles
        if "close-period" in closes:
            assert before.settles
            assert step.settles


def test_ticks_are_due_at_midnight_in_the_order_month_quarter_year(steps: list[Step]) -> None:
    ticks = [message for step in steps for message in step.messages if step.ticks]
    assert Counter(map(kind, ticks)) == {
        "close-day": 250,
        "mark-overdue": 250,
        "mark-unanswered": 250,
        "close-period": 17,
        "mark-documents-overdue": 263,
        "rotate-duty": 4,
    }
    assert all(message.headers["ce-time"].endswith("T00:00:00+08:00") for message in ticks)
    periods = [read(message).data.period for message in ticks if kind(message) == "close-period"]
    assert periods[2:4] == ["2018-03", "2018-Q1"]
    assert periods[-3:] == ["2018-12", "2018-Q4", "2018"]
