"""Where each route of the four services is asked, when more than its path has to be said: one address or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shared.bus.photos import digest_of
from shared.pages.templates import static_files
from shared.services import SERVICES
from tests.abuse.matters import (
    ASSESSED,
    ATTENDED,
    BROUGHT_ON,
    CASES,
    DRAFT,
    FILED,
    HELD,
    HONOURED,
    INCIDENTS,
    INSPECTIONS,
    KEY,
    NAMED,
    PACKAGE,
    PHOTO,
    QUARTER,
    REPORT,
    SERVED,
    SUGGESTED,
    TABLE_DIGEST,
    VILLAGE,
)
from tests.submitters import COUNTY, office, township


class Asked(NamedTuple):
    """What a row of the table is called, and the address that is asked for it."""

    row: str
    address: str


VILLAGES = VILLAGE.code
FOUND = f"{VILLAGES}/{INSPECTIONS[VILLAGE].id}"
ABOUT = f"organisation={VILLAGES}"
RECORDS = {
    "roster": ATTENDED[VILLAGE].id,
    "inspection": INSPECTIONS[VILLAGE].id,
    "greenchannel": SERVED[VILLAGE].id,
    "feedback": "",
}
"""What the village reported to each service; to feedback villages report nothing."""
NONE = "00000000-0000-4000-8000-000000000000"
SAID: Mapping[str, Sequence[str]] = {
    "/roster/county/{catalogue}": ("/roster/county/award",),
    "/roster/county/{catalogue}/{entry}": ("/roster/county/award/chifeng-good-person",),
    "/roster/organisations/{code}": (f"/roster/organisations/{VILLAGES}",),
    "/roster/turns/{turn}": ("/roster/turns/2018-2",),
    "/roster/ideas/{submitter}/{id}": (f"/roster/ideas/{SUGGESTED.submitter}/{SUGGESTED.id}",),
    "/roster/lessons/{lesson}": ("/roster/lessons/oath",),
    "/roster/lessons/{lesson}/{organisation}": (f"/roster/lessons/oath/{VILLAGES}",),
    "/roster/activities/{submitter}/{id}": (f"/roster/activities/{HELD.submitter}/{HELD.id}",),
    "/roster/subplans/{submitter}/{id}": (f"/roster/subplans/{FILED.submitter}/{FILED.id}",),
    "/roster/organisations/{code}/pc": (f"/roster/organisations/{VILLAGES}/pc",),
    "/roster/issues/{place}/{name}": (f"/roster/issues/{COUNTY}/one-visit",),
    "/roster/guide/{item}": ("/roster/guide/licence",),
    "/roster/certificates/{issuer}/{certificate}/{number}": (f"/roster/certificates/{office.code}/first-aid/lx-0",),
    "/roster/api/organisations/{code}": (f"/roster/api/organisations/{VILLAGES}",),
    "/roster/api/organisations/{code}/tokens": (f"/roster/api/organisations/{VILLAGES}/tokens",),
    "/roster/people": ("/roster/people", f"/roster/people?{ABOUT}"),
    "/roster/people/of/{code}": (f"/roster/people/of/{VILLAGES}",),
    "/roster/people/{person}": ("/roster/people/PN0",),
    "/roster/people/{person}/account": ("/roster/people/PN0/account",),
    "/roster/sign-in/units": ("/roster/sign-in/units?name=00",),
    "/roster/people/import/template/{name}": ("/roster/people/import/template/people.csv",),
    "/roster/people/import/{table}": (f"/roster/people/import/{TABLE_DIGEST}",),
    "/roster/party/{code}": (f"/roster/party/{VILLAGES}",),
    "/roster/appraisals/of/{branch}": ("/roster/appraisals/of/qiye",),
    "/roster/appraisals/{sheet}": ("/roster/appraisals/2018.qiye.01",),
    "/roster/api/appraisals/{sheet}": ("/roster/api/appraisals/2018.qiye.01",),
    "/roster/party/branches/{branch}": ("/roster/party/branches/qiye",),
    "/roster/api/people": ("/roster/api/people", f"/roster/api/people?{ABOUT}"),
    "/roster/api/processes/{process}": ("/roster/api/processes/licence",),
    "/roster/api/issues/{issue}": ("/roster/api/issues/one-visit",),
    "/roster/api/stations/{code}": (f"/roster/api/stations/{VILLAGES}",),
    "/roster/api/stations/{code}/keys/{key}": (f"/roster/api/stations/{VILLAGES}/keys/{KEY}",),
    "/inspection/patrols": ("/inspection/patrols?day=2018-03-05",),
    "/inspection/inspections": (
        "/inspection/inspections?day=2018-03-05",
        f"/inspection/inspections?day=2018-03-05&{ABOUT}",
    ),
    "/inspection/inspections/{submitter}/{inspection}": (f"/inspection/inspections/{FOUND}",),
    "/inspection/patrol/{plan}/{organisation}": (f"/inspection/patrol/stations-daily/{VILLAGES}",),
    "/inspection/rounds/{plan}": ("/inspection/rounds/stations-daily",),
    "/inspection/plans/{plan}": ("/inspection/plans/stations-daily",),
    "/inspection/checklists/{checklist}": ("/inspection/checklists/window",),
    "/inspection/spot-check/{organisation}": (f"/inspection/spot-check/{VILLAGES}",),
    "/inspection/excellence/{organisation}": (f"/inspection/excellence/{VILLAGES}",),
    "/inspection/devices": ("/inspection/devices", f"/inspection/devices?{ABOUT}"),
    "/inspection/devices/{organisation}/{device}": (f"/inspection/devices/{VILLAGES}/counter",),
    "/inspection/viewing-grants": (
        "/inspection/viewing-grants",
        f"/inspection/viewing-grants?organisation={township.code}",
    ),
    "/inspection/viewing-grants/{organisation}/{person}": (f"/inspection/viewing-grants/{township.code}/PT0",),
    "/inspection/incidents/{organisation}/{id}": (f"/inspection/incidents/{VILLAGES}/{INCIDENTS[VILLAGE].id}",),
    "/inspection/rectifications/{organisation}/{inspection}/{n}": (f"/inspection/rectifications/{FOUND}/0",),
    "/inspection/api/days/{day}": ("/inspection/api/days/2018-03-05",),
    "/inspection/api/patrols": ("/inspection/api/patrols?day=2018-03-05&by=organisation",),
    "/inspection/api/due": ("/inspection/api/due?day=2018-03-05",),
    "/inspection/api/inspections": ("/inspection/api/inspections", f"/inspection/api/inspections?{ABOUT}"),
    "/inspection/api/inspections/{submitter}/{inspection}": (f"/inspection/api/inspections/{FOUND}",),
    "/inspection/api/photos/{station}/{sha256}": (f"/inspection/api/photos/{VILLAGES}/{digest_of(PHOTO)}",),
    "/inspection/api/rectifications/{organisation}/{inspection}/{n}": (f"/inspection/api/rectifications/{FOUND}/0",),
    "/inspection/api/incidents": ("/inspection/api/incidents", f"/inspection/api/incidents?{ABOUT}"),
    "/greenchannel/cases/{organisation}/{case}": (f"/greenchannel/cases/{VILLAGES}/{CASES[VILLAGE].id}",),
    "/greenchannel/api/services": ("/greenchannel/api/services", f"/greenchannel/api/services?{ABOUT}"),
    "/feedback/organisations": ("/feedback/organisations?period=2018-03",),
    "/feedback/organisations/{code}": (
        f"/feedback/organisations/{VILLAGES}?period=2018-03",
        f"/feedback/organisations/{COUNTY}?period=2018-03",
    ),
    "/feedback/organisations/{code}/facts": (
        f"/feedback/organisations/{VILLAGES}/facts?measure=inspections&period=2018-03",
    ),
    "/feedback/api/facts": (f"/feedback/api/facts?measure=inspections&period=2018-03&{ABOUT}",),
    "/feedback/reports/{report}": (f"/feedback/reports/{REPORT}",),
    "/feedback/reports/{report}.{ending}": (f"/feedback/reports/{REPORT}.json",),
    "/feedback/report-archives/{period}.zip": (f"/feedback/report-archives/{REPORT.partition('_')[0]}.zip",),
    "/feedback/yearbook/{year}.{ending}": ("/feedback/yearbook/2018.json",),
    "/feedback/api/reports/{report}": (f"/feedback/api/reports/{REPORT}",),
    "/feedback/api/reports/{report}.html": (f"/feedback/api/reports/{REPORT}.html",),
    "/feedback/api/reports/{report}/void": (f"/feedback/api/reports/{REPORT}/void",),
    "/feedback/nominations/{id}": (f"/feedback/nominations/{NAMED.id}",),
    "/feedback/nominations/{id}/decision.pdf": (f"/feedback/nominations/{HONOURED.id}/decision.pdf",),
    "/feedback/training-up/{id}": (f"/feedback/training-up/{BROUGHT_ON.id}",),
    "/feedback/drafts/of/{period}": ("/feedback/drafts/of/2018-04",),
    "/feedback/drafts/{report}": (f"/feedback/drafts/{DRAFT}",),
    "/feedback/filing/{year}.zip": ("/feedback/filing/2018.zip",),
    "/feedback/packages/{package}": (f"/feedback/packages/{PACKAGE}",),
    "/feedback/packages/{package}.zip": (f"/feedback/packages/{PACKAGE}.zip",),
    "/feedback/packages/{package}/letter.{ending}": (f"/feedback/packages/{PACKAGE}/letter.json",),
    "/feedback/packages/{package}/performance.xlsx": (f"/feedback/packages/{PACKAGE}/performance.xlsx",),
    "/feedback/api/packages/{package}": (f"/feedback/api/packages/{PACKAGE}",),
    "/feedback/assessments/of/{period}": (f"/feedback/assessments/of/{QUARTER}",),
    "/feedback/assessments/trial/{period}/{day}": (f"/feedback/assessments/trial/{QUARTER}/2018-01-01",),
    "/feedback/assessments/{report}": (f"/feedback/assessments/{ASSESSED}",),
    "/feedback/api/assessed": ("/feedback/api/assessed", f"/feedback/api/assessed?organisation={office.code}"),
    "/feedback/api/drafts/{report}": (f"/feedback/api/drafts/{DRAFT}",),
    "/feedback/api/reports": ("/feedback/api/reports", f"/feedback/api/reports?organisation={office.code}"),
    "/feedback/api/totals": (
        f"/feedback/api/totals?period=2018-03&organisation={COUNTY}",
        f"/feedback/api/totals?period=2018-03&{ABOUT}",
    ),
    "/feedback/api/series": (
        f"/feedback/api/series?period=2018-03&organisation={COUNTY}",
        f"/feedback/api/series?period=2018-03&{ABOUT}",
    ),
    "/feedback/dead-letters/{sequence}": ("/feedback/dead-letters/1",),
    "/feedback/rebuilds/{rebuild}": (f"/feedback/rebuilds/{NONE}",),
    "/feedback/api/rebuilds/{rebuild}": (f"/feedback/api/rebuilds/{NONE}",),
}
"""By the route's own path."""


