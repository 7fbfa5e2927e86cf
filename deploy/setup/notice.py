"""A year's notice of days off as an operator types it from the printed one: read, and everything wrong said at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from services.roster.notices.rules import days_of, wrong_in
from shared.events.refusals import reason
from shared.events.roster import PublishWorkingDays

EXAMPLE = """\
{"year": 2025, "basis": "国办发明电〔2024〕12号",
 "days_off": [{"name": "元旦", "first": "2025-01-01", "last": "2025-01-01"},
              {"name": "春节", "first": "2025-01-28", "last": "2025-02-04"}, ...],
 "working_days": ["2025-01-26", "2025-02-08", ...]}"""
"""`working_days` are the Saturdays and Sundays that are worked."""
MOST = 64 * 1024
NAMES = {
    "year": "年份",
    "basis": "文号",
    "days_off": "放假安排",
    "working_days": "调休上班日",
    "name": "节日名称",
    "first": "放假首日",
    "last": "放假末日",
}
WHAT = {
    "missing": "没有填写",
    "extra_forbidden": "不是本文件的项目，请删去",
    "json_invalid": "不是JSON格式，请对照样例检查引号、逗号和括号",
    "int_type": "应当是数字，例如2027",
    "greater_than_equal": "年份应当在2025年至2099年之间",
    "less_than_equal": "年份应当在2025年至2099年之间",
    "too_short": "至少填写一项",
    "too_long": "项数过多，请核对",
}
A_DAY = "应当写作2027-01-01这样的日期，并且确有这一天"


class WrongNotice(Exception):
    """What is wrong with a file, a sentence a line."""


def read_notice(path: Path) -> PublishWorkingDays:
    """The notice of a file; `WrongNotice` with everything that is wrong in it."""
    try:
        asked = PublishWorkingDays.model_validate_json(_text(path))
    except ValidationError as error:
        raise WrongNotice("\n".join(map(_sentence, error.errors(include_url=False)))) from None
    if wrong := [reason(no.slug, **no.details)["zh"] for no in wrong_in(asked)]:
        raise WrongNotice("\n".join(wrong))
    return asked


def _text(path: Path) -> str:
    """UTF-8, with the mark that Windows' Notepad puts before it or without."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise WrongNotice(f"没有文件{path}，请核对文件名和所在目录。") from None
    except OSError as error:
        raise WrongNotice(f"文件{path}无法读取（{error.strerror}），请核对是否为文件、有无读取权限。") from None
    if len(raw) > MOST:
        raise WrongNotice(f"文件{path}过大，不像是一年的放假安排。")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongNotice(f"文件{path}不是UTF-8编码，请另存为UTF-8后重试。") from None


def _sentence(error: ErrorDetails) -> str:
    """第2项放假安排的放假首日：应当写作…."""
    at = list(error["loc"])
    if not at:
        return f"文件内容：{WHAT.get(error['type'], '不符合要求，请对照样例')}。"
    where = "".join(_part(at))
    return f"{where}：{WHAT.get(error['type'], A_DAY if _is_day(at) else '不符合要求，请对照样例')}。"


def _part(at: list[int | str]) -> Iterator[str]:
    for n, part in enumerate(at):
        if isinstance(part, str):
            place = at[n + 1] if n + 1 < len(at) else None
            numbered = f"第{place + 1}项" if isinstance(place, int) else ""
            yield f"{'的' if n else ''}{numbered}{NAMES.get(part, f'“{part}”')}"


def _is_day(at: list[int | str]) -> bool:
    return at[-1] in ("first", "last") or (at[0] == "working_days" and len(at) > 1)


def summary(asked: PublishWorkingDays) -> str:
    """What an operator compares with the printed notice: how many days, and how many working days the year has."""
    off = {day for one in asked.days_off for day in days_of(one)}
    year = (date(asked.year, 1, 1) + timedelta(days=n) for n in range(366))
    worked = sum(
        day in asked.working_days or (day.weekday() < 5 and day not in off) for day in year if day.year == asked.year
    )
    return f"{asked.year}年：放假{len(off)}天，调休上班{len(asked.working_days)}天，全年工作日{worked}天"
