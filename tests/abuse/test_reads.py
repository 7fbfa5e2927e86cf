"""Every read x role, asked of the four services' own routes: as docs/reads.md says, and nothing closed anywhere."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from typing import NamedTuple

import pytest
import pytest_asyncio
from httpx import Response

from deploy.embedded.servers.running import Servers
from shared.identity.audience import OF_THE_COUNTY, To, reads_of
from shared.identity.reading import OWN, REPORTS, Reader, Rule
from shared.roster.feed import FollowedRoster
from shared.roster.organisations import Roster
from shared.services import SERVICES
from shared.web.reading import Declared, declared
from tests.abuse.addresses import NONE, Asked, addresses
from tests.abuse.matters import BEARERS, READ_AT, READERS, VILLAGE, closed, happened
from tests.abuse.persons import BY_POSTS, OF_PERSONS, PERSONS, as_person, posts_of, sent_to
from tests.abuse.tables import as_written, table
from tests.browsing import browsing
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import NOBODY, Browser, application, basic
from tests.staffed import staffed
from tests.submitters import COUNTY

pytestmark = pytest.mark.asyncio(loop_scope="module")
NOT_READ = re.compile(r"<(header|nav|select|footer)\b.*?</\1>|<form\b[^>]*>", re.S)
"""Of a page: what is the same for all, what is only chosen from, and where a form is sent."""
FILLED = {"organisation": VILLAGE.code, "submitter": VILLAGE.code, "code": VILLAGE.code, "sequence": "1", "n": "0"}
GATEWAY = {"x-forwarded-for": "203.0.113.9"}
SAYS = {401: "sign in", 403: "no", 404: "not there"}
HEAD = """# Who may read what

Every route of the four services, as a test finds it (`tests/abuse/test_reads.py`): it asks each as each of these
readers, in a county in which something of every kind concerns a village, another village of its township, one of
another township, and a department with a window. A route says its rule where it is declared (`reads(...)`, the rules
are in `shared/identity/reading.py`); one that says none keeps its service from starting.

| word | what is answered |
| --- | --- |
| all | as much as the county itself is answered |
| own | what is the reader's: of itself, of those below it, and what its office lets it read; it may be nothing |
| public | what everybody may read of it: not what concerns one organisation |
| sign in | a person is sent to sign in and comes back, a program is told to say who it is (401) |
| no | 403 in words, whether there is such a thing or not |
| not there | 404: the reader has no such page, as where nothing is due for it |

