"""Tokens of programs in a county as `make run` starts it: issued, listed, renewed and revoked one by one."""

from __future__ import annotations

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import httpx
import pytest
import pytest_asyncio

from deploy.embedded.county.folder import token_secret
from services.roster.tokens.rules import LONGEST
from services.station.folder import Folder, Hub
from services.station.line.renewing import renewed
from shared.bus.publishing import publish_all
from shared.calendar import CHINA
from shared.identity.tokens import token_of
from shared.services import SERVICES
from tests.journeys.running import Supervised, runs, supervised
from tests.submitters import committee, founding, office, station, stations

PATIENCE = 20.0
pytestmark = pytest.mark.asyncio(loop_scope="module")
COUNTY = committee.code


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(quick_folder: object, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Supervised]:
    """With a few organisations."""
    async with supervised(tmp_path_factory.mktemp("program-tokens"), "--no-year") as county:
        await county.reaches("running")
        async with county.bus() as client:
            await publish_all(client, [said.message for said in founding()], 10)
        await county.until(lambda: len(county.asks("/roster/api/organisations")["items"]) == 8)
        yield county


def as_basic(*who: str) -> dict[str, str]:
    """A code and its token; nothing says nothing."""
    return {"authorization": f"Basic {b64encode(':'.join(who).encode()).decode()}"} if who else {}


@dataclass(frozen=True)
class Programs:
    """Programs that speak over HTTP, and a browser that keeps its cookie."""

    client: httpx.Client

    def reads(self, path: str, *who: str) -> httpx.Response:
        return self.client.get(path, headers=as_basic(*who))

    def is_signed_in(self, service: str) -> bool:
        return "/sign-out" in self.client.get(f"/{service}/sign-in").text

    def signs_in(self, code: str, token: str) -> int:
        return self.client.post("/feedback/sign-in", data={"code": code, "token": token}).status_code

    def renews(self, *who: str) -> httpx.Response:
        return self.client.post("/roster/api/tokens/renewals", headers=as_basic(*who))

    def enters(self, code: str, token: str, service: str = "roster") -> bool:
        """Whether one is believed: then what it submits is only unreadable."""
        headers = {"ce-source": code, "authorization": f"Bearer {token}"}
        answer = self.client.post(f"/{service}/api/submissions", headers=headers)
        assert answer.status_code in (400, 401), answer.text
        return answer.status_code == 400

    async def is_out(self, code: str, token: str) -> None:
        """Everywhere, within seconds."""
        async with asyncio.timeout(PATIENCE):
            while any(self.enters(code, token, service) for service in SERVICES):
                await asyncio.sleep(0.01)


@pytest.fixture
def programs(county: Supervised) -> Iterator[Programs]:
    with httpx.Client(base_url=county.gateway, timeout=30, trust_env=False) as client:
        yield Programs(client)


def first_of(county: Supervised, code: str) -> str:
    """As it was before tokens were issued."""
    return token_of(code, token_secret(county.data))


async def types(county: Supervised, *words: str) -> str:
    """The command, which is carried out; what it says."""
    status, said = await runs("deploy.commands", "token", *words, LIANBAN_DATA=str(county.data))
    assert status == 0, said
    return said.strip()


async def test_each_is_issued_listed_and_revoked_by_itself_the_countys_as_well(
    county: Supervised, programs: Programs
) -> None:
    for code in (office.code, COUNTY):
        one, other = [await types(county, "issue", code, "--holder", holder) for holder in ("大厅对接", "数据报表")]
        assert one != other
        assert all(programs.enters(code, token, service) for token in (one, other) for service in SERVICES)
        listed = await types(county, "list", code)
        assert ("大厅对接" in listed, "数据报表" in listed, listed.count("有效期至")) == (True, True, 2)
        assert one not in listed
        serial = one.split(".")[0]
        assert "其他口令不受影响" in await types(county, "revoke", code, serial, "--reason", "停用")
        await programs.is_out(code, one)
        assert programs.enters(code, other)
        assert "已注销" in (await types(county, "list", code)).split(serial)[1].splitlines()[0]


async def test_the_token_that_the_county_had_before_ends_and_the_commands_go_on(
    county: Supervised, programs: Programs
) -> None:
    first = await types(county, "first", COUNTY)
    assert first == first_of(county, COUNTY)
    assert programs.enters(COUNTY, first)
    await types(county, "revoke", COUNTY, "k0")
    await programs.is_out(COUNTY, first)
    status, said = await runs("deploy.commands", "token", "first", COUNTY, LIANBAN_DATA=str(county.data))
    assert (status, "token issue" in said) == (1, True), said
    assert programs.enters(COUNTY, await types(county, "issue", COUNTY, "--holder", "县级平台"))


