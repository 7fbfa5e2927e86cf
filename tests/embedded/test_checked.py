"""What `lianban check` says of what services say, and what stands on a station's slip: pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pdfplumber
import pytest

from deploy.commands.check import of_county, of_services
from deploy.commands.looked import Looked
from deploy.commands.sheet import KIND, is_printable, pdf
from deploy.commands.slips import Invited, slip
from deploy.commands.unnamed import unnamed
from deploy.embedded.trouble import Trouble
from deploy.up.findings import Level

NOW = datetime(2027, 3, 2, 8, tzinfo=UTC)
READY = {"bus": True, "database": True}
SAVED = f"lianban_backup_timestamp_seconds {NOW.timestamp() - 3600}\n"


def built(service: str, release: str) -> Looked:
    """One that is well."""
    said = f'lianban_build_info{{service="{service}",version="{release}",revision="a1"}} 1\n'
    return Looked(service, READY, said)


def test_a_service_that_is_away_or_not_ready_or_of_another_release_is_said() -> None:
    well = [built("roster", "1.0"), built("feedback", "1.0")]
    assert [str(one) for one in of_services(well)] == ["正常  轮值与联席会议服务 1.0-a1", "正常  考核反馈服务 1.0-a1"]
    ill = [built("roster", "1.0"), built("feedback", "1.1"), Looked("inspection", {"bus": True, "database": False})]
    *_, away, apart = of_services([*ill, Looked("greenchannel", None)])
    assert [one.level for one in of_services([*ill, Looked("greenchannel", None)])] == [
        Level.FINE,
        Level.FINE,
        Level.STOPS,
        Level.STOPS,
        Level.MIND,
    ]
    assert ("没有应答" in away.what, "版本不一致" in apart.what) == (True, True)


@pytest.mark.parametrize(
    ("metrics", "level", "said"),
    [
        (SAVED, Level.FINE, "最近的备份：2027年3月2日"),
        (f"lianban_backup_timestamp_seconds {NOW.timestamp() - 30 * 3600}", Level.MIND, "最近的备份：2027年3月1日"),
        ("", Level.MIND, "还没有备份"),
        (f'{SAVED}lianban_apart{{consumer="feedback-facts"}} 1', Level.STOPS, "不是同一时刻"),
        (f"{SAVED}lianban_differences 2", Level.STOPS, "有2处不一致"),
        (f'{SAVED}lianban_facts_missing{{of="roster"}} 3', Level.STOPS, "缺少已办事项3项"),
        (f'{SAVED}lianban_facts_unfounded{{of="roster"}} 1', Level.STOPS, "有1项在经办服务的底账中没有"),
        (f"{SAVED}lianban_dead_letters_waiting 3", Level.MIND, "3件"),
        (f'{SAVED}lianban_consumer_oldest_pending_seconds{{consumer="x"}} 7300', Level.MIND, "已等待2小时"),
    ],
)
def test_what_the_services_have_found_out_is_a_line_with_what_to_do(metrics: str, level: Level, said: str) -> None:
    first, *_ = of_county([Looked("feedback", READY, metrics)], NOW)
    assert (first.level, said in first.what, bool(first.do)) == (level, True, level is not Level.FINE), first


def test_where_parts_have_stopped_is_a_line_of_its_own() -> None:
    for ago, level in ((60, Level.FINE), (16 * 60, Level.MIND)):
        metrics = f"{SAVED}lianban_backup_reaches_timestamp_seconds {NOW.timestamp() - ago}"
        _, line = of_county([Looked("feedback", READY, metrics)], NOW)
        assert (line.level, "增量备份到2027年3月2日" in line.what, bool(line.do)) == (level, True, ago > 60)


def test_a_slip_has_what_a_station_needs_and_four_are_a_page() -> None:
    some = [
        Invited(
            f"1234561002{n:02}",
            f"第{n}村",
            f"{'7KQM-3XTP-9HRB-W2CN-' * 2}WWW{n}",
            date(2027, 3, 9),
            "https://county:8443",
            None,
        )
        for n in range(1, 6)
    ]
    with pdfplumber.open(BytesIO(pdf(some))) as pages:
        texts = [page.extract_text() for page in pages.pages]
    assert [sum(one.code in text for one in some) for text in texts] == [4, 1]
    assert all(one.station in "".join(texts) for one in some)
    assert ("2027年3月9日前" in str(slip(some[0])), "https://county:8443" in texts[0]) == (True, True)
    again = slip(Invited("123456100202", "一村", "c", date(2027, 3, 9), "https://county:8443", date(2027, 1, 5)))
    assert "2027年1月5日登记的电脑随即停用" in str(again["steps"])


def test_what_cannot_be_printed_is_said_before_a_code_is_given() -> None:
    with pytest.raises(Trouble, match="PDF") as no:
        is_printable("sheet.html")
    assert str(no.value) == KIND


@pytest.mark.parametrize(
    "canary",
    [
        "13912345678",
        "15042419850203122X",
        "0476-5522110",
        "wang@example.com",
        "0123456789ab." + "9f" * 32,
        "eyJhbGciOiJlZDI1NTE5In0.eyJqdGkiOiJ4In0.c2ln",
        "SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4",
        "AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0JQ",
        "7KQM-3XTP-9HRB-W2CN",
        "王小明",
    ],
)
def test_nothing_of_a_person_or_a_secret_is_left_in_what_goes_outside(canary: str) -> None:
    text = unnamed(f'{{"event": "kept {canary} kept", "at": "2027-03-02T08:00:00Z"}}', ["王小明", "王"])
    assert (canary in text, text.count("kept"), "2027-03-02T08:00:00Z" in text) == (False, 2, True)


def test_a_password_in_an_address_is_left_out_and_where_it_leads_is_not() -> None:
    assert unnamed("mongodb://administrator:Xy_12@mongo:27017/", []) == "mongodb://〔密钥〕@mongo:27017/"