def everywhere() -> Mapping[str, Sequence[str]]:
    """Of the routes that every service has."""
    style = next(f"{file.digest}/{path}" for path, file in static_files().items() if path.endswith(".css"))
    said: dict[str, Sequence[str]] = {}
    for service in SERVICES:
        key = f"{VILLAGES}/{RECORDS[service] or NONE}"
        said |= {
            f"/{service}/static/{{digest}}/{{path:path}}": (f"/{service}/static/{style}",),
            f"/{service}/api/verdicts/{{submitter}}/{{submission}}": (f"/{service}/api/verdicts/{key}",),
            f"/{service}/api/submissions/{{submitter}}/{{submission}}": (f"/{service}/api/submissions/{key}",),
            f"/{service}/help/{{page}}": (f"/{service}/help/submissions",),
            f"/{service}/submissions": (f"/{service}/submissions", f"/{service}/submissions?{ABOUT}"),
            f"/{service}/submissions/{{submitter}}/{{id}}": (f"/{service}/submissions/{key}",),
            f"/{service}/submissions/{{submitter}}/{{id}}/{{key}}": (f"/{service}/submissions/{key}/withdraw",),
        }
    return said


def addresses(path: str) -> list[Asked]:
    """Those of a route; one that needs more than its path and says nothing here is an error."""
    known = {**SAID, **everywhere()}.get(path, () if "{" in path else (path,))
    assert known, f"{path}: tests/abuse/addresses.py does not say where it is asked"
    return [Asked(_row(path, address), address) for address in known]


def _row(path: str, address: str) -> str:
    """The route; with what it is asked about, where that decides who may."""
    query = address.partition("?")[2].replace(VILLAGES, "VILLAGE").replace(office.code, "DEPARTMENT")
    said = query.replace(COUNTY, "COUNTY").split("&")
    decides = [one for one in said if one.startswith("organisation=")]
    of_county = path == "/feedback/organisations/{code}" and f"/{COUNTY}?" in address
    return path.replace("{code}", "COUNTY") if of_county else "?".join([path, *decides])
