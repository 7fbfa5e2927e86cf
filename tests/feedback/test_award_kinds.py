"""Kinds of awards: for whom each is, how often it is given, by what it is judged, and one that moves on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from services.feedback.assessment.model import Assessed
from services.feedback.assessment.result import Result
from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.handlers import HANDLERS
from shared.countys_own import CatalogueEntry
from shared.database.documents import Document, Query
from shared.events import EventData
from shared.events.assessment import Grade
from shared.events.feedback import AwardGranted, GrantAward, JudgeNomination, NominateForAward
from shared.events.vocabulary import AwardCriterion, AwardObject, AwardRhythm, Catalogue, Hall, OrganisationKind
from shared.pipeline.decisions import Consequence, Original, Refused, State, Verdict
from tests.asking import COUNTY, HALL, OFFICE, STATION, Desk, asked, moment, organisation, roster, standing
from tests.feedback.test_nominating import closed
from tests.listed import ENTRIES, SINCE

OTHER = "150424-D03"


def kind(entry: str, **more: object) -> CatalogueEntry:
    known = {"catalogue": Catalogue.AWARD, "entry": entry, "name": entry, "since": SINCE}
    return CatalogueEntry.model_validate({**known, **more})


FLAG = kind("flag", given_to=AwardObject.WINDOW, award_rhythm=AwardRhythm.QUARTER, moving=True)
STAR = kind("star", award_rhythm=AwardRhythm.QUARTER, quota=1)
AGENT = kind("agent", given_to=AwardObject.AGENT)
TEAM = kind("team", given_to=AwardObject.ORGANISATION)
OWN_CRITERIA = (AwardCriterion(name="带头作用", most=60), AwardCriterion(name="群众评价", most=40))
PIONEER = kind("pioneer", quota=5, criteria=OWN_CRITERIA)


def desk() -> Desk:
    kinds = (*ENTRIES, FLAG, STAR, AGENT, TEAM, PIONEER)
    county = organisation(COUNTY, standing(OrganisationKind.COUNTY, None)).having(catalogues=kinds)
    other = organisation(OTHER, standing(OrganisationKind.DEPARTMENT, COUNTY, stationed=Hall.HALL))
    return Desk(HANDLERS, roster(county, other))


def says(at: Desk, data: EventData, about: str, day: str, found: Iterable[Document] = ()) -> Verdict:
    """With all that the desk keeps of awards."""
    return at.decides(asked(data, about, day, COUNTY), [*at.kept(GrantedAward), *at.kept(Nomination), *found])


def slug(verdict: Verdict) -> str:
    return verdict.slug if isinstance(verdict, Refused) else ""


def taken_back(at: Desk, award: GrantedAward) -> Verdict:
    """The grant of an award."""
    assert award.day is not None
    time, handler = moment(award.day.isoformat()), HANDLERS[GrantAward]
    fact = AwardGranted(award=award.award, holder=award.organisation)
    followed = (Consequence(fact, award.organisation, time, COUNTY),)
    of = Original("id", award.submission, GrantAward.type, COUNTY, award.organisation, time, True, followed)
    state = State(at.roster)
    for need in handler.undo_needs(of):
        assert isinstance(need, Query)
        kept: list[Document] = [
            one
            for one in at.kept(GrantedAward)
            if need.kind is GrantedAward and ("passed_on" not in need.filter or one.passed_on == award.submission)
        ]
        state.copy.load_found(need, kept)
    assert handler.undo is not None
    verdict = handler.undo(state, of)
    if not isinstance(verdict, Refused):
        at.keeps([change for change in verdict.changes if isinstance(change, Document)])
    return verdict


def holders(at: Desk) -> list[tuple[str, date | None, date | None]]:
    kept = (one for one in at.kept(GrantedAward) if not one.withdrawn)
    return [(one.organisation, one.since, one.until) for one in kept]


def test_a_moving_award_is_its_former_holder_s_no_more_and_goes_back_when_the_next_grant_is_taken_back() -> None:
    at, flag = desk(), GrantAward(award="flag")
    first, second = date(2018, 4, 16), date(2018, 7, 13)
    assert slug(says(at, flag, OFFICE, first.isoformat())) == ""
    assert slug(says(at, flag, OTHER, second.isoformat())) == ""
    assert holders(at) == [(OFFICE, first, second), (OTHER, second, None)]
    assert slug(says(at, flag, OFFICE, "2018-07-02")) == "award-moved-later"
    of_office, of_other = at.kept(GrantedAward)
    assert slug(taken_back(at, of_office)) == "award-moved-on"
    assert slug(taken_back(at, of_other)) == ""
    assert holders(at) == [(OFFICE, first, None)]


def test_what_is_no_moving_award_stays_with_everybody_who_was_given_it() -> None:
    at = desk()
    for about in (OFFICE, OTHER):
        says(at, GrantAward(award="team"), about, "2018-04-16")
    assert {(since, until) for _, since, until in holders(at)} == {(None, None)}


@pytest.mark.parametrize(
    ("award", "about", "person", "no"),
    [
        ("flag", OFFICE, None, ""),
        ("flag", HALL, None, "award-for-windows"),
        ("flag", OFFICE, "P1", "award-not-to-a-person"),
        ("team", HALL, None, ""),
        ("agent", STATION, "P1", ""),
        ("agent", OFFICE, "P1", "award-for-agents"),
        ("agent", STATION, None, "award-needs-person"),
        ("chifeng-good-person", OFFICE, None, "award-needs-person"),
    ],
)
def test_an_award_is_given_to_those_for_whom_its_kind_is(award: str, about: str, person: str | None, no: str) -> None:
    assert slug(says(desk(), GrantAward(award=award, person=person), about, "2018-04-16")) == no


def test_a_quarter_s_quota_and_nominations_count_by_quarter() -> None:
    at, nominated = desk(), NominateForAward(award="star", person="P1", reason="群众满意")
    given = GrantedAward(id="x", award="star", person="P9", organisation=HALL, year=2018, day=date(2018, 3, 30))
    assert slug(says(at, nominated, OFFICE, "2018-03-01")) == ""
    assert slug(says(at, nominated, OFFICE, "2018-03-30")) == "award-already-nominated"
    assert slug(says(at, nominated, OFFICE, "2018-04-02", [closed(True)])) == ""
    (first, _) = sorted(at.kept(Nomination), key=lambda one: one.day)
    public = first.having(published=date(2018, 3, 2), until=date(2018, 3, 9))
    at.keeps([public])
    grant = GrantAward(award="star", person="P1", nomination=first.id)
    assert slug(says(at, grant, OFFICE, "2018-03-31", [given])) == "award-quota-used"
    assert slug(says(at, grant, OFFICE, "2018-04-03", [given])) == ""


def test_who_failed_the_last_year_that_was_approved_is_not_nominated() -> None:
    def graded(year: str, grade: Grade) -> Assessed:
        return Assessed(
            id=f"{year}_{OFFICE}",
            county=COUNTY,
            organisation=OFFICE,
            name="民政局",
            organisation_kind=OrganisationKind.DEPARTMENT,
            period=year,
            edition=1,
            is_approved=True,
            result=Result(grade=grade),
        )

    nominated = NominateForAward(award="star", person="P1", reason="群众满意")
    before, last = graded("2016", Grade.FAILING), graded("2017", Grade.PASSING)
    assert slug(says(desk(), nominated, OFFICE, "2018-03-01", [before])) == "graded-failing"
    assert slug(says(desk(), nominated, OFFICE, "2018-03-01", [last, before])) == ""


@pytest.mark.parametrize(
    ("points", "no"),
    [
        ({"points": {"1": 55, "2": 40}}, ""),
        ({"points": {"1": 55, "2": 41}}, "judged-otherwise"),
        ({"points": {"1": 55}}, "judged-otherwise"),
        ({"software": 25, "streamlining": 25, "standards": 25, "satisfaction": 20}, "judged-otherwise"),
    ],
    ids=["each", "beyond", "one is missing", "by the usual four"],
)
def test_a_kind_with_criteria_of_its_own_is_judged_by_each_of_them(points: dict[str, object], no: str) -> None:
    at = desk()
    says(at, NominateForAward(award="pioneer", person="P1", reason="带头"), OFFICE, "2018-03-01")
    judged = JudgeNomination.model_validate({"nomination": at.only(Nomination).id, **points})
    assert slug(says(at, judged, OFFICE, "2018-03-02")) == no
    assert at.only(Nomination).mean == (None if no else 95)
