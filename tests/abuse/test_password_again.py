"""What cannot be undone a person sends only within five minutes after having shown the password again."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response
from itsdangerous import URLSafeSerializer

from deploy.embedded.settings import ROOT
from services.roster.people.model import Person
from shared.database.kept import documents
from shared.events.labels import TYPES
from shared.events.roster.people import Post
from shared.identity.acting import Acting
from shared.identity.rights import NEEDS_PROOF, WORK_OF, must_prove
from shared.identity.sessions import CLOCKS_APART, PROVEN_FOR, SignIn, opened, sealed
from tests.browsing import browsing, fills_in, signed_in
from tests.county import County
from tests.entrants import (
    DIRECTOR,
    OURS,
    PASSWORD,
    WANG,
    Entrant,
    enters,
    first_time,
    given_code,
    in_session,
    registered,
)
from tests.processes_here import SECRET
from tests.roster.test_audit import auditing, kept
from tests.submitters import committee, office, township

CLERK = Entrant("p-clerk", "吴静", committee.code, Post.OFFICE_CLERK)
LEFT = Entrant("p-left", "周正", office.code, None)
PAGE = f"/roster/people/{LEFT.id}"
WAY = f"/roster/account/confirm?back=%2Froster%2Fpeople%2F{LEFT.id}%23form-erase"
AGAIN = "请先输入登录密码确认本人，再提交。"
MINUTE = 60


@pytest_asyncio.fixture
async def client(county: County) -> AsyncIterator[AsyncClient]:
    await registered(county, DIRECTOR, CLERK, WANG, LEFT)
    async with county.working(), browsing(county, "roster") as client:
        yield client


async def erases(client: AsyncClient) -> Response:
    """As a page that somebody left open, or no page at all, sends it."""
    return await client.post(f"{PAGE}/erase", data={"reason": "本人申请"}, headers=OURS)


async def is_erased(county: County) -> bool:
    (person,) = await documents(county.db("roster"), Person, {"_id": LEFT.id})
    return person.erased


def test_types_that_need_it_are_types_that_persons_send() -> None:
    assert "erase-person" in NEEDS_PROOF
    assert WORK_OF.keys() & TYPES.keys() >= NEEDS_PROOF


def test_what_pages_send_past_the_gate_needs_none() -> None:
    """A round and a table of persons publish many submissions of one person at once."""
    sources = {path: path.read_text() for path in Path(ROOT, "services").rglob("*.py")}
    past = {path.stem for path, text in sources.items() if "submission_message(" in text and "actor" in text}
    assert past == {"round_pages", "entering"}
    assert NEEDS_PROOF.isdisjoint({"log-inspection", "register-person", "appoint"})


@pytest.mark.parametrize(
    ("acting", "must"),
    [
        (None, False),
        (Acting(committee.code), False),
        (Acting(committee.code, "P1", frozenset()), True),
        (Acting(committee.code, "P1", frozenset(), is_proven=True), False),
    ],
)
def test_persons_are_asked_and_an_organisations_token_is_not(acting: Acting | None, must: bool) -> None:
    assert (must_prove(acting, "erase-person"), must_prove(acting, "appoint")) == (must, False)


@pytest.mark.parametrize(
    ("ago", "holds"), [(0, True), (PROVEN_FOR - 1, True), (PROVEN_FOR, False), (1 - CLOCKS_APART, True), (-90, False)]
)
def test_a_proof_holds_for_five_minutes(ago: int, holds: bool) -> None:
    session = SignIn.begun(committee.code, "", DIRECTOR.id)
    now = time.time()
    assert not session.is_proven(now)
    proven = session._replace(proved=int(now) - ago)
    assert proven.is_proven(int(now)) is holds
    assert not proven._replace(person="").is_proven(int(now))
    assert opened(sealed(proven, SECRET), SECRET) == proven


def test_a_cookie_of_before_goes_on_unproven_and_one_without_a_proof_is_read_by_an_older_release() -> None:
    nine = ["an-id", committee.code, "", int(time.time()), DIRECTOR.id, int(time.time()), 3, False, True]
    seal = URLSafeSerializer(SECRET, salt="lianban/session")
    session = opened(str(seal.dumps(nine)), SECRET)
    assert session is not None
    assert (session.proved, session.is_proven(time.time())) == (0, False)
    assert seal.loads(sealed(session, SECRET)) == nine


@pytest.mark.parametrize("proved_ago", [None, 6 * MINUTE])
async def test_without_a_fresh_proof_nothing_is_stored_and_everything_comes_again(
    client: AsyncClient, county: County, proved_ago: int | None
) -> None:
    ledger = county.db("roster")["ledger"]
    before = await ledger.count_documents({})
    async with in_session(client, DIRECTOR, proved_ago=proved_ago):
        shown = (await client.get(PAGE)).text
        assert f'href="{WAY}">输入密码后删除</a>' in shown
        assert f'action="{PAGE}/erase"' not in shown
        again = await erases(client)
    assert again.status_code == 403
    assert [AGAIN in again.text, 'value="本人申请"' in again.text, f'href="{WAY}">输入登录密码</a>' in again.text] == [
        True
    ] * 3
    assert (await ledger.count_documents({}), await is_erased(county)) == (before, False)


async def test_with_a_fresh_one_it_is_done(client: AsyncClient, county: County) -> None:
    async with in_session(client, DIRECTOR, proved_ago=4 * MINUTE):
        done = await fills_in(client, PAGE, "erase", reason="本人申请")
        assert done.status_code == 303, done.text
    await county.settles()
    assert await is_erased(county)


async def test_an_organisations_token_is_not_asked(client: AsyncClient, county: County) -> None:
    async with signed_in(client, committee.code, "roster"):
        assert (await fills_in(client, PAGE, "erase", reason="本人申请")).status_code == 303
    await county.settles()
    assert await is_erased(county)


async def test_who_has_no_right_is_told_that_and_not_to_show_a_password(client: AsyncClient, county: County) -> None:
    async with in_session(client, CLERK):
        assert "输入密码后删除" not in (await client.get(PAGE)).text
        refused = await erases(client)
    assert (refused.status_code, "不能办理“个人信息删除”" in refused.text, AGAIN in refused.text) == (403, True, False)
    assert not await is_erased(county)


async def test_anothers_proof_on_the_same_browser_is_no_proof(client: AsyncClient, county: County) -> None:
    await first_time(client, WANG, await given_code(client, WANG, by=township.code))
    shown = await client.post("/roster/account/confirm", data={"old": PASSWORD}, headers=OURS)
    assert shown.status_code == 303
    kept_by_her = dict(client.cookies)
    await client.post("/roster/sign-out", headers=OURS)
    async with in_session(client, DIRECTOR):
        assert AGAIN in (await erases(client)).text
    client.cookies.update(kept_by_her)
    assert (await erases(client)).status_code != 303
    client.cookies.clear()
    assert (await enters(client, WANG, PASSWORD)).status_code == 303
    assert "刚才已确认本人" not in (await client.get("/roster/account/confirm")).text
    assert not await is_erased(county)


async def test_a_form_without_it_stands_in_the_audit(client: AsyncClient, county: County) -> None:
    async with auditing(county), in_session(client, DIRECTOR):
        await erases(client)
        rows = [row["line"] for row in await kept(county, 1)]
    (row,) = [one for one in rows if one["kind"] == "no-right"]
    assert (row["what"], row["outcome"], row["person"]) == ("erase-person", "password-again", DIRECTOR.id)
