"""Who submits, in domain words: `station.logs(findings=1)` is a message; the same words are the same submission."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid5

from shared.calendar import CHINA
from shared.events import Submission
from shared.events.feedback import ClosePeriod
from shared.events.greenchannel import CompleteCase, OpenCase, RecordGreenService
from shared.events.inspection import (
    CloseDay,
    Finding,
    LogInspection,
    MarkOverdue,
    SubmitRectification,
    VerifyRectification,
)
from shared.events.outgoing import Outgoing, submission_message
from shared.events.roster import Office, PublishGuideItem, RegisterOrganisation, StationDepartment, issuing
from shared.events.ticks import tick
from shared.events.vocabulary import HALL_PATROL, ClientGroup, Hall, OrganisationKind, PatrolKind, ServiceMode, Severity
from tests.listed import ENTRIES, entering

START = date(2018, 1, 1)
NAMESPACE = UUID("0b6f8f3c-53a5-5f0e-8f5e-2b7d0a8f9c11")


def moment(day: str, clock: str = "09:00") -> datetime:
    """A time of day in China: `moment("2018-03-05", "08:30")`."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), CHINA)


A_MONDAY = moment("2018-03-05")


def just_now() -> datetime:
    """A time whose month is not over: what happened then its submitter may still correct."""
    return datetime.now(CHINA).replace(microsecond=0)


OFFICES = {"150424-D01": (HALL_PATROL,), "150424-D02": (issuing("first-aid"), issuing("agent"))}
"""What organisations hold."""


class Said(NamedTuple):
    """A submission ready to be sent, under the id by which its verdict is found."""

    id: str
    submitter: str
    message: Outgoing

    @property
    def time(self) -> datetime:
        """When it happened."""
        return datetime.fromisoformat(self.message.headers["ce-time"])

    def repeated(self, n: int = 1) -> Said:
        """The same submission once more, as it comes after the bus has forgotten its message id."""
        return self._with({"Nats-Msg-Id": f"{self.submitter}/{self.id}/{n}"})

    def saying(self, body: bytes) -> Said:
        """Another content under the same id."""
        return self.repeated(0)._replace(message=self.repeated(0).message._replace(body=body))

    def heading(self, **headers: str) -> Said:
        """The same with some CloudEvents attributes changed: `said.heading(subject="150424")`."""
        return self._with({f"ce-{name}": value for name, value in headers.items()})

    def _with(self, headers: dict[str, str]) -> Said:
        return self._replace(message=self.message._replace(headers={**self.message.headers, **headers}))


