"""`make account` prints a code by which the first administrator signs in."""

from __future__ import annotations

import asyncio

import pytest

from deploy.commands.account import account
from deploy.commands.speaker import Hub, Speaker
from deploy.embedded.trouble import Trouble
from tests.browsing import browsing
from tests.county import County
from tests.entrants import SECURITY, WANG, first_time, registered
from tests.processes_here import SECRET
from tests.roster.test_accounts_in_a_browser import address as address
from tests.submitters import committee


async def test_it_prints_a_code_once_by_which_somebody_signs_in(
    county: County, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await registered(county, SECURITY)
    speaker = Speaker(address, committee.code, SECRET, lambda: Hub("https://county:8443", ""))
    await asyncio.to_thread(account, lambda: speaker, SECURITY.name)
    said = capsys.readouterr().out
    assert "https://county:8443/roster/sign-in" in said
    async with browsing(county, "roster") as client:
        await first_time(client, SECURITY, said.split("登录码：")[1].split("（")[0])
    with pytest.raises(Trouble, match="安全保密管理员"):
        await asyncio.to_thread(account, lambda: speaker, WANG.name)
    with pytest.raises(Trouble, match=f"未查到该人员.*lianban token issue {committee.code}"):
        await asyncio.to_thread(account, lambda: speaker, "无此人")
    with pytest.raises(Trouble, match="姓名"):
        await asyncio.to_thread(account, lambda: speaker, "")
