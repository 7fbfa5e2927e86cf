"""A station enrols over HTTP, submits over the bus, is revoked, enrols again: in a county as `make run` starts it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from deploy.embedded.county.folder import token_secret
from services.station.folder import Folder
from shared.bus.connection import Bus
from shared.bus.publishing import publish_all, publish_each
from shared.calendar import CHINA
from shared.events.verdict import is_own_verdict
from shared.identity.access import Access, NoEntry, enter
from shared.identity.invitations import Invitation, digest_of, mark_of, new_code
from shared.identity.nats_jwt import KeyKind, claims_in, new_seed, public_key
from shared.identity.tokens import token_of
from tests.identity.enrolling import Desk
from tests.journeys.running import Supervised, runs, supervised
from tests.keys import denied, guest
from tests.submitters import founding, stations
from tests.submitters import station as first

PATIENCE = 60.0
PROMISED, BORNE = 2.0, 10
"""Seconds within which a revoked station is out, and how many times as long on a machine that is busy."""
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(quick_folder: Path) -> AsyncIterator[Supervised]:
    """With a township and four stations."""
    async with supervised(quick_folder / "enrolling", "--no-year") as county:
        await county.reaches("running")
        async with county.bus() as client:
            await publish_all(client, [said.message for said in founding()], 10)
        await county.until(lambda: len(county.asks("/roster/api/organisations")["items"]) == 8)
        yield county


@pytest.fixture
def desk(county: Supervised, tmp_path: Path) -> Iterator[Desk]:
    with httpx.Client(base_url=county.gateway, timeout=30, trust_env=False) as client:
        yield Desk(county, client, tmp_path)


def slug(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["reasons"][0]["slug"]


def slug_of(answer: httpx.Response) -> str:
    """The verdict, or why there is none."""
    content = answer.json()
    return str(content["reasons"][0]["slug"] if content.get("reasons") else content["verdict"])


async def test_a_station_enrols_and_submits_over_the_bus(county: Supervised, desk: Desk) -> None:
    code, seed = desk.invites(first.code), new_seed(KeyKind.USER)
    answer = desk.enrols(code.lower().replace("-", " "), seed).json()
    assert (answer["station"], answer["name"]) == (first.code, f"组织{first.code}")
    assert answer["bus"] == [county.running.addresses.nats_url]
    assert answer["bus"][0].startswith("tls://")
    assert answer["token"] == token_of(first.code, token_secret(county.data))
    said = first.logs(datetime.now(CHINA))
    async with guest(answer["bus"][0], desk.keeps(answer, seed)) as station:
        heard = await station.client.subscribe(f"verdict.{first.code}.*")
        await publish_each(station.client, [said.message], 5)
        verdict = await heard.next_msg(10)
        assert verdict.subject == f"verdict.{first.code}.{said.id}"
        assert is_own_verdict(verdict.subject, verdict.headers)
        assert b'"accepted"' in verdict.data
        assert await station.complaints() == []
    stands = desk.stands(first.code)
    assert (stands["enrolled"], stands["public_key"], stands["revoked"]) == (True, public_key(seed), None)


async def test_an_answer_that_was_lost_is_given_again_and_the_code_lets_in_no_other_key(desk: Desk) -> None:
    code, seed = desk.invites(first.code), new_seed(KeyKind.USER)
    before = desk.enrols(code, seed)
    assert desk.enrols(code, seed).json() == before.json()
    assert slug(desk.enrols(code, new_seed(KeyKind.USER))) == (422, "unknown-code")
    assert claims_in(before.json()["jwt"])["sub"] == public_key(seed)


async def test_who_enrols_a_second_pc_is_told_before_and_after_since_when_the_first_one_was_there(desk: Desk) -> None:
    code, seed = desk.invites(first.code), new_seed(KeyKind.USER)
    assert desk.enrols(code, seed).json()["station"] == first.code
    since, second, other = desk.stands(first.code)["since"], desk.invites(first.code), new_seed(KeyKind.USER)
    assert desk.looks(second, other) == {"station": first.code, "name": f"组织{first.code}", "replaces": since}
    assert desk.stands(first.code)["public_key"] == public_key(seed), "looking ends nothing"
    assert desk.enrols(second, other).json()["replaced"] == since
    assert desk.looks(second, other)["replaces"] is None
    assert desk.looks(new_code(), other)["reasons"][0]["slug"] == "unknown-code"


async def test_what_is_sent_wrongly_is_answered_with_a_sentence(desk: Desk) -> None:
    code = desk.invites(first.code)
    assert slug(desk.enrols(new_code(), new_seed(KeyKind.USER))) == (422, "unknown-code")
    assert slug(desk.enrols(code, new_seed(KeyKind.ACCOUNT))) == (422, "unreadable-key")
    answer = desk.client.post("/roster/api/enrolments", json={"code": "x" * 100, "public_key": "U"})
    assert answer.status_code == 422
    newer = desk.invites(first.code)
    assert slug(desk.enrols(code, new_seed(KeyKind.USER))) == (422, "unknown-code")
    assert desk.enrols(newer, new_seed(KeyKind.USER)).status_code == 200
    assert desk.client.get("/roster/api/stations/150424999999", auth=desk.county.program).status_code == 404


async def test_a_code_is_kept_and_shown_nowhere(county: Supervised, desk: Desk) -> None:
    code = desk.invites(first.code)
    assert desk.stands(first.code)["invited_until"]
    shown = desk.client.get(f"/roster/api/stations/{first.code}", auth=county.program).text
    assert digest_of(code) not in shown
    async with county.bus() as client:
        last = await Bus(client).last("FACTS", f"fact.station-invited.{first.code}")
        assert last is not None
        assert digest_of(code).encode() not in last.body


async def test_a_revoked_station_is_put_out_by_the_bus_and_stays_out_when_the_bus_is_killed(
    county: Supervised, desk: Desk
) -> None:
    url, lost, kept = county.running.addresses.nats_url, stations[1].code, stations[2].code
    access, _, seed = desk.lets_in(lost)
    other, _, _ = desk.lets_in(kept)
    async with guest(url, access, reconnects=0) as station, guest(url, other) as neighbour:
        desk.revokes(lost)
        since = time.monotonic()
        while station.client.is_connected:
            assert time.monotonic() - since < BORNE * PROMISED
            await asyncio.sleep(0.01)
        print(f"out of the bus after {time.monotonic() - since:.2f} s")
        assert await neighbour.complaints() == []
    await _is_out(url, access)
    before = county.kills("nats")
    await county.until(lambda: county.running.pids.get("nats", before) != before)
    await _comes_back(url, other)
    await _is_out(url, access)
    assert desk.stands(lost)["revoked"]
    assert slug(desk.enrols(desk.invites(lost), seed)) == (422, "key-already-used")
    again, _, _ = desk.lets_in(lost)
    async with guest(url, again) as station:
        assert await station.complaints() == []


async def test_a_new_pc_takes_the_place_of_the_one_before(county: Supervised, desk: Desk) -> None:
    url, code = county.running.addresses.nats_url, stations[3].code
    before, _, old = desk.lets_in(code)
    assert desk.asks_of_key(code, old) == {"station": code, "in_force": True, "replaced_since": None}
    after, _, new = desk.lets_in(code)
    since = desk.stands(code)["since"]
    assert desk.asks_of_key(code, old) == {"station": code, "in_force": False, "replaced_since": since}
    assert desk.asks_of_key(code, new)["in_force"]
    assert {desk.key_of(code, new_seed(KeyKind.USER)).status_code, desk.key_of(first.code, old).status_code} == {403}
    assert desk.client.get(f"/roster/api/stations/{code}").status_code == 401
    async with asyncio.timeout(PATIENCE):
        while not await _refused(url, before):
            await asyncio.sleep(0.05)
    async with guest(url, after) as station:
        assert await station.complaints() == []


async def test_a_revoked_station_is_out_of_http_and_the_next_pc_has_a_token_of_its_own(
    county: Supervised, desk: Desk
) -> None:
    code, seed = desk.invites(first.code), new_seed(KeyKind.USER)
    token = desk.enrols(code, seed).json()["token"]
    assert slug_of(desk.hears(first.logs(datetime.now(CHINA), n=1), token)) == "accepted"
    desk.revokes(first.code)
    since = time.monotonic()
    while desk.asks_desk(first.code, token) != 401:
        assert time.monotonic() - since < BORNE * PROMISED
        await asyncio.sleep(0.01)
    print(f"out of HTTP after {time.monotonic() - since:.2f} s")
    refused = desk.hears(first.logs(datetime.now(CHINA), n=2), token)
    assert (refused.status_code, slug_of(refused)) == (401, "not-your-token")
    newer = desk.enrols(desk.invites(first.code), new_seed(KeyKind.USER)).json()["token"]
    assert newer != token
    assert slug_of(desk.hears(first.logs(datetime.now(CHINA), n=3), newer)) == "accepted"
    assert await runs("deploy.commands", "token", "first", first.code, LIANBAN_DATA=str(county.data)) == (
        0,
        f"{newer}\n",
    )


async def _is_out(url: str, access: Access) -> None:
    with pytest.raises(NoEntry, match="does not let them in"):
        await enter(url, access, max_reconnect_attempts=-1)


async def _comes_back(url: str, access: Access) -> None:
    async with asyncio.timeout(PATIENCE):
        client = await enter(url, access, max_reconnect_attempts=-1, reconnect_time_wait=0.05)
    await client.close()


async def _refused(url: str, access: Access) -> bool:
    """Not yet, where the key becomes void while somebody comes with it: the bus then hangs up without saying why."""
    try:
        await (await enter(url, access)).close()
    except NoEntry:
        return True
    except ConnectionResetError:
        return False
    return False


async def test_the_commands_invite_and_revoke(county: Supervised, desk: Desk) -> None:
    code = stations[3].code
    status, said = await runs("deploy.commands", "invite", code, LIANBAN_DATA=str(county.data))
    assert status == 0, said
    invitation = Invitation.read(said.split("登记码：")[1].split("（")[0])
    assert invitation.mark == mark_of((county.data / "secrets" / "ca.pem").read_text())
    assert f"enrol --hub {county.running.addresses.public_url} {invitation.text}" in said
    pc = Folder(desk.folder / "pc")
    status, said = await runs("services.station", "--data", str(pc.path), *said.splitlines()[-1].split()[3:])
    assert (status, "登记成功" in said) == (0, True), said
    assert pc.ca.read_text() == (county.data / "secrets" / "ca.pem").read_text()
    status, said = await runs("deploy.commands", "invite", code, LIANBAN_DATA=str(county.data))
    assert (status, "该站已有一台电脑" in said, "原来的电脑将停用" in said) == (0, True, True), said
    status, said = await runs("deploy.commands", "revoke", code, LIANBAN_DATA=str(county.data))
    assert (status, "已注销" in said) == (0, True), said
    assert desk.stands(code)["enrolled"] is False
    status, said = await runs("deploy.commands", "revoke", code, LIANBAN_DATA=str(county.data))
    assert (status, "没有办成" in said) == (1, True), said


@pytest.mark.parametrize(
    ("command", "code", "sentence"), [("invite", first.code, "make run"), ("revoke", "nobody", "12位")]
)
async def test_a_command_that_cannot_be_done_says_what_to_do(
    tmp_path: Path, command: str, code: str, sentence: str
) -> None:
    status, said = await runs("deploy.commands", command, code, LIANBAN_DATA=str(tmp_path))
    assert (status, sentence in said, "Traceback" in said) == (1, True, False), said


async def test_while_the_bus_is_away_it_is_said_and_the_same_code_works_later(county: Supervised, desk: Desk) -> None:
    code, seed = desk.invites(first.code), new_seed(KeyKind.USER)
    bus = county.running.pids["nats"]
    os.kill(bus, signal.SIGSTOP)
    try:
        assert slug(desk.enrols(code, seed)) == (503, "bus-away")
    finally:
        os.kill(bus, signal.SIGCONT)
    async with asyncio.timeout(PATIENCE):
        while desk.enrols(code, seed).status_code != 200:
            await asyncio.sleep(0.1)


async def test_the_bus_denied_the_countys_own_processes_nothing(county: Supervised) -> None:
    log = county.data / "logs" / "nats.log"
    assert [*denied(log, "COUNTY"), *denied(log, "SYS")] == []


async def test_a_code_that_is_none_is_counted_and_noted_and_stands_in_no_log(county: Supervised, desk: Desk) -> None:
    code = new_code()
    assert slug(desk.enrols(code, new_seed(KeyKind.USER))) == (422, "unknown-code")
    assert desk.looks(code, new_seed(KeyKind.USER))["reasons"][0]["slug"] == "unknown-code"
    counted = desk.client.get(f"{county.running.addresses.services['roster']}/roster/metrics").text
    (said,) = re.findall(r'lianban_not_let_in_total\{service="roster",way="enrolment"\} ([0-9.]+)', counted)
    assert float(said) >= 2
    log = (county.data / "logs" / "roster.log").read_text()
    assert ('"way": "enrolment"' in log, code in log) == (True, False)
