"""What the pages for operators say: dead letters and the running condition."""

from __future__ import annotations

from typing import Any

from services.feedback.operations import condition, letters
from shared.bus.streams import DEAD, FACTS, SUBSCRIPTIONS, Stream

LETTER: dict[str, Any] = {
    "id": "7",
    "service": "inspection",
    "reason": "unreadable",
    "why": "ce-id is missing",
    "submitter": "150424100202",
    "subject": "submit.inspection.log-inspection.150424100202",
    "received": "2018-03-05T06:05:00+00:00",
    "driven": None,
}


def test_a_dead_letter_reads_in_the_countys_time_and_with_the_submitters_name() -> None:
    line = letters.line(LETTER, {"150424100202": "冬不冷村"})
    assert line.time == "2018年3月5日 14:05"
    assert line.submitter == "冬不冷村"
    assert line.again_url == "/feedback/dead-letters/7/again"


def test_letters_that_wait_come_before_those_driven_again() -> None:
    driven = {**LETTER, "id": "9", "driven": "2018-03-05T06:06:00+00:00"}
    shown = letters.lines([LETTER, {**LETTER, "id": "8"}, driven], {})
    assert [line.sequence for line in shown] == ["8", "7", "9"]


def test_a_reason_never_shows_an_empty_place_of_its_sentence() -> None:
    for slug in ("service-error", "unreadable", "id-reused", "unknown-organisation", "never-heard-of"):
        assert letters.reason(slug)
        assert "{" not in letters.reason(slug)


def test_after_the_button_was_pressed_it_is_said_what_is_so() -> None:
    driven = {**LETTER, "driven": "2018-03-05T06:06:00+00:00"}
    said = [letters.after_driving(7, letter) for letter in (driven, LETTER, None)]
    assert [(one.word, one.level) for one in said] == [
        ("第7号死信已重新办理", "good"),
        ("第7号死信尚未重新办理", "bad"),
        ("没有第7号死信", "bad"),
    ]
    assert said[0].reasons[0].startswith("2018年3月5日 14:06重新办理。")


def test_a_consumer_with_nothing_to_do_is_in_order() -> None:
    part = condition.consumer(SUBSCRIPTIONS[0], {"num_pending": 0, "num_ack_pending": 0})
    assert part.state is condition.GOOD


def test_a_backlog_is_work_under_way_and_not_a_fault() -> None:
    part = condition.consumer(SUBSCRIPTIONS[0], {"num_pending": 12_000, "num_ack_pending": 500})
    assert part.state.level == "warn"
    assert part.numbers == ("12,000", "500")


def _stream(of: Stream, kept: int, messages: int = 1) -> condition.Part:
    info = {"state": {"messages": messages, "bytes": kept}, "config": {"max_bytes": of.max_bytes}}
    return condition.stream(of, info)


def test_a_stream_at_seventy_percent_asks_for_room() -> None:
    assert _stream(FACTS, int(FACTS.max_bytes * 0.69)).state.level == "good"
    assert _stream(FACTS, int(FACTS.max_bytes * 0.71)).state.level == "bad"


def test_dead_letters_ask_for_a_look() -> None:
    assert _stream(DEAD, 100, messages=1).state.level == "warn"
    assert _stream(DEAD, 0, messages=0).state.level == "good"


def test_a_bus_that_is_away_is_named_alone_for_it_explains_the_rest() -> None:
    around = condition.servers({"bus": False, "database": True})
    consumers = tuple(condition.consumer(of, None) for of in SUBSCRIPTIONS)
    seen = condition.condition(around, consumers, (), (), "")
    assert seen.overall.level == "bad"
    assert seen.sentence == "以下部分需要处理：消息总线。"


def test_a_month_that_differs_from_its_facts_is_a_fault() -> None:
    parts = condition.check({"2018-02": 0, "2018-03": 2})
    assert [(part.name, part.state.level) for part in parts] == [("2018年3月", "bad"), ("2018年2月", "good")]


def test_a_check_without_a_database_says_that_it_could_not_be_made() -> None:
    assert condition.check(None)[0].state is condition.UNKNOWN
