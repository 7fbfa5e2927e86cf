"""Each row of the table of persons looked through before anything is entered: what it would enter, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pydantic import ValidationError

from services.roster.people.appointing import conflict
from services.roster.people.importing.known import KnownPersons, said_of
from services.roster.people.importing.table import PEOPLE_TABLE, posts_meant
from services.roster.people.rules import ID_NUMBER, MOBILE
from shared.events.labels import POSTS
from shared.events.refusals import reason
from shared.events.roster.people import Post
from shared.pages.words import name_of, names_on
from shared.roster.organisations import Roster, county_of
from shared.roster.particulars import Particulars, fault_of
from shared.roster.posts import POSTS as RULES
from shared.roster.staff import HeldPost, Staff
from shared.tables.declared import Fault, Row, day_in

CHECK = "请核对后改正"
OF_FIELDS = {"sex": "应当填男或者女", "party_member": "应当填是或者否", "birth_year": "应当是四位数字的年份"}


@dataclass(frozen=True, slots=True)
class Planned:
    """What a row would enter: somebody new, or known already; and a post of somebody."""

    line: int
    unit: str
    person: str
    known: Particulars
    since: date
    is_new: bool
    post: Post | None = None
    post_at: str = ""
    post_since: date | None = None
    basis: str = ""

    @property
    def enters(self) -> bool:
        """Whether anything is left to be entered."""
        return self.is_new or self.post is not None


@dataclass(slots=True)
class LookedThrough:
    """All rows: those that are right, and what is wrong in the others."""

    planned: list[Planned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class UnfitRow(Exception):
    """Under which heading, what is wrong, and how it is put right."""

    def __init__(self, field: str, mistake: str, cure: str = CHECK) -> None:
        super().__init__(field)
        self.heading, self.mistake, self.cure = PEOPLE_TABLE.heading(field), mistake, cure


@dataclass(slots=True)
class Looking:
    """As whoever brings the table may enter it, on a day; `named` gives somebody new an id by its line."""

    who: str
    is_county: bool
    may: Callable[[str], bool]
    may_register: Callable[[str], bool]
    may_appoint: Callable[[str], bool]
    roster: Roster
    known: KnownPersons
    day: date
    named: Callable[[int], str]
    seen: dict[tuple[str, str, str], Planned] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)

    def look(self, rows: Sequence[Row]) -> LookedThrough:
        """In their order: a row may appoint whom an earlier one registers."""
        found = LookedThrough()
        for row in rows:
            try:
                found.planned.append(self._row(row))
            except UnfitRow as no:
                found.faults.append(Fault(row.line, no.heading, no.mistake, no.cure))
        return found

    def _row(self, row: Row) -> Planned:
        unit, known = self._unit(row), _particulars(row)
        since = self._day(row, "valid_from") or self.day
        planned = self._person(row, unit, known, since)
        return self._with_post(row, planned) if "post" in row.values else self._once(row, planned)

    def _unit(self, row: Row) -> str:
        said = row.values.get("unit", "") or self.who
        called = [code for code, name in names_on(self.roster, self.day).items() if said in (code, name)]
        codes = called or [one.id for one in self.roster if name_of(one.id, self.roster, self.day) == said]
        if len(codes) != 1:
            raise UnfitRow("unit", "有几个单位都叫这个名称" if codes else "单位名录中没有", "请填写单位编号")
        if self.roster.standing(codes[0], self.day) is None:
            raise UnfitRow("unit", "该单位已经撤销")
        if not self.may(codes[0]):
            raise UnfitRow("unit", "不是本单位及其下级单位", "请由该单位或者其上级单位登记")
        return codes[0]

    def _day(self, row: Row, name: str) -> date | None:
        if name not in row.values:
            return None
        day = day_in(row.values[name])
        if day is None:
            raise UnfitRow(name, "不是日期", "请写作2026-11-02")
        return day

    def _person(self, row: Row, unit: str, known: Particulars, since: date) -> Planned:
        """Known already, said in an earlier row, or new."""
        same = (unit, known.name, known.id_number or known.mobile or str(known.birth_year))
        if before := self.seen.get(same):
            return Planned(row.line, unit, before.person, known, before.since, is_new=False)
        person = self._registered(unit, known)
        if person is None and since > self.day:
            raise UnfitRow("valid_from", "晚于今天", "请在到任之后登记")
        if person is None and self.roster.standing(unit, since) is None:
            raise UnfitRow("valid_from", "该单位当日尚未设立")
        if person is None and not self.may_register(unit):
            raise UnfitRow("name", "您的职务不能登记人员", "请由本单位负责人员登记的同志办理")
        self._twice(row, known)
        planned = Planned(row.line, unit, person or self.named(row.line), known, since, is_new=person is None)
        self.seen[same] = planned
        return planned

    def _registered(self, unit: str, known: Particulars) -> str | None:
        """By a number, else by the name within the unit; whose number it is elsewhere is said by name where it may."""
        for kind, number, field_name in ((ID_NUMBER, known.id_number, "id_number"), (MOBILE, known.mobile, "mobile")):
            person = self.known.with_number(kind, number)
            if person is None:
                continue
            name = self.known.people.name_of(person.id) or ""
            if person.home == unit and name == known.name:
                return person.id
            whose = f"{name_of(person.home, self.roster, self.day)}{name}" if self.may(person.home) else "其他单位人员"
            raise UnfitRow(field_name, f"已登记为{whose}的号码", "请核对；由其他单位调入的，请在其页面办理调入")
        called = self.known.called(unit, known.name)
        others = [id for id in called if known.id_number and self.known.has_both_numbers(id)]
        same = [id for id in called if id not in others]
        return same[0] if same else None

    def _twice(self, row: Row, known: Particulars) -> None:
        for before in self.seen.values():
            for name in ("id_number", "mobile"):
                number = getattr(known, name)
                if number and number == getattr(before.known, name):
                    raise UnfitRow(name, f"与第{before.line}行相同")

    def _once(self, row: Row, planned: Planned) -> Planned:
        before = next((one for one in self.seen.values() if one.person == planned.person), planned)
        if before.line != row.line:
            raise UnfitRow("name", f"与第{before.line}行重复", "请删去重复的行")
        return planned

    def _with_post(self, row: Row, planned: Planned) -> Planned:
        post, at = self._post(row.values["post"], planned.unit)
        since = self._day(row, "since") or planned.since
        if planned.is_new and since < planned.since:
            raise UnfitRow("since", "早于到本单位日期")
        if self.roster.standing(at, since) is None:
            raise UnfitRow("since", "该单位当日尚未设立")
        held = HeldPost(person=planned.person, post=post, since=since)
        staff = self.staff.get(at) or self.known.people.of(at)
        no = conflict(staff, held)
        if no is not None and no.slug == "already-in-post":
            return planned
        if not self.may_appoint(at):
            raise UnfitRow("post", "您的职务不能登记任职", "请删去职务后再导入，任职由有权登记的同志办理")
        if no is not None:
            raise UnfitRow("post", reason(no.slug, **no.details)["zh"], "请核对；换人的，先登记前任免职")
        self.staff[at] = staff.having(posts=(*staff.posts, held))
        return replace(planned, post=post, post_at=at, post_since=since, basis=row.values.get("basis", ""))

    def _post(self, text: str, unit: str) -> tuple[Post, str]:
        """In the unit itself; else, for the committee, one of its own posts."""
        for at in dict.fromkeys((unit, county_of(unit))):
            stands = self.roster.standing(at, self.day)
            there = [post for post, rule in RULES.items() if stands and rule.fits(stands)]
            meant = posts_meant(text, there)
            if len(meant) == 1:
                if RULES[meant[0]].by_committee and not self.is_county:
                    raise UnfitRow("post", "由联合党委任免", "请报请联合党委登记")
                return meant[0], at
            if meant:
                raise UnfitRow("post", "不止一个这样的职务", f"请写明：{'、'.join(POSTS[one] for one in meant)}")
        raise UnfitRow("post", "该单位没有这个职务", "请按填写说明中的职务名称填写")


def _particulars(row: Row) -> Particulars:
    try:
        known = Particulars.model_validate(said_of(row))
    except ValidationError as error:
        field_name = str(error.errors(include_url=False, include_input=False)[0]["loc"][0])
        raise UnfitRow(field_name, OF_FIELDS.get(field_name, "不符合要求")) from None
    if no := fault_of(known):
        raise UnfitRow(no.field, reason(no.slug, field=no.field)["zh"])
    return known
