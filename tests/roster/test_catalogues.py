"""What a county lists for itself: entered and ended by its committee, and nothing else is chosen anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from services.feedback.handlers import HANDLERS as FEEDBACK
from services.inspection.handlers import HANDLERS as INSPECTION
from services.roster.county.rules import wrong_in
from services.roster.handlers import HANDLERS as ROSTER
from shared.countys_own import CatalogueEntry, CountysOwn
from shared.events import Submission
from shared.events.feedback import GrantAward
from shared.events.inspection import PublishCommitment
from shared.events.refusals import reason
from shared.events.roster import CatalogueEntered, EnterInCatalogue, PlanTurn, RecordTurnWork
from shared.events.roster.county import MOST_ENTRIES
from shared.events.vocabulary import Catalogue
from shared.pipeline.decisions import Handlers, Refused
from shared.roster.organisations import Organisation, Roster
from tests.asking import COUNTY, HALL, OFFICE, Desk, asked, roster

SINCE = date(2018, 3, 1)
GALA = EnterInCatalogue(catalogue=Catalogue.WORK, entry="gala", name="文艺晚会", unit="场", valid_from=SINCE)
HONOUR = EnterInCatalogue(catalogue=Catalogue.AWARD, entry="model", name="劳动模范", valid_from=SINCE)


def desk() -> Desk:
    return Desk(ROSTER, roster(), *roster())


def kept(at: Desk) -> Mapping[str, CatalogueEntry]:
    county = next(one for one in at.kept(Organisation) if one.id == COUNTY)
    return {one.entry: one for one in county.catalogues}


def test_an_entry_is_listed_and_told() -> None:
    at = desk()
    assert at.agrees(GALA) == ((COUNTY, CatalogueEntered(**GALA.model_dump(exclude={"basis"}))),)
    assert (kept(at)["gala"].name, kept(at)["gala"].unit, kept(at)["gala"].last_day) == ("文艺晚会", "场", None)


def test_said_again_it_is_corrected_in_its_place_and_the_same_is_nothing() -> None:
    at = desk()
    at.agrees(GALA)
    before = [*kept(at)]
    assert at.agrees(GALA, at="2018-03-06") == ()
    at.agrees(GALA.model_copy(update={"name": "专场晚会", "last_day": date(2018, 12, 31)}), at="2018-03-07")
    assert [*kept(at)] == before
    assert (kept(at)["gala"].name, kept(at)["gala"].last_day) == ("专场晚会", date(2018, 12, 31))


@pytest.mark.parametrize(
    ("since", "last", "is_refused"),
    [(SINCE, None, True), (date(2018, 2, 1), date(2018, 2, 28), False), (date(2018, 2, 1), SINCE, True)],
)
def test_two_are_not_called_the_same_while_both_can_be_chosen(since: date, last: date | None, is_refused: bool) -> None:
    other = {"entry": "other", "valid_from": since, "last_day": last}
    at = desk()
    at.agrees(GALA)
    if is_refused:
        assert at.refuses(GALA.model_copy(update=other)) == "entry-name-taken"
    else:
        at.agrees(GALA.model_copy(update=other))


def test_a_catalogue_stays_one_that_can_be_read() -> None:
    one = CatalogueEntry(catalogue=Catalogue.AWARD, entry="a", name="甲", since=SINCE)
    many = [one.model_copy(update={"entry": f"a-{n}", "name": f"甲{n}"}) for n in range(MOST_ENTRIES)]
    assert wrong_in(one, many[1:]) is None
    refused = wrong_in(one, many)
    assert isinstance(refused, Refused)
    assert refused.slug == "catalogue-full"


PLANNED = PlanTurn(turn="2018-1", holders=[HALL], begins=date(2018, 1, 1), theme="便民")
CHOOSING: list[tuple[Handlers, list[Submission], Submission, str, str]] = [
    (ROSTER, [PLANNED], RecordTurnWork(turn="2018-1", work="parade", quantity=1), HALL, "配发宣传条幅、上门服务老人"),
    (
        INSPECTION,
        [],
        PublishCommitment(person="P1", item="smile", text="微笑服务"),
        OFFICE,
        "廉洁自律、许可办理、一次性告知",
    ),
    (FEEDBACK, [], GrantAward(award="nobel", person="P1"), OFFICE, "县级十佳服务标兵、赤峰好人"),
]


@pytest.mark.parametrize(("handlers", "before", "chosen", "about", "offered"), CHOOSING, ids=["work", "item", "award"])
def test_what_is_not_listed_is_refused_with_what_may_be_chosen(
    handlers: Handlers, before: list[Submission], chosen: Submission, about: str, offered: str
) -> None:
    at = Desk(handlers, roster())
    for one in before:
        at.agrees(one)
    by = COUNTY if handlers is FEEDBACK else about
    verdict = at.decides(asked(chosen, about, by=by))
    assert isinstance(verdict, Refused)
    said = reason(verdict.slug, **verdict.details)
    assert (verdict.slug, offered in said["zh"]) == ("not-in-the-catalogue", True), said
    assert not {"parade", "smile", "nobel"} & set(said["zh"].split("、"))


def test_where_nothing_is_listed_it_says_who_enters_it() -> None:
    bare = Roster({one.id: one.having(catalogues=()) for one in roster()})
    verdict = Desk(FEEDBACK, bare).decides(asked(GrantAward(award="model", person="P1"), OFFICE, by=COUNTY))
    assert isinstance(verdict, Refused)
    assert "请联合党委先在“本县资料”中登记" in reason(verdict.slug, **verdict.details)["zh"]


@pytest.mark.parametrize(("at", "is_taken"), [("2018-02-28", False), ("2018-03-01", True), ("2018-04-01", False)])
def test_an_entry_is_chosen_for_what_happened_while_it_was_listed(at: str, is_taken: bool) -> None:
    office = desk()
    office.agrees(HONOUR.model_copy(update={"last_day": date(2018, 3, 31)}))
    county = Desk(FEEDBACK, office.roster)
    grant: dict[str, Any] = {"about": OFFICE, "at": at, "by": COUNTY}
    if is_taken:
        county.agrees(GrantAward(award="model", person="P1"), **grant)
    else:
        assert county.refuses(GrantAward(award="model", person="P1"), **grant) == "not-in-the-catalogue"


def test_what_is_ended_keeps_its_name_and_what_was_never_listed_has_a_word() -> None:
    office = desk()
    office.agrees(GALA.model_copy(update={"last_day": SINCE}))
    own = CountysOwn(entries=tuple(kept(office).values()), day=date(2019, 1, 1))
    assert "gala" not in own.offered(Catalogue.WORK)
    assert own.entry(Catalogue.WORK, "gala").name == "文艺晚会"
    assert [own.entry(one, "unheard-of").name for one in Catalogue] == ["其他荣誉", "其他工作", "其他承诺事项"]
