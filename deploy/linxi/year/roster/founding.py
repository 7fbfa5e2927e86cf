"""The roster's loading: the county registers itself, then everything below it, from the first day of 2018."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.linxi.county import (
    COUNTY,
    HALL,
    PERSONNEL,
    RED_CROSS,
    START,
    Organisation,
    Village,
    organisations,
    villages,
    windows,
)
from deploy.linxi.year.submitting import Asked, chance, moment, submitted
from shared.events.outgoing import Outgoing
from shared.events.roster import Office, RegisterOrganisation, StationDepartment, issuing
from shared.events.vocabulary import HALL_PATROL, ORGANISATION_DEPARTMENT, Hall, OrganisationKind

NAMED = "林西县政务服务联合党委案例"
UNNAMED = "案例未列名，示意"
OFFICES = {HALL: (HALL_PATROL,), RED_CROSS: (issuing("first-aid"),), PERSONNEL: (ORGANISATION_DEPARTMENT,)}
DIVISIONS = "国家统计局统计用区划代码(2023年)"


def registrations(seed: int) -> list[Outgoing]:
    """The county, 37 departments and enterprises, 11 townships, the ranch and 104 villages, parents first."""
    luck, at = chance(seed, "roster"), moment(START, "00:00")
    return [submitted(Asked(at, COUNTY, data.code, data), luck) for data in _standings()]


def _standings() -> Iterator[RegisterOrganisation]:
    kind = OrganisationKind.COUNTY
    yield RegisterOrganisation(code=COUNTY, name="林西县", kind=kind, valid_from=START, basis=DIVISIONS)
    yield from (_member(one) for one in organisations())
    yield from (_village(one) for one in villages())


def _member(one: Organisation) -> RegisterOrganisation:
    return RegisterOrganisation(
        code=one.code,
        name=one.name,
        kind=OrganisationKind(one.kind),
        parent=COUNTY,
        committee_member=one.committee_member,
        due_in_hall=one.due_in_hall,
        feedback_recipient=one.feedback_recipient,
        offices=[Office(office=office, scope=COUNTY) for office in OFFICES.get(one.code, ())],
        valid_from=START,
        basis=NAMED if one.named_in_source else UNNAMED,
    )


def _village(one: Village) -> RegisterOrganisation:
    return RegisterOrganisation(
        code=one.code,
        name=one.name,
        kind=OrganisationKind.VILLAGE,
        parent=one.township,
        valid_from=START,
        basis=DIVISIONS,
    )


def stationings() -> Iterator[Asked]:
    """The committee lets 34 departments and enterprises into the hall (2 into a branch hall) on the first day."""
    for one in windows():
        data = StationDepartment(hall=Hall(one.stationed_in), valid_from=START)
        yield Asked(moment(START, "00:00"), COUNTY, one.code, data)