@dataclass(frozen=True)
class Submitter:
    """A station, an office or the committee; `n` tells apart what is otherwise the same."""

    code: str

    def says(self, data: Submission, at: datetime = A_MONDAY, about: str = "", n: int = 0) -> Said:
        """Any submission, about itself unless another organisation is named."""
        organisation, body = about or self.code, data.model_dump_json()
        id = str(uuid5(NAMESPACE, f"{self.code}/{data.type}/{organisation}/{at.isoformat()}/{n}/{body}"))
        return Said(id, self.code, submission_message(data, self.code, organisation, id, at))

    def logs(
        self,
        at: datetime = A_MONDAY,
        findings: int = 0,
        score: int = 9500,
        within: int = 3,
        about: str = "",
        n: int = 0,
    ) -> Said:
        """A patrol: a station's own, or of another's window; each finding is to be put right within working days."""
        patrol = PatrolKind.WINDOW if about else PatrolKind.STATION
        found = [Finding(item=f"事项{i}", severity=Severity.MINOR, rectify_within=within) for i in range(findings)]
        return self.says(LogInspection(patrol=patrol, score=score, findings=found), at, about, n)

    def rectifies(self, inspection: Said, finding: int = 0, at: datetime = A_MONDAY, n: int = 0) -> Said:
        """A finding is said to be put right."""
        return self.says(SubmitRectification(rectification=f"{inspection.id}/{finding}"), at, n=n)

    def verifies(
        self, inspection: Said, finding: int = 0, at: datetime = A_MONDAY, about: str = "", n: int = 0
    ) -> Said:
        """Another organisation's work is found done."""
        asked = VerifyRectification(rectification=f"{inspection.id}/{finding}")
        return self.says(asked, at, about or inspection.message.headers["ce-subject"], n)

    def serves(self, persons: int = 1, at: datetime = A_MONDAY, n: int = 0) -> Said:
        """A green-channel service for vulnerable people."""
        asked = RecordGreenService(client=ClientGroup.VULNERABLE, mode=ServiceMode.AGENCY, persons=persons)
        return self.says(asked, at, n=n)

    def opens(self, process: str = "licence", at: datetime = A_MONDAY, n: int = 0) -> Said:
        """A case is taken in."""
        return self.says(OpenCase(process=process), at, n=n)

    def completes(self, case: Said, at: datetime = A_MONDAY, visits: int = 1, fee: int = 0, n: int = 0) -> Said:
        """A case is done."""
        return self.says(CompleteCase(case=case.id, visits=visits, fee=fee, posted=False), at, n=n)

    def says_for(self, said: Said) -> Said:
        """The same, said by this one."""
        service, type_name = said.message.subject.split(".")[1:3]
        headers = {**said.message.headers, "ce-source": self.code, "Nats-Msg-Id": f"{self.code}/{said.id}"}
        subject = f"submit.{service}.{type_name}.{self.code}"
        return Said(said.id, self.code, said.message._replace(subject=subject, headers=headers))

    def instead_of(self, wrong: Said, right: Said, reason: str = "", n: int = 0) -> Said:
        """What was reported before is corrected: `right` is what should have been said."""
        headers = {"ce-corrects": self._named(wrong), "ce-reason": quote(reason)}
        id = str(uuid5(NAMESPACE, f"{right.id}/{wrong.id}/{reason}/{n}"))
        given = {name: value for name, value in headers.items() if value} | {"ce-id": id}
        return right._replace(id=id)._with({**given, "Nats-Msg-Id": f"{self.code}/{id}"})

    def takes_back(self, wrong: Said, reason: str = "重复登记", n: int = 0) -> Said:
        """What was reported before should not have been."""
        _, service, *_ = wrong.message.subject.split(".")
        kind = Submission.registry[f"withdraw-from-{service}"]
        about = wrong.message.headers["ce-subject"]
        return self.instead_of(wrong, self.says(kind.model_validate({"reason": reason}), wrong.time, about, n))

    def _named(self, said: Said) -> str:
        return said.id if said.submitter == self.code else f"{said.submitter}/{said.id}"

    def publishes(self, process: str, days: int, since: str = "2018-01-01", at: datetime = A_MONDAY) -> Said:
        """The committee enters a process in the service guide."""
        day = date.fromisoformat(since)
        return self.says(PublishGuideItem(process=process, name=process, limit_days=days, effective_from=day), at)

    def registers(self, code: str, kind: OrganisationKind, parent: str | None, since: date = START) -> Said:
        """The committee enters an organisation; departments are due in the hall, townships receive feedback."""
        asked = RegisterOrganisation(
            code=code,
            name="林西县" if kind is OrganisationKind.COUNTY else f"组织{code}",
            kind=kind,
            parent=parent,
            due_in_hall=kind is OrganisationKind.DEPARTMENT,
            feedback_recipient=kind in (OrganisationKind.DEPARTMENT, OrganisationKind.TOWNSHIP),
            offices=[Office(office=one, scope=COUNTY) for one in OFFICES.get(code, ())],
            valid_from=since,
        )
        return self.says(asked, datetime.combine(since, time.min, CHINA), about=code)

    def moves_in(self, since: date = START) -> Said:
        """The committee gives a department its window in the hall."""
        at = datetime.combine(since, time.min, CHINA)
        return committee.says(StationDepartment(hall=Hall.HALL, valid_from=since), at, self.code)


def ticks(data: Submission, due: str) -> Said:
    """The clock submits for the county at midnight of a day."""
    message = tick(data, COUNTY, moment(due, "00:00"))
    return Said(message.headers["ce-id"], COUNTY, message)


def closes_day(day: str, due: str) -> Said:
    """The clock: a working day is over."""
    return ticks(CloseDay(day=date.fromisoformat(day)), due)


def marks_overdue(day: str) -> Said:
    """The clock: what was due before this day is overdue."""
    return ticks(MarkOverdue(day=date.fromisoformat(day)), day)


def closes_period(period: str, due: str) -> Said:
    """The clock: a period is over."""
    return ticks(ClosePeriod(period=period), due)


COUNTY = "150424"
committee = Submitter(COUNTY)
hall = Submitter("150424-D01")
office = Submitter("150424-D02")
township = Submitter("150424100")
station = Submitter("150424100202")
stations = tuple(Submitter(f"15042410020{n}") for n in range(2, 6))
"""Four stations of one township; `station` is the first."""


def founding() -> Iterator[Said]:
    """The county with what it lists, two departments with their windows, a township with four stations, one process."""
    yield committee.registers(COUNTY, OrganisationKind.COUNTY, None)
    for entry in ENTRIES:
        yield committee.says(entering(entry), datetime.combine(START, time.min, CHINA))
    for department in (hall, office):
        yield committee.registers(department.code, OrganisationKind.DEPARTMENT, COUNTY)
    yield committee.registers(township.code, OrganisationKind.TOWNSHIP, COUNTY)
    for one in stations:
        yield committee.registers(one.code, OrganisationKind.VILLAGE, township.code)
    yield office.moves_in()
    yield committee.publishes("licence", days=5)
