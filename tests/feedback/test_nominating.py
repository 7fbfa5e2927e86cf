"""Who is nominated, what keeps from it, how long a nomination is public, and how many are granted the award."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.handlers import HANDLERS
from services.feedback.placing.model import LedgerFact
from shared.countys_own import CatalogueEntry
from shared.events import Fact
from shared.events.feedback import (
    AnswerNominationObjection,
    AwardGranted,
    AwardNominated,
    GrantAward,
    JudgeNomination,
    NominateForAward,
    NominationJudged,
    NominationPublished,
    ObjectToNomination,
    PublishNomination,
)
from shared.events.inspection import IncidentClosed, IncidentClosingWithdrawn, IncidentKind
from shared.events.refusals import reason
from shared.events.vocabulary import Catalogue, OrganisationKind
from shared.pipeline.decisions import Refused, Verdict
from tests.asking import COUNTY, HALL, OFFICE, Desk, asked, organisation, roster, slugs_in, standing
from tests.listed import ENTRIES, SINCE

STAR = CatalogueEntry(catalogue=Catalogue.AWARD, entry="star", name="文明服务之星", since=SINCE, quota=1)
NAMED = NominateForAward(award="star", person="P1", reason="群众满意")
NAMED_ON, PUBLIC_ON, LAST_DAY, DUE = "2018-03-05", "2018-03-06", date(2018, 3, 13), "2018-03-14"
INCIDENT = "0167ca69-f180-73c9-bcec-cdadf5be0396"


def desk() -> Desk:
    county = organisation(COUNTY, standing(OrganisationKind.COUNTY, None)).having(catalogues=(*ENTRIES, STAR))
    return Desk(HANDLERS, roster(county))


def in_ledger(fact: Fact, day: str, n: int) -> LedgerFact:
    body, at = fact.model_dump_json(), f"{day}T10:00:00+08:00"
    return LedgerFact(id=f"{n}", type=fact.type, organisation=OFFICE, time=at, month=day[:7], path=COUNTY, body=body)


def closed(upheld: bool, day: str = "2018-02-09", n: int = 0) -> LedgerFact:
    return in_ledger(IncidentClosed(incident=INCIDENT, kind=IncidentKind.COMPLAINT, upheld=upheld), day, n)


def taken_back() -> LedgerFact:
    return in_ledger(IncidentClosingWithdrawn(**closed(True).fact.model_dump()), "2018-02-09", 1)


def points(nomination: Nomination, most: int = 25) -> JudgeNomination:
    return JudgeNomination(nomination=nomination.id, software=most, streamlining=20, standards=20, satisfaction=20)


def judged(at: Desk, nomination: Nomination, most: int, actor: str = "") -> Verdict:
    return at.decides(replace(asked(points(nomination, most), OFFICE, NAMED_ON, by=COUNTY), actor=actor))


def published(at: Desk) -> Nomination:
    at.agrees(NAMED, OFFICE, NAMED_ON)
    at.agrees(points(at.only(Nomination)), OFFICE, NAMED_ON, by=COUNTY)
    at.agrees(PublishNomination(nomination=at.only(Nomination).id), OFFICE, PUBLIC_ON, by=COUNTY)
    return at.only(Nomination)


def grant(nomination: Nomination, person: str = "P1") -> GrantAward:
    return GrantAward(award="star", person=person, nomination=nomination.id)


def test_one_is_nominated_and_public_for_five_working_days_and_then_granted_the_award() -> None:
    at = desk()
    facts = at.agrees(NAMED, OFFICE, NAMED_ON)
    made = at.only(Nomination)
    assert facts == ((OFFICE, AwardNominated(nomination=made.id, award="star")),)
    publish = PublishNomination(nomination=made.id)
    assert at.refuses(grant(made), OFFICE, DUE, by=COUNTY) == "nomination-not-published"
    assert at.refuses(publish, OFFICE, PUBLIC_ON, by=COUNTY) == "nomination-not-judged"
    assert at.agrees(points(made), OFFICE, NAMED_ON, by=COUNTY) == (
        (OFFICE, NominationJudged(nomination=made.id, award="star")),
    )
    assert at.refuses(publish, OFFICE, "2018-03-02", by=COUNTY) == "nomination-not-found"
    assert at.refuses(publish, HALL, PUBLIC_ON, by=COUNTY) == "nomination-not-found"
    assert at.agrees(publish, OFFICE, PUBLIC_ON, by=COUNTY) == (
        (OFFICE, NominationPublished(nomination=made.id, award="star", public_until=LAST_DAY)),
    )
    assert at.refuses(publish, OFFICE, "2018-03-07", by=COUNTY) == "nomination-already-published"
    assert at.refuses(grant(made), OFFICE, "2018-03-13T23:59", by=COUNTY) == "nomination-still-public"
    assert at.refuses(grant(made, "P2"), OFFICE, DUE, by=COUNTY) == "nomination-not-found"
    assert at.refuses(GrantAward(award="star", person="P1"), OFFICE, DUE, by=COUNTY) == "award-needs-nomination"
    assert at.agrees(grant(made), OFFICE, DUE, by=COUNTY) == ((OFFICE, AwardGranted(award="star", holder=OFFICE)),)
    assert at.only(Nomination).granted == at.only(GrantedAward).submission


def test_an_award_is_not_granted_over_an_objection_before_it_is_answered_or_once_it_was_right() -> None:
    at = desk()
    made = published(at)
    objects = ObjectToNomination(nomination=made.id, objected="一件逾期")
    assert at.refuses(objects, HALL, "2018-03-05") == at.refuses(objects, HALL, DUE) == "nomination-not-public"
    at.agrees(objects, HALL, LAST_DAY.isoformat())
    assert at.refuses(objects, HALL, "2018-03-12") == "nomination-objection-known"
    (said,) = at.only(Nomination).objections
    assert at.refuses(grant(made), OFFICE, DUE, by=COUNTY) == "nomination-objected"
    right, wrong = (
        AnswerNominationObjection(nomination=made.id, objection=said.id, upheld=upheld, answer="经查")
        for upheld in (True, False)
    )
    assert at.refuses(right, OFFICE, PUBLIC_ON, by=COUNTY) == "nomination-objection-not-found"
    assert at.refuses(right, HALL, DUE, by=COUNTY) == "nomination-not-found"
    at.agrees(right, OFFICE, DUE, by=COUNTY)
    assert at.refuses(grant(made), OFFICE, DUE, by=COUNTY) == "nomination-objection-upheld"
    at.agrees(wrong, OFFICE, DUE, by=COUNTY)
    at.agrees(grant(made), OFFICE, DUE, by=COUNTY)
    assert at.refuses(right, OFFICE, "2018-03-15", by=COUNTY) == "nomination-already-granted"


def test_each_judge_has_one_voice_and_whoever_nominated_has_none() -> None:
    at = desk()
    at.decides(replace(asked(NAMED, OFFICE, NAMED_ON), actor="P2"))
    made = at.only(Nomination)
    for actor, most in (("P3", 1), ("P4", 11), ("P5", 20), ("P3", 10)):
        assert not isinstance(judged(at, made, most, actor), Refused)
    assert at.only(Nomination).mean == Fraction(60 * 3 + 10 + 11 + 20, 3)
    own = judged(at, made, 25, "P2")
    assert isinstance(own, Refused)
    assert own.slug == "nominator-judges-not"
    at.agrees(PublishNomination(nomination=made.id), OFFICE, PUBLIC_ON, by=COUNTY)
    assert at.refuses(points(made), OFFICE, PUBLIC_ON, by=COUNTY) == "nomination-already-published"


def test_no_more_are_granted_an_award_than_its_quota_of_the_year() -> None:
    at = desk()
    event = asked(grant(published(at)), OFFICE, DUE, by=COUNTY)
    given = GrantedAward(id="x", award="star", person="P9", organisation=HALL, year=2018)
    verdict = at.decides(event, [given])
    assert isinstance(verdict, Refused)
    said = reason(verdict.slug, **verdict.details)
    assert (said["slug"], said["zh"]) == (
        "award-quota-used",
        "“文明服务之星”每年名额1名，2018年度已授予1名，不能再授予。",
    )
    at.agrees(event.data, OFFICE, DUE, by=COUNTY)


@pytest.mark.parametrize(
    ("facts", "is_refused"),
    [
        ([closed(True)], True),
        ([closed(False)], False),
        ([closed(True), taken_back()], False),
        (
            [closed(True, n=2), in_ledger(IncidentClosingWithdrawn(**closed(True).fact.model_dump()), "2018-02-09", 1)],
            False,
        ),
        ([closed(False), closed(True, n=2)], True),
    ],
    ids=["founded", "unfounded", "taken back", "taken back by what is called less", "found otherwise"],
)
def test_nobody_is_nominated_of_an_organisation_with_a_founded_incident_in_the_year(
    facts: list[LedgerFact], is_refused: bool
) -> None:
    verdict = desk().decides(asked(NAMED, OFFICE, NAMED_ON), facts)
    if not is_refused:
        assert not isinstance(verdict, Refused)
        return
    assert isinstance(verdict, Refused)
    said = reason(verdict.slug, **verdict.details)["zh"]
    assert ("2018年2月9日的投诉已查实" in said, verdict.slug) == (True, "incident-in-the-year")


def test_a_nomination_does_not_take_the_place_of_another_of_the_same_id() -> None:
    at, event = desk(), asked(NAMED, OFFICE, NAMED_ON)
    at.decides(event)
    other = at.decides(replace(event, key=f"{COUNTY}/{event.id}", submitter=COUNTY))
    assert isinstance(other, Refused)
    assert other.slug == "nomination-id-taken"


def test_one_is_nominated_once_a_year_and_only_for_what_the_committee_grants_itself() -> None:
    at = desk()
    at.agrees(NAMED, OFFICE, NAMED_ON)
    again = at.decides(asked(NAMED, OFFICE, "2018-04-02"), [at.only(Nomination)])
    assert isinstance(again, Refused)
    assert again.slug == "award-already-nominated"
    assert not isinstance(at.decides(asked(NAMED, OFFICE, "2019-01-02"), [at.only(Nomination)]), Refused)
    others = NominateForAward(award="chifeng-good-person", person="P1", reason="见义勇为")
    assert at.refuses(others, OFFICE) == "award-without-quota"


def test_every_reason_of_nominations_is_given_here_or_where_a_grant_is_taken_back() -> None:
    assert slugs_in(
        *(
            f"services/feedback/awards/{one}.py"
            for one in ("nominating", "judging", "objecting", "eligibility", "kinds", "moving")
        )
    ) == {
        "award-already-nominated",
        "award-for-agents",
        "award-for-windows",
        "award-moved-later",
        "award-needs-person",
        "award-not-to-a-person",
        "award-without-quota",
        "graded-failing",
        "incident-in-the-year",
        "judged-otherwise",
        "nomination-already-granted",
        "nomination-already-published",
        "nomination-id-taken",
        "nomination-not-found",
        "nomination-not-judged",
        "nomination-not-public",
        "nomination-objected",
        "nomination-objected-to",
        "nomination-objection-known",
        "nomination-objection-not-found",
        "nomination-objection-upheld",
        "nominator-judges-not",
    }
