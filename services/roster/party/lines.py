"""Party organisations and joint branches as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from services.roster.party.form import BRANCH_KINDS, PARTY_KINDS
from services.roster.party.model import JointBranch, PartyOrganisation
from shared.events.roster.people import Post
from shared.identity.reading import PEOPLE, Reader
from shared.pages.boards import Cell
from shared.pages.cells import Cells
from shared.pages.chinese import NOTHING, day_text
from shared.pages.words import name_of
from shared.roster.organisations import Roster, county_of
from shared.roster.people import People

PAGE = "/roster/party"


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A member of the committee, or whoever else said what its Party organisation is called."""

    organisation: str
    url: str
    party_name: str
    kind: str
    members: str
    secretary: str
    shared_with: str
    is_member: bool


HEADS = {"单位": "", "党组织名称": "", "类别": "", "党员人数": "", "书记": ""}


def party_cells(one: PartyLine) -> Cells:
    """One as a table has it."""
    return tuple(Cell(text) for text in (one.organisation, one.party_name, one.kind, one.members, one.secretary))


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A joint branch or topic group."""

    name: str
    url: str
    kind: str
    purpose: str
    since: str
    size: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody in a joint branch."""

    name: str
    organisation: str
    since: str
    until: str
    records: tuple[tuple[str, str], ...] = ()


def party_lines(
    kept: Iterable[PartyOrganisation], people: People, roster: Roster, county: str, day: date, reader: Reader
) -> list[PartyLine]:
    """The committee's members first, also those of which nothing was said yet; secretaries to whoever may read them."""
    said = {one.id: one for one in kept}
    known = [one for one in roster if county_of(one.id) == county]
    standing = ((one.id, one.on(day)) for one in known)
    codes = [code for code, stands in standing if stands and (stands.committee_member or code in said)]
    lines = [_line(code, said.get(code), people, roster, day, reader) for code in codes]
    return sorted(lines, key=lambda line: not line.is_member)


def _line(
    code: str, kept: PartyOrganisation | None, people: People, roster: Roster, day: date, reader: Reader
) -> PartyLine:
    now, stands = kept.on(day) if kept else None, roster.standing(code, day)
    holders = people.holders(code, Post.PARTY_SECRETARY, day, roster) if reader.may(PEOPLE, code) else []
    return PartyLine(
        name_of(code, roster, day),
        page_of(code),
        now.party_name if now else "未登记",
        PARTY_KINDS[now.party_kind] if now else NOTHING,
        f"{now.party_members}" if now else NOTHING,
        "、".join(people.name_of(one) or NOTHING for one in holders) or NOTHING,
        "、".join(name_of(one, roster, day) for one in now.shared_with) if now else "",
        stands is not None and stands.committee_member,
    )


def history(
    kept: PartyOrganisation | None, roster: Roster, day: date, at: Callable[[str], str]
) -> list[tuple[str, ...]]:
    """How it was called, oldest first; at last the page on which that is corrected, where it may be read."""
    return [
        (
            day_text(one.since),
            one.party_name + (f"（{one.short_name}）" if one.short_name else ""),
            PARTY_KINDS[one.party_kind],
            f"{one.party_members}人",
            "、".join(name_of(code, roster, day) for code in one.shared_with) or NOTHING,
            at(one.by),
        )
        for one in (kept.history if kept else ())
    ]


def branch_line(branch: JointBranch) -> BranchLine:
    """With as many members as belong to it now."""
    size = sum(one.until is None for one in branch.members)
    url = f"{PAGE}/branches/{slug_of(branch)}"
    return BranchLine(branch.name, url, BRANCH_KINDS[branch.branch_kind], branch.purpose, day_text(branch.since), size)


def member_lines(
    branch: JointBranch, people: People, roster: Roster, day: date, reader: Reader, at: Callable[[str], str]
) -> list[MemberLine]:
    """Those of the organisations that whoever looks may read."""
    return [
        MemberLine(
            people.name_of(one.person) or NOTHING,
            name_of(one.organisation, roster, day),
            day_text(one.since),
            day_text(one.until) if one.until else "",
            tuple((called, url) for called, key in (("加入", one.by), ("退出", one.ended_by)) if (url := at(key))),
        )
        for one in branch.members
        if reader.may(PEOPLE, one.organisation)
    ]


def slug_of(branch: JointBranch) -> str:
    """Its name among the county's."""
    return branch.id.partition("/")[2]


def page_of(code: str) -> str:
    """The page of one organisation's Party organisation."""
    return f"{PAGE}/{code}"
