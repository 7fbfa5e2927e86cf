"""`SERVICE=look`: how a county's secrets stand before it starts, as lines of JSON; nothing is changed.

Only here they can be read: their folder is the processes' own. `make check-up` starts it with what `SERVICE=secrets` is
given.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509

from deploy.container.hosts import CountyHosts, hosts_asked
from deploy.container.processes import VOLUMES
from deploy.identity.authorities import OfflineKeysNeeded
from deploy.identity.certificates import RENEWED_BEFORE, HostsDropped, gateway_certificate, hosts_of
from deploy.identity.making import make
from deploy.up.findings import CheckLine, Level
from shared.identity.nats_jwt import claims_in

RENEWING = "请把offline文件夹放回密钥所在文件夹，执行make up，证书自动更换、自动启用；完成后再移走。"


def looked_at(folder: Path, volumes: Path, hosts: CountyHosts, now: datetime | None = None) -> Iterator[CheckLine]:
    """Certificates, whether a start would find all that it needs, and whose the volumes are."""
    now = now or datetime.now(UTC)
    for name, words in (("bus", "总线"), ("gateway", "网关")):
        if (place := folder / name / "server.pem").exists():
            yield _certificate(words, x509.load_pem_x509_certificate(place.read_bytes()), now, folder)
    yield _made_on_trial(folder, hosts)
    if why := strangers(folder, volumes):
        yield CheckLine(Level.STOPS, "数据卷不属于这套密钥 The volumes belong to other secrets", why)


def strangers(folder: Path, volumes: Path) -> str:
    """Why the bus's volume is not of these secrets; empty where it is, or holds nothing yet."""
    held = {place.name for place in (volumes / "nats" / "jetstream").glob("A*")}
    statement = folder / "accounts" / "COUNTY.jwt"
    own = str(claims_in(statement.read_text())["sub"]) if statement.exists() else ""
    if not held or own in held:
        return ""
    return (
        "总线的数据卷是用另一套密钥建立的：请把原来的密钥文件夹放回（LIANBAN_SECRETS指明的位置），或者从备份恢复；"
        "确要放弃原有数据重新开始的，先执行docker compose down -v。 "
        "The bus's volume was made with other secrets: put those back, or restore a backup."
    )


def _certificate(words: str, held: x509.Certificate, now: datetime, folder: Path) -> CheckLine:
    left = held.not_valid_after_utc - now
    what = f"{words}的证书还有{max(left.days, 0)}天，用于{'、'.join(hosts_of(held))}"
    if left > RENEWED_BEFORE:
        return CheckLine(Level.FINE, what)
    if (folder / "offline" / "ca.key").exists():
        return CheckLine(Level.MIND, f"{what}；本次启动自动更换")
    return CheckLine(Level.MIND if left > timedelta() else Level.STOPS, what, RENEWING)


def _made_on_trial(folder: Path, hosts: CountyHosts) -> CheckLine:
    """On a copy: what a start would make, sign and renew, and where it would want the offline keys."""
    with TemporaryDirectory() as copy:
        trial = Path(copy) / "secrets"
        shutil.copytree(folder, trial)
        try:
            hosts.keep_theirs(trial)
            make(trial, hosts.bus, hosts.dropped)
            gateway_certificate(trial, hosts.gateway, hosts.dropped_of_gateway)
        except (OfflineKeysNeeded, HostsDropped) as why:
            return CheckLine(Level.STOPS, "密钥和证书 Secrets", str(why).replace(str(trial), str(folder)))
    return CheckLine(Level.FINE, "密钥齐全")


def main() -> None:
    """A line for each thing that was looked at."""
    folder, hosts = hosts_asked("look", "Looks at a county's secrets and changes nothing.")
    for one in looked_at(folder, VOLUMES, hosts):
        print(json.dumps({"level": one.level.name, "what": one.what, "do": one.do}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
