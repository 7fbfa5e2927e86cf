"""A notice on its way: from an operator's file to every process, those that run and those that start later."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from deploy.setup.calendar import main, over_the_bus
from deploy.setup.notice import WrongNotice, read_notice, summary
from shared.bus.streams import SUBMISSIONS
from shared.calendar import CHINA, forget, is_provisional, is_working_day
from shared.events import Submission
from shared.events.inspection import MarkOverdue
from shared.events.roster import DaysOff, PublishWorkingDays
from shared.holidays import statutory
from shared.identity.access import Access
from shared.roster.feed import FollowedRoster, OwnRoster
from shared.roster.known import KnownRoster
from tests.county import County
from tests.roster.test_notices import NOTICE
from tests.shared.test_clock import TODAY, clock, sent
from tests.submitters import COUNTY, committee

UNKNOWN = date(2099, 5, 4)
"""A Monday that no release of today knows."""


def of_the_year(year: int, *off: date) -> PublishWorkingDays:
    """The decree's days, and some more."""
    days = sorted({*statutory(year), *off})
    return PublishWorkingDays(year=year, days_off=[DaysOff(name="放假", first=day, last=day) for day in days])


async def test_every_process_knows_a_notice_whether_it_ran_or_starts_later(county: County) -> None:
    ran_before = FollowedRoster(county.bus)
    await ran_before.current()
    async with county.working():
        await county.hears(committee.says(of_the_year(2099, UNKNOWN), datetime.now(CHINA)))
        await county.settles()
        assert not is_provisional(UNKNOWN)
    for feed in (ran_before, FollowedRoster(county.bus), OwnRoster(county.db("roster"), county.bus)):
        forget()
        assert is_provisional(UNKNOWN)
        await KnownRoster(county.bus, feed).current()
        assert not is_provisional(UNKNOWN)
        assert not is_working_day(UNKNOWN)


async def test_the_clock_of_a_process_that_has_just_started_goes_by_the_notice(county: County) -> None:
    day = next(day for n in range(3, 30) if is_working_day(day := TODAY - timedelta(days=n)))
    async with county.working():
        await county.hears(committee.says(of_the_year(day.year, day), datetime.now(CHINA)))
        await county.settles()
    forget()
    assert is_working_day(day)
    asked: dict[date, bool] = {}

    def due(over: date) -> Iterator[Submission]:
        asked[over] = is_working_day(over)
        yield MarkOverdue(day=over + timedelta(days=1))

    async with clock(county, day, due):
        await sent(county, 1)
    assert asked[day] is False


async def test_a_notice_from_a_file_is_taken_over_the_bus_and_a_wrong_one_is_told_why(county: County) -> None:
    async with county.working():
        assert await over_the_bus(county.nats_url, Access(), committee.code, NOTICE) == []
        assert await over_the_bus(county.nats_url, Access(), committee.code, NOTICE) == []
        wrong = NOTICE.model_copy(update={"working_days": [date(2027, 2, 15)]})
        (why,) = await over_the_bus(county.nats_url, Access(), committee.code, wrong)
        assert "不是星期六或者星期日" in why
        assert not is_provisional(date(2027, 2, 15))


async def test_an_operator_is_told_in_a_sentence_that_the_notice_was_not_taken_while_the_bus_stores_nothing(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await county.bus.api(f"STREAM.DELETE.{SUBMISSIONS.name}")
    typed = json.dumps(NOTICE.model_dump(mode="json"), ensure_ascii=False)
    monkeypatch.setenv("NATS_URL", county.nats_url)
    monkeypatch.setenv("COUNTY", COUNTY)
    monkeypatch.setattr("sys.argv", ["calendar", str(written(tmp_path, typed))])
    assert await asyncio.to_thread(main) == 1
    assert "，尚未收到；请稍后用同一文件再执行一次。" in capsys.readouterr().err


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "2027.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_read_as_it_was_typed(tmp_path: Path, mark: bytes) -> None:
    typed = json.dumps(NOTICE.model_dump(mode="json"), ensure_ascii=False).encode()
    assert read_notice(written(tmp_path, mark + typed)) == NOTICE
    assert summary(NOTICE) == "2027年：放假27天，调休上班2天，全年工作日246天"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{", ["文件内容：不是JSON格式，请对照样例检查引号、逗号和括号。"]),
        ("春节".encode("gbk"), ["不是UTF-8编码"]),
        (
            '{"year": "2027", "days_off": [{"name": "元旦", "first": "2027-02-30", "to": 1}], "working_days": ["2月"]}',
            [
                "年份：应当是数字",
                "第1项放假安排的放假首日：应当写作2027-01-01",
                "第1项放假安排的放假末日：没有填写",
                "第1项放假安排的“to”：不是本文件的项目",
                "第1项调休上班日：应当写作2027-01-01",
            ],
        ),
        (
            '{"year": 2027, "days_off": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-01"}]}',
            ["2027年10月1日"],
        ),
    ],
)
def test_all_that_is_wrong_in_a_file_is_said_a_sentence_a_line(
    tmp_path: Path, text: str | bytes, lines: list[str]
) -> None:
    with pytest.raises(WrongNotice) as wrong:
        read_notice(written(tmp_path, text))
    assert [line for line in lines if line not in str(wrong.value)] == []
