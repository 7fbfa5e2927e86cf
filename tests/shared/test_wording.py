"""What people read in a refusal: the county's words, names and Chinese days; no codes, no English, no other words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from shared.calendar import CHINA
from shared.events.refusals import REFUSALS, WORDS, reason
from shared.events.refusals.sentences import InBoth
from shared.services import SERVICES
from tests.shared.test_verdicts import details_of

LATIN = frozenset(
    {
        "JPEG",
        "PNG",
        "MB",
        "PDF",
        "HTML",
        "DOCX",
        "XLSX",
        "JSON",
        "CSV",
        "UTF-8",
        "GBK",
        "ANSI",
        "HEIC",
        "WebP",
        "AVIF",
        "GIF",
        "BMP",
        "TIFF",
    }
)
"""What people write so too."""
FORBIDDEN = (
    "死信|总线|数据流|队列|心跳|消息|组织机构代码|访问令牌|兆字节|严重|整改时限|跑动|静默|重开|不予受理|"
    "你单位|编号重新|新编号|新的编号|金点子银点子|事实|站点静默|县域总览|0个工作日|第[^一-鿿]*轮[^值]|发送"
)
NAMES = {"150424-D15": "不动产登记中心", "150424100202": "冬不冷村"}
AT = datetime(2026, 12, 5, 10, 30, tzinfo=CHINA)
DETAILS = {
    "organisation": "150424-D15",
    "submitter": "150424100202",
    "parent": "150424-D15",
    "code": "150424100202",
    "period": "2026-Q4",
    "quarter": "2026-Q4",
    "turn": "2027-1",
    "other_turn": "2027-2",
    **dict.fromkeys(("patroller", "successor", "ended", "below"), "150424100202"),
    "day": date(2026, 12, 5),
    "start": date(2018, 1, 1),
    "due": date(2026, 12, 5),
    "done": date(2026, 12, 5),
    "opened": date(2026, 12, 5),
    "expires": date(2026, 12, 5),
    "valid_from": date(2026, 12, 5),
    "effective_from": date(2026, 12, 5),
    "time": AT,
    "type": "log-inspection",
    "service": "inspection",
    "matter": "complaint",
    "kind": "village",
    "patrol": "window",
    "rhythm": "weekly",
    "role": "department-head",
    "award": InBoth("道德模范", "moral-model"),
    "entry": InBoth("道德模范", "moral-model"),
    "choices": InBoth("劳动模范、道德模范", "model-worker, moral-model"),
    "catalogue": "award",
    "title": "提速增效",
    "item": "灭火器过期",
    "why": InBoth("缺少“得分”", "score: Field required"),
    "score": InBoth("98", "9800"),
    "computed": InBoth("97.5", "9750"),
    **dict.fromkeys(("minutes", "days", "count", "version", "expected", "needed", "lowest"), 3),
    **dict.fromkeys(("megabytes", "megapixels"), 5),
}
"""Of details that a Chinese sentence says otherwise than they are, one as rules give it."""
KEYS = frozenset(
    {"case", "certificate", "checklist", "device", "id", "incident", "inspection", "issue", "lesson", "list", "number"}
    | {"person", "plan", "process", "rectification", "reinspection", "submission"}
)
"""Details that are keys: they stand in English alone, in Chinese the title that belongs to them."""


def faults_of(sentence: str) -> list[str]:
    """What nobody in an office should read."""
    latin = [word for word in re.findall(r"[A-Za-z][A-Za-z0-9-]*", sentence) if word not in LATIN]
    days = re.findall(r"\d{4}-(?:\d|Q)", sentence)
    return [*latin, *days, *re.findall(r"\d{6,}", sentence), *re.findall(FORBIDDEN, sentence)]


@pytest.mark.parametrize("slug", REFUSALS)
def test_a_reason_reads_as_an_office_speaks(slug: str) -> None:
    details = {name: DETAILS.get(name, "某") for name in details_of("".join(REFUSALS[slug]))}
    assert details_of(REFUSALS[slug][0]) & KEYS == set()
    zh = reason(slug, lambda code: NAMES.get(code, code), **details)["zh"]
    assert faults_of(zh) == [], zh


def test_the_check_finds_what_nobody_should_read() -> None:
    bad = [
        "150424-D15无权",
        "2026-12-05不在",
        "log-inspection",
        "2026-Q4尚未结束",
        "请以新编号重新报送",
        "第2027-1轮的",
    ]
    assert [sentence for sentence in bad if not faults_of(sentence)] == []
    assert faults_of("冬不冷村2026年12月5日的照片超过5MB，请另存为JPEG。") == []


def test_a_program_reads_codes_and_days_as_it_sent_them() -> None:
    en = reason("outside-the-turn", turn="2027-1", day=date(2026, 12, 5))["en"]
    assert "turn 2027-1" in en
    assert "2026-12-05" in en


def test_a_person_reads_names_days_periods_and_turns() -> None:
    def zh(slug: str, **details: object) -> str:
        return reason(slug, lambda code: NAMES.get(code, code), **details)["zh"]

    assert zh("outside-subtree", submitter="150424-D15", organisation="150424100202").startswith(
        "不动产登记中心无权代冬不冷村报送"
    )
    assert zh("outside-the-turn", turn="2027-1", day=date(2026, 12, 5)).startswith("2026年12月5日不在2027年第1期轮值")
    assert zh("quarter-not-over", quarter="2026-Q4").startswith("2026年第四季度尚未结束")
    assert zh("period-not-over", period="2026").startswith("2026年度尚未结束")
    assert zh("committee-only", type="plan-turn").startswith("“轮值安排”")
    assert zh("date-ahead", time=AT, received=AT - timedelta(hours=18)) == (
        "发生时间填写为2026年12月5日 10:30，收到时是2026年12月4日 16:30，请核对日期和时间后再报一次。"
    )


def test_what_nobody_has_a_word_for_is_not_said_as_it_is() -> None:
    zh = reason("unknown-type", type="swap-turns", service="roster")["zh"]
    assert zh == "“轮值与联席会议”不办理这一类报送，请核对报送类型和受理栏目。"


def test_services_and_all_their_words_are_called_in_chinese() -> None:
    assert set(WORDS["service"]) == set(SERVICES)
    assert [word for words in WORDS.values() for word in words.values() if faults_of(word)] == []
