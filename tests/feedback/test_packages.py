"""A year's package is sent when all of its documents are issued; the organisation department receives and adopts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.feedback.handlers import HANDLERS
from services.feedback.packages.model import FormerPackage, Package, PackageState
from services.feedback.placing.model import LedgerFact
from shared.database.documents import Document, Key
from shared.events import EventData
from shared.events.packages import (
    AdoptPackage,
    PackageAdopted,
    PackageReceived,
    PackageReturned,
    PackageSent,
    ReceivePackage,
    ReturnPackage,
    SendAnnualPackage,
)
from shared.events.roster import Office
from shared.events.roster.appraisals import AppraisalStep, AppraisalStepDone
from shared.events.vocabulary import ORGANISATION_DEPARTMENT, OrganisationKind
from shared.pipeline.decisions import Accepted, Consequence, Original, Refused, State
from tests.asking import COUNTY, HALL, OFFICE, TOWNSHIP, asked, moment, organisation, standing
from tests.feedback.documenting import SECRETARY, YEAR, DocumentDesk

PERSONNEL = f"{COUNTY}-D90"
PACKAGE = f"{YEAR}_{COUNTY}"
SIGNED, NEXT = "2019-01-04", "2019-01-07"
SEND = SendAnnualPackage(year=int(YEAR))
HOLDS = (Office(office=ORGANISATION_DEPARTMENT, scope=COUNTY),)


@pytest.fixture
def desk() -> DocumentDesk:
    """A year whose documents are signed; the organisation department is registered."""
    office = DocumentDesk()
    office.desk.keeps([organisation(PERSONNEL, standing(OrganisationKind.DEPARTMENT, COUNTY, offices=HOLDS))])
    office.closes(YEAR)
    return office


def signed(desk: DocumentDesk) -> DocumentDesk:
    """All of the year's documents."""
    desk.signed(YEAR, at=f"{SIGNED}T15:00")
    return desk


def sent(desk: DocumentDesk, data: SendAnnualPackage = SEND, at: str = f"{SIGNED}T16:00") -> PackageSent:
    """The fact that follows."""
    (fact,) = desk.agrees(data, SECRETARY, at)
    assert isinstance(fact, PackageSent)
    return fact


def there(desk: DocumentDesk, data: EventData, at: str = NEXT) -> list[Any]:
    """By the department's clerk."""
    return desk.agrees(data, "p-personnel", at, PERSONNEL)


def package(desk: DocumentDesk) -> Package:
    """As it is now."""
    return desk.desk.only(Package)


def test_it_is_sent_when_every_document_of_the_year_is_issued(desk: DocumentDesk) -> None:
    assert desk.refuses(SEND, SECRETARY, f"{SIGNED}T14:00") == "year-not-issued"
    fact = sent(signed(desk))
    kept = package(desk)
    assert fact.number == kept.number == "某联党函〔2019〕1号"
    assert (fact.on_time, kept.due, kept.addressee) == (True, date(2019, 1, 8), PERSONNEL)
    assert [one.report for one in kept.reports] == [f"{YEAR}_{code}" for code in (HALL, OFFICE, TOWNSHIP)]


def test_a_day_after_its_documents_it_is_late(desk: DocumentDesk) -> None:
    assert not sent(signed(desk), at=NEXT).on_time


def test_a_person_sends_it_to_whoever_holds_the_office(desk: DocumentDesk) -> None:
    assert signed(desk).refuses(SEND, "", f"{SIGNED}T16:00") == "signature-without-person"
    desk.desk.keeps([organisation(PERSONNEL, standing(OrganisationKind.DEPARTMENT, COUNTY))])
    assert desk.refuses(SEND, SECRETARY, f"{SIGNED}T16:00") == "no-organisation-department"


def test_only_the_department_signs_for_it_sends_it_back_and_adopts_it(desk: DocumentDesk) -> None:
    sent(signed(desk))
    receive, adopt = (
        ReceivePackage(package=PACKAGE),
        AdoptPackage(package=PACKAGE, adopted_on=date(2019, 1, 7), counted="计入"),
    )
    assert desk.refuses(receive, "p-liaison", NEXT, OFFICE) == "package-not-yours"
    assert desk.refuses(adopt, "p-personnel", NEXT, PERSONNEL) == "package-not-received"
    assert there(desk, receive) == [PackageReceived(package=PACKAGE, edition=1)]
    assert desk.refuses(receive, "p-personnel", NEXT, PERSONNEL) == "package-already-received"
    early = adopt.model_copy(update={"adopted_on": date(2019, 1, 3)})
    assert desk.refuses(early, "p-personnel", NEXT, PERSONNEL) == "package-adopted-when"
    assert there(desk, adopt) == [PackageAdopted(package=PACKAGE, edition=1, adopted_on=date(2019, 1, 7), again=False)]
    assert there(desk, adopt.model_copy(update={"counted": "占百分之二十"}))[0].again
    assert desk.refuses(ReturnPackage(package=PACKAGE, reason="缺表"), "p-personnel", NEXT, PERSONNEL) == (
        "package-already-adopted"
    )
    assert (package(desk).state, package(desk).counted) == (PackageState.ADOPTED, "占百分之二十")


