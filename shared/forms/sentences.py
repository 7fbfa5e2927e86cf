"""What is wrong with an entry, in a sentence that says what to do."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from shared.dates import time_text
from shared.forms.bounds import Bounds


class Wrong(NamedTuple):
    """A sentence, and the name of the field that it is about; empty when it is about none of them."""

    sentence: str
    name: str = ""


class Confirming(NamedTuple):
    """A link to where a person shows the password again, and comes back; it holds for minutes."""

    button: str
    url: str


NOT_IN_A_FIELD = "表单内容不完整或者已经改变，请返回上一页重新打开表单后填写。"


def missing(named: str, is_chosen: bool) -> str:
    """What has to be there is not."""
    return f"请{'选择' if is_chosen else '填写'}{named}。"


def too_long(named: str, longest: int, length: int) -> str:
    """With how much too much it is."""
    return f"{named}不得超过{longest}字，现有{length}字，请精简。"


def too_short(named: str, shortest: int, length: int) -> str:
    """With how much is there."""
    return f"{named}不得少于{shortest}字，现有{length}字，请补充。"


def no_whole_number(named: str) -> str:
    """Something else, or a broken one."""
    return f"{named}应当填写整数。"


def no_day(named: str) -> str:
    """Something else, or a day that no calendar has."""
    return f"{named}应当填写年月日，例如2018-03-05。"


def no_time(label: str) -> str:
    """Something else than a day and a time of day, or one of a year in which nothing was reported."""
    return f"“{label}”应当填写年月日和时分，并核对年份。"


def too_early(label: str, year: int) -> str:
    """A year in which nothing was reported."""
    return f"“{label}”早于{year}年，请核对年份。"


def not_yet(label: str, entered: datetime, now: datetime) -> str:
    """Beside what the clock says, so that a person sees which of them is wrong."""
    return f"“{label}”填写为{time_text(entered)}，现在是{time_text(now)}，请核对日期和时间。"


def too_many_photos(label: str, most: int, count: int) -> str:
    """With how many too many they are."""
    return f"“{label}”最多{most}张，现有{count}张，请减少后重新提交。"


def too_many_rows(title: str, most: int) -> str:
    """Those beyond are not in the form any more."""
    return f"“{title}”最多{most}项，超出的没有收到，请另行登记。"


def count_wrong(named: str, count: int, bounds: Bounds) -> str:
    """Too few or too many of many, or nothing."""
    if bounds.items is not None and count > bounds.items:
        return f"{named}最多选择{bounds.items}项，现选{count}项，请减少后重新提交。"
    if count == 0 and bounds.fewest:
        return missing(named, is_chosen=True)
    is_short = count < bounds.fewest
    return f"{named}至少选择{bounds.fewest}项，现选{count}项，请补选后重新提交。" if is_short else ""


def out_of_range(named: str, least: str, most: str) -> str:
    """Both ends belong to it; an empty one is none."""
    if least and most:
        return f"{named}应当在{least}至{most}之间。"
    return f"{named}不得小于{least}。" if least else f"{named}不得大于{most}。"


def not_as_it_should_be(named: str) -> str:
    """The model does not take it, and no field of the declaration says why."""
    return f"{named}不符合要求，请核对后重新填写。"


def length_wrong(named: str, text: str, bounds: Bounds) -> str:
    """Too long or too short, or nothing."""
    if bounds.longest is not None and len(text) > bounds.longest:
        return too_long(named, bounds.longest, len(text))
    return too_short(named, bounds.shortest, len(text)) if len(text) < bounds.shortest else ""
