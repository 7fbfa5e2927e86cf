"""An operator puts a new key before that of persons' particulars: what lies under the old one is sealed anew."""

from __future__ import annotations

import asyncio
import json
import tarfile
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from deploy.commands.listed import EXAMPLE
from deploy.identity.database import address_of
from deploy.linxi.county import COUNTY
from shared.events.roster import RegisterPerson
from shared.identity.sealing import PublicSealKey
from tests.journeys.running import Supervised, runs, supervised
from tests.sealed import id_number, particulars
from tests.submitters import Submitter, just_now

WINDOW = "150424-D02"
DONE = "全部信息已使用现用密钥。"


def seal_key(county: Supervised) -> PublicSealKey:
    said = county.asks("/roster/api/people/seal-key")
    return PublicSealKey(said["id"], urlsafe_b64decode(said["key"] + "="))


def registered(key: PublicSealKey) -> RegisterPerson:
    sealed = key.seal(json.dumps(particulars()).encode(), "p-1", WINDOW)
    return RegisterPerson(person="p-1", sealed=sealed, valid_from=date(2026, 1, 1))


async def bundled(types: Callable[..., Awaitable[tuple[int, str]]], data: Path) -> None:
    """What goes to whoever helps has versions, condition, metrics and logs, and nothing of a person or of a secret."""
    token = (await types("token", "issue", COUNTY, "--holder", "试用"))[1].strip()
    own = [place.read_text().split()[-1] for place in (data / "secrets" / "token", data / "secrets/roster/people.keys")]
    url = address_of(data / "secrets", "setup")
    canaries = ["样例甲", "13912345678", id_number(), token, *own, f"{url.split('@')[0]}@"]
    with (data / "logs" / "roster.log").open("a") as log:
        log.write(json.dumps({"event": f"canary {canaries}", "level": "info"}) + "\n")
        log.write(f"canary {' '.join(canaries)}\n")
    status, said = await types("support-bundle", "--to", str(data / "bundle.tar.gz"))
    assert (status, (data / "bundle.tar.gz").stat().st_mode & 0o777) == (0, 0o600), said
    with tarfile.open(data / "bundle.tar.gz") as tar:
        files = {one.name.partition("/")[2]: tar.extractfile(one).read().decode() for one in tar}  # type: ignore[union-attr]
    there = {"condition.txt", "versions.json", "settings.json", "metrics/feedback.txt", "logs/roster.log"}
    assert there <= files.keys()
    assert "正常  考核反馈服务" in files["condition.txt"]
    assert files["logs/roster.log"].count("canary") == 2
    shown = [(name, one) for name, text in files.items() for one in canaries if one in text]
    assert shown == []


async def test_a_new_key_is_taken_up_at_once_and_everybody_is_sealed_anew(tmp_path: Path) -> None:
    table, data = tmp_path / "units.csv", tmp_path / "county"
    table.write_text(EXAMPLE.replace("123456", COUNTY))

    async def types(command: str, *arguments: str) -> tuple[int, str]:
        return await runs("deploy.commands", command, *arguments, LIANBAN_DATA=str(data))

    async with supervised(data, "--no-year") as county:
        await county.reaches("running")
        assert (await types("found", str(table)))[0] == 0
        first = seal_key(county)
        said = Submitter(COUNTY).says(registered(first), just_now(), WINDOW)
        async with county.bus() as client:
            await client.jetstream().publish(said.message.subject, said.message.body, headers={**said.message.headers})
        async with asyncio.timeout(60):
            while f"密钥{first.id}：1份（现用）" not in (await types("people-keys"))[1]:
                await asyncio.sleep(0.2)
        status, said_now = await types("people-keys", "--next")
        assert (status, "已生成新密钥" in said_now) == (0, True), said_now
        assert seal_key(county).id != first.id
        async with asyncio.timeout(60):
            while DONE not in (await types("people-keys"))[1]:
                await asyncio.sleep(0.2)
        assert county.asks("/roster/api/people")["items"][0]["name"] == "样例甲"
        await bundled(types, data)
        assert len((data / "secrets" / "roster" / "people.keys").read_text().splitlines()) == 2
        await county.stops()
    status, later = await types("people-keys", "--next")
    assert (status, "下次启动时换用新密钥" in later) == (0, True), later