def test_what_came_back_is_sent_again_with_the_next_number_and_the_former_stays(desk: DocumentDesk) -> None:
    sent(signed(desk))
    there(desk, ReceivePackage(package=PACKAGE))
    back = there(desk, ReturnPackage(package=PACKAGE, reason="缺少绩效权重"))
    assert back == [PackageReturned(package=PACKAGE, edition=1)]
    again = sent(desk, SEND.model_copy(update={"performance_weight": 20}), f"{NEXT}T15:00")
    assert (again.edition, again.number) == (2, "某联党函〔2019〕2号")
    former = desk.desk.only(FormerPackage).package
    assert (former.number, former.returned, package(desk).returned) == ("某联党函〔2019〕1号", "缺少绩效权重", "")


def test_on_its_way_it_is_sent_again_only_with_something_else_in_it_and_a_reason(desk: DocumentDesk) -> None:
    sent(signed(desk))
    assert desk.refuses(SEND, SECRETARY, f"{NEXT}T15:00") == "package-unchanged"
    other = SEND.model_copy(update={"performance_weight": 20})
    assert desk.refuses(other, SECRETARY, f"{NEXT}T15:00") == "package-without-reason"
    assert sent(desk, other.model_copy(update={"because": "补充绩效权重"}), f"{NEXT}T15:00").edition == 2


def test_filed_sheets_are_counted_by_their_last_step(desk: DocumentDesk) -> None:
    def step_of(sheet: str, step: AppraisalStep, day: str) -> LedgerFact:
        fact = AppraisalStepDone(sheet=sheet, step=step)
        at = moment(day).isoformat()
        return LedgerFact(
            id=f"roster/{sheet}/{step}/{day}",
            type=fact.type,
            organisation=OFFICE,
            time=at,
            month=day[:7],
            path=f"{COUNTY}/{OFFICE}",
            body=fact.model_dump_json(),
        )

    archived, reopened = AppraisalStep.ARCHIVED, AppraisalStep.REOPENED
    found = [
        step_of("2018.hall.01", archived, "2018-12-20"),
        step_of("2018.hall.02", archived, "2018-12-20"),
        step_of("2018.hall.02", reopened, "2019-01-02"),
        step_of("2017.hall.03", archived, "2018-02-01"),
    ]
    signed(desk).desk.decides(replace(asked(SEND, COUNTY, f"{SIGNED}T16:00"), actor=SECRETARY), found)
    assert [(one.organisation, one.filed) for one in package(desk).sheets] == [(OFFICE, 1)]


def undone(desk: DocumentDesk, fact: PackageSent, day: str) -> Accepted | Refused:
    """What takes the sending back, as of its own time."""
    at, handler = moment(day), HANDLERS[SendAnnualPackage]
    of = Original("id", f"{COUNTY}/id", SEND.type, COUNTY, COUNTY, at, True, (Consequence(fact, COUNTY, at, COUNTY),))
    state = State(desk.desk.roster)
    needed = [need for need in handler.undo_needs(of) if isinstance(need, Key)]
    state.copy.load([*desk.desk.kept(Package), *desk.desk.kept(FormerPackage)], needed)
    assert handler.undo is not None
    verdict = handler.undo(state, of)
    if isinstance(verdict, Accepted):
        desk.desk.keeps(one for one in verdict.changes if isinstance(one, Document))
    return verdict


def test_taken_back_before_it_is_signed_for_the_edition_before_holds_again(desk: DocumentDesk) -> None:
    first = sent(signed(desk))
    other = SEND.model_copy(update={"performance_weight": 20, "because": "补充绩效权重"})
    second = sent(desk, other, f"{NEXT}T15:00")
    assert isinstance(undone(desk, second, f"{NEXT}T15:00"), Accepted)
    assert (package(desk).edition, package(desk).content) == (1, first.content)
    third = sent(desk, other, f"{NEXT}T16:00")
    assert (third.edition, third.number) == (3, "某联党函〔2019〕3号")
    there(desk, ReceivePackage(package=PACKAGE), "2019-01-08")
    late = undone(desk, third, f"{NEXT}T16:00")
    assert isinstance(late, Refused)
    assert late.slug == "package-beyond-withdrawal"


def test_the_only_one_taken_back_is_void_and_the_next_gets_another_number(desk: DocumentDesk) -> None:
    first = sent(signed(desk))
    assert isinstance(undone(desk, first, f"{SIGNED}T16:00"), Accepted)
    assert desk.refuses(ReceivePackage(package=PACKAGE), "p-personnel", NEXT, PERSONNEL) == "package-void"
    assert sent(desk, SEND, f"{NEXT}T15:00").number == "某联党函〔2019〕2号"