async def test_another_takes_the_place_of_one_which_is_void_at_once_with_whoever_is_signed_in_by_it(
    county: Supervised, programs: Programs
) -> None:
    old = await types(county, "issue", office.code, "--holder", "窗口终端", "--days", "30")
    assert (programs.signs_in(office.code, old), programs.is_signed_in("roster")) == (303, True)
    new = await types(county, "reissue", office.code, old.split(".")[0])
    await programs.is_out(office.code, old)
    assert programs.enters(office.code, new)
    assert not programs.is_signed_in("roster")
    assert "窗口终端" in (await types(county, "list", office.code)).split(new.split(".")[0])[1]


async def test_the_day_of_its_last_use_is_listed(county: Supervised, programs: Programs) -> None:
    token = await types(county, "issue", office.code, "--holder", "日报")
    serial, path = token.split(".")[0], f"/roster/api/organisations/{office.code}/tokens"

    def used() -> str | None:
        items = programs.reads(path, office.code, first_of(county, office.code)).json()["items"]
        return next(str(one["used"]) for one in items if one["serial"] == serial)

    assert used() == "None"
    assert programs.enters(office.code, token, "greenchannel")
    await county.until(lambda: used() == datetime.now(CHINA).date().isoformat())


async def test_a_program_renews_its_own_and_is_answered_the_same_when_it_asks_again(
    county: Supervised, programs: Programs
) -> None:
    first = first_of(county, station.code)
    answers = [programs.renews(station.code, first).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert programs.enters(station.code, answers[0]["token"])
    assert programs.enters(station.code, first)
    assert "有效期至" in (await types(county, "list", station.code)).split("k0")[1].splitlines()[0]
    assert programs.renews().status_code == 401


async def test_nobody_keeps_a_renewal_away_by_using_its_id_first(county: Supervised, programs: Programs) -> None:
    """Seen: the id follows from code and serial, and what came under it within two minutes was taken for a repeat."""
    who, serial = stations[2].code, "k0"
    following = hashlib.sha256(f"{who}/{serial}".encode()).hexdigest()[:12]
    id = uuid5(NAMESPACE_URL, f"renew/{who}/{serial}/{following}")
    squatting = station.logs(n=77).message._replace(headers={"Nats-Msg-Id": f"{who}/{id}"})
    async with county.bus() as client:
        await publish_all(client, [squatting], 10)
    answers = await asyncio.gather(*(asyncio.to_thread(programs.renews, who, first_of(county, who)) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [200] * 3, answers[0].text
    assert len({answer.json()["token"] for answer in answers}) == 1
    assert programs.enters(who, answers[0].json()["token"])


async def test_others_neither_read_the_list_nor_find_it_in_the_organisation(
    county: Supervised, programs: Programs
) -> None:
    path = f"/roster/api/organisations/{COUNTY}"
    assert programs.reads(f"{path}/tokens").status_code == 401
    assert programs.reads(f"{path}/tokens", station.code, first_of(county, station.code)).status_code == 403
    assert "tokens" not in programs.reads(path, station.code, first_of(county, station.code)).json()


async def test_a_stations_pc_exchanges_the_token_that_it_always_had_and_again_before_it_ends(
    county: Supervised, programs: Programs, tmp_path: Path
) -> None:
    folder, today, first = Folder(tmp_path / "pc"), datetime.now(CHINA).date(), first_of(county, station.code)
    old = Hub(station.code, "测试村", county.gateway, (), first)
    folder.keep_hub(old)
    new = await asyncio.to_thread(renewed, folder, old, today)
    assert (new.token != first, new.until, folder.hub()) == (True, (today + LONGEST).isoformat(), new)
    assert await asyncio.to_thread(renewed, folder, old, today) == new
    again = await asyncio.to_thread(renewed, folder, old, today + LONGEST - timedelta(days=30))
    assert again.token not in (first, new.token)
    assert programs.enters(station.code, again.token)
    gone = Hub(station.code, "测试村", "http://127.0.0.1:1", (), first)
    folder.keep_hub(gone)
    assert await asyncio.to_thread(renewed, folder, gone, today) == gone
