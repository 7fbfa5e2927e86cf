"""What the pages for operators say: dead letters and the running condition."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.feedback.operations import condition, condition_parts, letters
from services.feedback.operations.backups import Backup
from shared.asks.photos import PhotosWaiting
from shared.bus.streams import CONSUMERS, DEAD, FACTS, STREAMS, SUBSCRIPTIONS, Stream
from shared.pipeline.dead_letters import LetterState

LETTER: dict[str, Any] = {
    "id": "7",
    "service": "inspection",
    "reason": "unreadable",
    "why": "ce-id is missing",
    "why_zh": "缺少“报送编号”",
    "submitter": "150424100202",
    "subject": "submit.inspection.log-inspection.150424100202",
    "received": "2018-03-05T06:05:00+00:00",
    "may_be_driven": True,
    "state": "waiting",
    "driven": None,
    "closed": None,
    "again": None,
    "failed_again_as": None,
}
DRIVEN = {**LETTER, "state": "driven", "driven": "2018-03-05T06:06:00+00:00"}


def test_a_dead_letter_reads_in_the_countys_time_and_with_the_submitters_name() -> None:
    line = letters.line(LETTER, {"150424100202": "冬不冷村"})
    assert line.time == "2018年3月5日 14:05"
    assert line.submitter == "冬不冷村"
    assert line.again_url == "/feedback/dead-letters/7/again"


def test_a_letter_that_failed_again_says_where_it_went_on_and_the_new_one_where_it_came_from() -> None:
    before = letters.line({**DRIVEN, "failed_again_as": "9"}, {})
    after = letters.line({**LETTER, "id": "9", "again": "7"}, {})
    assert (before.state.word, before.waits, after.waits) == ("已再办，仍未成功", False, True)
    assert before.since == ("2018年3月5日 14:06再办。仍未成功，见第9号。",)
    assert after.since == ("第7号再办后仍未成功，转为本件。",)


def test_a_closed_letter_says_who_closed_it_when_and_why() -> None:
    closed = {"by": "150424", "reason": "已通知更正", "at": "2018-03-05T06:07:00+00:00"}
    line = letters.line({**LETTER, "state": "closed", "closed": closed}, {"150424": "林西县"})
    assert (line.state.word, line.waits, line.may_be_driven) == ("已归档", False, True)
    assert line.since == ("2018年3月5日 14:07由林西县归档，原因：已通知更正",)


def test_each_list_says_how_many_letters_are_in_it() -> None:
    shown = letters.choices({"waiting": 2, "closed": 1000, "driven": 0}, LetterState.CLOSED)
    assert [(one.name, one.current) for one in shown] == [
        ("待处理 2", False),
        ("已归档 1,000", True),
        ("已再办 0", False),
    ]


def test_a_reason_never_shows_an_empty_place_of_its_sentence() -> None:
    for slug in ("service-error", "unreadable", "id-reused", "unknown-organisation", "never-heard-of"):
        assert letters.reason(slug)
        assert "{" not in letters.reason(slug)


def test_after_the_button_was_pressed_it_is_said_what_is_so() -> None:
    again = {**DRIVEN, "failed_again_as": "9"}
    said = [letters.after_driving(7, letter) for letter in (DRIVEN, again, LETTER, None)]
    assert [(one.word, one.level) for one in said] == [
        ("第7号报送已再办", "good"),
        ("第7号报送已再办，仍未成功", "bad"),
        ("第7号报送尚未再办", "bad"),
        ("没有第7号报送", "bad"),
    ]
    assert said[0].reasons[0].startswith("2018年3月5日 14:06再办。")


def test_a_consumer_with_nothing_to_do_is_in_order() -> None:
    part = condition_parts.consumer(SUBSCRIPTIONS[0], {"num_pending": 0, "num_ack_pending": 0})
    assert part.state is condition_parts.GOOD


def test_a_backlog_is_work_under_way_and_not_a_fault() -> None:
    part = condition_parts.consumer(SUBSCRIPTIONS[0], {"num_pending": 12_000, "num_ack_pending": 500})
    assert part.state.level == "warn"
    assert part.numbers == ("12,000", "500")


def test_each_consumer_is_called_by_what_it_does() -> None:
    named = [condition_parts.consumer(of, None).name for of in CONSUMERS]
    assert len(set(named)) == len(named)
    assert named[-2:] == ["站点巡查：接收照片", "轮值与联席会议：保存审计记录"]


def test_photos_that_wait_to_be_looked_at_are_work_and_a_fault_once_one_waits_for_half_an_hour() -> None:
    now = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)
    waits = [PhotosWaiting(waiting=0), PhotosWaiting(waiting=1_200, since=now - timedelta(minutes=10))]
    waits.append(PhotosWaiting(waiting=2, since=now - timedelta(minutes=31)))
    parts = [condition_parts.photos(one, now) for one in waits]
    assert [(part.state.level, part.numbers[0]) for part in parts] == [("good", "0"), ("warn", "1,200"), ("bad", "2")]
    assert [part.advice.split("。")[0] for part in parts[1:]] == ["最早一张已等待10分钟", "最早一张已等待31分钟"]


def test_the_newest_backup_is_shown_with_its_size_and_one_of_the_night_before_the_last_wants_somebody() -> None:
    now = datetime(2027, 3, 2, 8, tzinfo=UTC)
    fresh = Backup(id="newest", moment=now - timedelta(hours=6), size=40_000_000, place="/mnt/backups/one.age")
    old = Backup(id="newest", moment=now - timedelta(hours=27))
    parts = [condition_parts.saved(one, now) for one in (fresh, old, None)]
    assert [(part.state.level, part.state.word) for part in parts] == [
        ("good", "正常"),
        ("warn", "过期"),
        ("", "尚未备份"),
    ]
    assert (parts[0].numbers, "/mnt/backups/one.age" in parts[0].detail) == (("38.1 MB",), True)
    assert parts[0].advice == "2027年3月2日 10:00备份，无须处理。"
    assert parts[1].advice.startswith("已有27小时没有备份。")
    said = [condition.condition((part,), (), (), (), "").sentence for part in parts]
    assert said == ["各部分运行正常，无须处理。", "各部分运行正常；数据备份等待办理。", "各部分运行正常，无须处理。"]


def test_up_to_when_parts_reach_is_shown_and_one_that_has_stopped_wants_somebody() -> None:
    now = datetime(2027, 3, 2, 8, tzinfo=UTC)
    reached = [Backup(id="reach", moment=now - timedelta(minutes=n)) for n in (1, 16)]
    (fresh,), (stopped,) = (condition_parts.followed_on(one, now) for one in reached)
    assert (fresh.state.word, fresh.advice) == ("正常", "已备份到2027年3月2日 15:59，无须处理。")
    assert (stopped.state.word, stopped.advice.split("，")[0]) == ("过期", "已停16分钟")
    assert condition_parts.followed_on(None, now) == ()


def test_what_only_an_administrator_can_use_is_no_advice() -> None:
    away = [
        *condition_parts.servers({"bus": False, "database": False}),
        *(condition_parts.consumer(of, None) for of in CONSUMERS),
    ]
    away += [condition_parts.stream(of, None) for of in STREAMS]
    away.append(condition_parts.photos(None, datetime.now(UTC)))
    for part in away:
        assert "请联系系统管理员" in part.advice
        assert not any(word in part.advice for word in ("make run", "nats", "mongod", ".py", "总线", "队列", "数据流"))


def _stream(of: Stream, kept: int, waiting: int = 0) -> condition_parts.Part:
    info = {"state": {"messages": 3, "bytes": kept}, "config": {"max_bytes": of.max_bytes}}
    return condition_parts.stream(of, info, waiting)


def test_a_stream_at_seventy_percent_asks_for_room() -> None:
    assert _stream(FACTS, int(FACTS.max_bytes * 0.69)).state.level == "good"
    assert _stream(FACTS, int(FACTS.max_bytes * 0.71)).state.level == "bad"


def test_dead_letters_ask_for_a_look() -> None:
    assert (_stream(DEAD, 100, waiting=1).state.word, _stream(DEAD, 100).state.level) == ("1件待处理", "good")
    assert _stream(FACTS, 100, waiting=1).state.level == "good"


def test_what_waits_for_a_person_is_not_said_to_need_nobody() -> None:
    said = [condition.condition((), (), (_stream(DEAD, 100, waiting=n),), (), "").sentence for n in (0, 1)]
    assert said == ["各部分运行正常，无须处理。", "各部分运行正常；待人工处理的报送等待办理。"]


def test_a_bus_that_is_away_is_named_alone_for_it_explains_the_rest() -> None:
    around = condition_parts.servers({"bus": False, "database": True})
    consumers = tuple(condition_parts.consumer(of, None) for of in SUBSCRIPTIONS)
    seen = condition.condition(around, consumers, (), (), "")
    assert seen.overall.level == "bad"
    assert seen.sentence == "以下部分需要处理：系统连接。"


def test_a_month_that_differs_from_its_facts_is_a_fault() -> None:
    parts = condition_parts.check({"2018-02": 0, "2018-03": 2})
    assert [(part.name, part.state.level) for part in parts] == [("2018年3月", "bad"), ("2018年2月", "good")]


def test_a_check_without_a_database_says_that_it_could_not_be_made() -> None:
    assert condition_parts.check(None)[0].state is condition_parts.UNKNOWN
