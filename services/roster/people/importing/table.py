"""The table of persons: its columns, and how what people write in them is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shared.events.labels import PARTICULARS, POSTS
from shared.events.roster.people import Post
from shared.roster.particulars import Sex
from shared.tables.declared import Column, DeclaredTable

PEOPLE_TABLE = DeclaredTable(
    "人员",
    (
        Column("单位", "unit", "单位编号或者全称；不填的为本单位。"),
        Column(PARTICULARS["name"], "name", "与身份证件一致。", "张三", is_needed=True),
        Column(PARTICULARS["sex"], "sex", "男或者女；填写居民身份证号码的可以不填。", "女"),
        Column(PARTICULARS["birth_year"], "birth_year", "四位数字；填写居民身份证号码的可以不填。", "1985"),
        Column("中共党员", "party_member", "是或者否。", "是", is_needed=True),
        Column(PARTICULARS["mobile"], "mobile", "11位数字。"),
        Column(PARTICULARS["id_number"], "id_number", "18位，核对校验码。"),
        Column("到本单位日期", "valid_from", "如2026-11-02；不填的为今天。"),
        Column("职务", "post", f"{'、'.join(POSTS.values())}；一人任几个职务的，每个职务填一行。"),
        Column("任职日期", "since", "如2026-11-02；不填的为到本单位日期。"),
        Column("依据", "basis", "任职文件名称、文号。"),
    ),
)
SEXES: Mapping[str, Sex] = {"男": Sex.MALE, "女": Sex.FEMALE}


def posts_meant(text: str, among: Iterable[Post]) -> list[Post]:
    """By its name, or by a part of it that no other one there has."""
    exact = [post for post in among if POSTS[post] == text]
    return exact or [post for post in among if text in POSTS[post] or POSTS[post].partition("（")[0] in text]
