"""On the host of a county that units of systemd run `lianban` finds it by what they say, whatever is typed."""

from __future__ import annotations

import tarfile
from pathlib import Path
from urllib.parse import urlsplit

from deploy.commands.listed import EXAMPLE
from deploy.embedded.county.folder import LIVE_FROM, secrets
from deploy.embedded.settings import ROOT
from deploy.linxi.county import COUNTY
from shared.services import SERVICES
from tests.journeys.running import Supervised, runs, supervised

UNITS = ROOT / "deploy" / "systemd"


def installed(county: Supervised, folder: Path) -> Path:
    """Our own units, where their paths and ports are this county's."""
    addresses = county.running.addresses
    public = urlsplit(addresses.public_url or "")
    here = {
        "/var/lib/lianban/secrets": str(secrets(county.data)),
        "/etc/lianban": str(folder / "etc"),
        "/opt/lianban/deploy/systemd": str(folder / "etc"),
        "tls://127.0.0.1:4222": addresses.nats_url,
        "GATEWAY_TLS_PORT=443": f"GATEWAY_TLS_PORT={public.port}",
    }
    (folder / "units").mkdir(parents=True)
    (folder / "etc").mkdir()
    for one in (*UNITS.glob("*.service"), *UNITS.glob("*.target")):
        text = one.read_text()
        for there, place in here.items():
            text = text.replace(there, place)
        (folder / "units" / one.name).write_text(text)
    for name in SERVICES:
        (folder / "etc" / f"{name}.env").write_text(f"HTTP_PORT={urlsplit(addresses.services[name]).port}\n")
    live_from = (county.data / LIVE_FROM).read_text().strip()
    settings = f"COUNTY={COUNTY}\nPUBLIC_URL={addresses.public_url}\nLIVE_FROM={live_from}\n"
    (folder / "etc" / "county.env").write_text(settings)
    return folder / "units"


async def test_every_verb_finds_the_county_or_says_in_a_sentence_what_to_do(tmp_path: Path) -> None:
    async with supervised(tmp_path / "county", "--no-year") as county:
        await county.reaches("running")
        units, nowhere = installed(county, tmp_path / "host"), tmp_path / "nowhere"

        async def types(*words: str, status: int = 0) -> str:
            place = {"LIANBAN_UNITS": str(units), "LIANBAN_DATA": str(nowhere)}
            ended, said = await runs("deploy.commands", "--in", "systemd", *words, **place)
            assert ended == status, said
            return said

        table, archives, bundle = tmp_path / "units.csv", tmp_path / "archives", tmp_path / "bundle.tar.gz"
        table.write_text(EXAMPLE.replace("123456", COUNTY), encoding="utf-8")
        assert "还没有登记单位" in await types()
        assert "已登记6个单位" in await types("found", str(table))
        assert str(county.running.addresses.public_url) in await types("invite", f"{COUNTY}100202")
        assert len((await types("token", "issue", COUNTY, "--holder", "取号机")).split()) == 1
        assert "指标" in await types("figures", "2027-01")
        assert (await types("check")).count("正常") >= len(SERVICES)
        assert "相符" in await types("adopt")
        assert "没有待人工处理" in await types("letters", "list")
        assert "共重新告知" in await types("retell")
        assert "重算完成" in await types("rebuild")
        assert "现用密钥" in await types("people-keys")
        assert "已回读校验" in await types("backup", "--to", str(archives))
        assert "已备份到" in await types("backup", "--to", str(archives), "--since-last")
        archive = min(archives.glob("*.age"), key=lambda one: len(one.name))
        key = secrets(county.data) / "offline" / "backup.key"
        assert "没有恢复" in await types("restore", str(archive), "--key", str(key), status=1)
        assert "systemctl restart lianban.target" in await types("upgrade")
        assert "已收集到" in await types("support-bundle", "--to", str(bundle))
        with tarfile.open(bundle) as tar:
            names = {one.name.removeprefix("lianban-support/") for one in tar}
        assert {"condition.txt", "units.txt", "logs/journal.log", "settings.json"} <= names
        await county.stops()
