"""The audit of a county: what is done is kept in order, once, holds as a chain, and is the auditor's alone to read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from deploy.commands.audit import in_file, verified
from services.roster.audit import audit_loop
from services.roster.audit.model import AuditRow
from shared.bus.streams import AUDIT_LINES
from shared.database.lease import TERM_MS
from shared.identity.audit import faults_in, unexplained
from tests.browsing import acting_as, browsing, does, signed_in
from tests.county import County
from tests.staffed import AUDITS, CHIEF, CLERK, DIRECTOR, NOBODYS, staffed
from tests.submitters import committee, moment, office

PAGE = "/roster/audit"
DAY = "2018-06-13"


@asynccontextmanager
async def auditing(county: County, days: int = 400) -> AsyncIterator[None]:
    """While the block lasts lines are kept."""
    loop = audit_loop(county.db("roster"), county.bus, "test", TERM_MS, days)
    task = asyncio.create_task(loop.run())
    try:
        yield
    finally:
        loop.stop()
        await task


async def kept(county: County, most: int) -> list[dict[str, Any]]:
    """The rows in order, once there are so many."""
    rows = county.db("roster")[AuditRow.collection]
    async with asyncio.timeout(60):
        while await rows.count_documents({}) < most:
            await asyncio.sleep(0.05)
    return [row async for row in rows.find({}).sort("_id", 1)]


async def test_what_is_done_is_kept_and_read_by_the_auditor_alone(county: County, tmp_path: Path) -> None:
    await staffed(county, AUDITS, CHIEF, CLERK, DIRECTOR, NOBODYS)
    async with county.working(), auditing(county), browsing(county, "roster", by=committee.code) as client:
        client.looks_at(moment(DAY))
        async with signed_in(client, office.code, "roster"):
            pass
        await client.post("/roster/sign-in", data={"code": office.code, "token": "guessed"})
        async with acting_as(client, CHIEF.id, CHIEF.organisation):
            assert (await client.get(f"/roster/people/{CLERK.id}")).status_code == 200
            appointed = {"person": NOBODYS.id, "post": "window-clerk", "since": "2018-06-01"}
            await does(county, client, f"/roster/people/of/{office.code}", "appoint", DAY, **appointed)
        async with acting_as(client, CLERK.id, CLERK.organisation):
            assert (await client.get("/roster/people")).status_code == 403
        async with acting_as(client, DIRECTOR.id, DIRECTOR.organisation):
            assert (await client.get(PAGE)).status_code == 403
        rows = await kept(county, 7)
        kinds = [row["line"]["kind"] for row in rows]
        assert kinds[:4] == ["sign-in", "sign-in-failed", "personal-data", "rights"]
        assert kinds.count("no-right") == 2
        by_chief = [row["line"] for row in rows if row["line"]["person"] == CHIEF.id]
        assert by_chief[0]["what"] == CLERK.id
        (key,) = {one["what"].split(" ")[1] for one in by_chief if one["kind"] == "rights"}
        assert await county.db("roster")["ledger"].count_documents({"_id": key.removeprefix("roster/")}) == 1
        async with acting_as(client, AUDITS.id, AUDITS.organisation):
            page = (await client.get(PAGE)).text
            assert [word in page for word in ("权限变更", "任职登记", f"人{CHIEF.id}", "登录未成")] == [True] * 4
            narrowed = (await client.get(f"{PAGE}?kind=rights")).text
            assert ("任职登记" in narrowed, "登录未成</td>" in narrowed) == (True, False)
            exported = await client.get("/roster/api/audit")
        assert (await client.get(PAGE, auth=(committee.code, "x"))).status_code in (303, 401)
        rows = await kept(county, 10)
    assert [*faults_in(rows)] == []
    file = tmp_path / "audit.jsonl"
    file.write_bytes(exported.content)
    assert verified([*in_file(file)]) == 0
    lines = exported.text.splitlines()
    file.write_text("\n".join(lines[:2] + lines[3:]))
    assert verified([*in_file(file)]) == 1
    assert json.loads(lines[0])["n"] == 1


async def test_lines_that_come_again_are_kept_once_and_old_ones_go_with_a_word(county: County) -> None:
    async with browsing(county, "roster") as client:
        async with auditing(county):
            async with signed_in(client, office.code, "roster"):
                pass
            (first,) = await kept(county, 1)
        await county.db("roster")[AuditRow.collection].update_one(
            {"_id": first["_id"]}, {"$set": {"line.at": (moment("2018-03-05") - timedelta(days=1)).isoformat()}}
        )
        async with auditing(county, days=180):
            async with signed_in(client, office.code, "roster"):
                pass
            async with asyncio.timeout(60):
                while await county.db("roster")[AuditRow.collection].count_documents({"n": 1}):
                    await asyncio.sleep(0.05)
        rows = [row async for row in county.db("roster")[AuditRow.collection].find({}).sort("_id", 1)]
    assert rows[0]["n"] == 2, "the numbers go on"
    assert any(row["line"]["what"].startswith("trimmed up to 1 ") for row in rows)
    assert [*faults_in(rows), *unexplained(rows)] == []


async def test_while_nobody_keeps_them_lines_wait_on_the_bus(county: County) -> None:
    async with browsing(county, "roster") as client, signed_in(client, office.code, "roster"):
        await asyncio.sleep(0)
    async with auditing(county):
        assert len(await kept(county, 1)) == 1
    assert AUDIT_LINES.trims