Through a gateway nobody is answered what the rule `operator` is for: that is at a service's own port. What is sent
(POST) is not in the table: a submission brings its token, an enrolment its one-time code or key, a form its session;
what may then be said is in [writes.md](writes.md).
"""


class Walk(NamedTuple):
    """What every reader is answered at every address."""

    rules: Mapping[Asked, Rule]
    answers: Mapping[Asked, Mapping[str, Response]]


def routes(service: str) -> list[Declared]:
    """Those that are read, by their paths."""
    found = [one for one in declared(application(service)) if "GET" in one.methods]
    return sorted(found, key=lambda one: one.path)


def headers(code: str) -> dict[str, str]:
    return basic(code) if code else NOBODY


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """In which something of everything has happened."""
    async with county_on(bus_and_database) as county:
        await happened(county)
        await staffed(county, *PERSONS.values())
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clients(county: County) -> AsyncIterator[Mapping[str, Browser]]:
    """On a day of April, when the reports of March are issued."""
    async with AsyncExitStack() as stack:
        found = {service: await stack.enter_async_context(browsing(county, service)) for service in SERVICES}
        for client in found.values():
            client.looks_at(READ_AT)
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(clients: Mapping[str, Browser]) -> Walk:
    """Each route of each service, asked as each reader."""
    rules: dict[Asked, Rule] = {}
    for service in SERVICES:
        for route in routes(service):
            assert route.rule is not None
            rules |= dict.fromkeys(addresses(route.path), route.rule)
    answers = {
        one: {
            name: await clients[one.address.split("/")[1]].get(one.address, headers=headers(code))
            for name, code in READERS.items()
        }
        for one in rules
    }
    for one, rule in rules.items():
        if rule.to in BY_POSTS or "{" not in one.row:
            client = clients[one.address.split("/")[1]]
            answers[one] |= {
                name: await client.get(one.address, headers=as_person(who)) for name, who in PERSONS.items()
            }
    return Walk(rules, answers)


TEXTS = (*(one.code for one in BEARERS), *(one.text for one in closed()))


def named(answer: Response) -> set[str]:
    """Whom, and what of closed matters, an answer names."""
    text = NOT_READ.sub("", answer.text)
    return {one for one in TEXTS if one in text}


def cell(walk: Walk, one: Asked, name: str) -> str:
    """A word of the table."""
    answer, rule = walk.answers[one][name], walk.rules[one]
    if answer.status_code == 303 and "/sign-in?" in answer.headers["location"]:
        return "sign in"
    if answer.status_code in SAYS:
        return SAYS[answer.status_code]
    assert answer.status_code in (200, 202, 303), (one.address, answer.status_code)
    is_whole = named(answer) == named(walk.answers[one]["county"])
    if name == "nobody":
        return "all" if is_whole else "public"
    return "all" if is_whole and not (rule == OWN and "{" not in one.row and "?" not in one.row) else "own"


def by_posts(walk: Walk) -> list[list[str]]:
    """The rows of persons, of what is not answered to everybody who is signed in."""
    asked = sorted((one.row, one) for one, rule in walk.rules.items() if rule.to in BY_POSTS)
    found = [
        [f"`{row}`", walk.rules[one].kind or walk.rules[one].to, *(cell(walk, one, who) for who in PERSONS)]
        for row, one in asked
    ]
    return [line for n, line in enumerate(found) if line not in found[:n]]


def rows(walk: Walk) -> Mapping[str, list[list[str]]]:
    """By service; what is the same in all of them is said once."""
    found: dict[str, list[list[str]]] = {service: [] for service in SERVICES}
    for one, rule in walk.rules.items():
        _, service, rest = one.row.split("/", 2)
        found[service].append([f"`/{rest}`", rule.to.value, *(cell(walk, one, name) for name in READERS)])
    common = [row for row in found[SERVICES[0]] if all(row in theirs for theirs in found.values())]
    own = {service: [row for row in theirs if row not in common] for service, theirs in found.items()}
    return {"every service": common, **own}


async def test_each_reads_what_the_table_says(walk: Walk) -> None:
    heads = ("below `/<service>`", "rule", *READERS)
    parts = [f"\n## {service}\n\n{table(heads, lines)}" for service, lines in rows(walk).items()]
    persons = OF_PERSONS + table(("route", "matter", *PERSONS), by_posts(walk))
    as_written("reads.md", HEAD + "".join(parts) + persons)


async def test_nothing_closed_stands_in_any_answer_to_whoever_may_not_read_it(walk: Walk, county: County) -> None:
    roster = await known(county)
    seen = set[str]()
    for name, code in READERS.items():
        reader = Reader(code or None, COUNTY, roster, READ_AT)
        for asked, answers in walk.answers.items():
            for one in closed():
                if one.text in answers[name].text and one.text not in asked.address:
                    may = reader.may(one.rule, one.organisation) or code == one.said_by
                    assert may, f"{name} reads {one.text} at {asked.address}"
                    seen.add(one.text)
    assert seen == {one.text for one in closed()}, "the control: each is read somewhere by somebody"


async def test_whom_an_incident_is_about_no_page_calls_by_an_id(walk: Walk) -> None:
    pages = [one for one in walk.answers if "/api/" not in one.address]
    assert not [one.address for one in pages for answer in walk.answers[one].values() if "PX0" in answer.text]


async def test_nothing_closed_is_read_by_a_person_whose_posts_do_not_read_it(walk: Walk, county: County) -> None:
    roster, seen = await known(county), set[str]()
    for name, who in PERSONS.items():
        reader = Reader(who.organisation, COUNTY, roster, READ_AT, posts_of(who))
        for asked, answers in walk.answers.items():
            for one in closed():
                if name in answers and one.text in answers[name].text and one.text not in asked.address:
                    may = reader.may(one.rule, one.organisation) or who.organisation == one.said_by
                    names_a_report = one.rule == REPORTS and walk.rules[asked].to is To.RUNNING
                    assert may or names_a_report, f"{name} reads {one.text} at {asked.address}"
                    seen |= {name} if may else set()
    assert seen == set(PERSONS) - {"no post", "auditor"}


async def known(county: County) -> Roster:
    return await FollowedRoster(county.bus).current()


async def test_what_a_rule_closes_is_answered_to_nobody_whom_it_shuts_out(walk: Walk) -> None:
    for asked, rule in walk.rules.items():
        answered = {name for name, answer in walk.answers[asked].items() if answer.status_code in (200, 202)}
        if rule.to in (To.SIGNED_IN, To.CONCERNED):
            assert "nobody" not in answered, asked.address
        if rule.to in (To.COUNTY, To.RUNNING, To.AUDIT, To.ACCOUNTS):
            posts = {name for name, who in PERSONS.items() if who.post in OF_THE_COUNTY[rule.to]}
            assert answered <= {"county", *posts}, asked.address
        if rule.kind is not None:
            shut = {name for name, who in PERSONS.items() if not reads_of(posts_of(who), rule.kind)}
            assert answered.isdisjoint(shut), asked.address


async def test_to_what_is_for_those_who_run_the_system_no_gateway_brings_anybody(
    clients: Mapping[str, Browser],
) -> None:
    for service, client in clients.items():
        for path in ("metrics", "api/openapi.json"):
            assert (await client.get(f"/{service}/{path}", headers=NOBODY)).status_code == 200
            assert (await client.get(f"/{service}/{path}", headers={**basic(COUNTY), **GATEWAY})).status_code == 404
        assert (await client.get(f"/{service}/healthz", headers=GATEWAY)).status_code == 200


async def test_what_is_sent_by_nobody_in_particular_is_taken_nowhere(clients: Mapping[str, Browser]) -> None:
    for service in SERVICES:
        for route in declared(application(service)):
            if "POST" not in route.methods or route.path.split("/")[-1] in (
                "sign-in",
                "sign-out",
                "look",
                "large",
                "usual",
            ):
                continue
            address = re.sub(r"\{(\w+)\}", lambda name: FILLED.get(name[1], NONE), route.path)
            answer = await clients[service].post(address, headers=NOBODY)
            assert answer.status_code in (401, 404, 422), (route.path, answer.status_code)


async def test_no_form_is_shown_that_the_posts_of_whoever_looks_do_not_do(
    walk: Walk, clients: Mapping[str, Browser]
) -> None:
    """A form that nothing is entered in is refused for that, or for the posts before it."""
    shown, refused = set[str](), set[str]()
    for name, who in PERSONS.items():
        for answers in walk.answers.values():
            forms = sent_to(answers[name].text) if name in answers else {}
            for action, brought in forms.items():
                answer = await clients[action.split("/")[1]].post(action, data=brought, headers=as_person(who))
                shown.add(action)
                refused |= {f"{name}: {action}"} if answer.status_code == 403 else set()
    assert refused == set()
    assert len(shown) > 20, "the control: there are forms"
