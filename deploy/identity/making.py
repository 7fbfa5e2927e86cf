"""Everything below one folder: a folder for each process, so that each can be given its own and no other."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from secrets import token_hex

from deploy.identity.authorities import Authorities, authorities
from deploy.identity.certificates import certificates
from deploy.identity.files import kept, written
from deploy.identity.people_keys import people_keys

NATS = Path(__file__).resolve().parents[1] / "nats"
README = """\
本目录存放签发密钥，日常运行用不到。请移到离线介质（如加密U盘）上妥善保管，需要变更权限、更换证书时再放回原处。

These keys vouch for everything else and are not needed from day to day: move this folder to a medium that is kept
offline, and put it back only when rights change or the bus's certificate is renewed.
"""


def token_secret(folder: Path) -> str:
    """What organisations' HTTP tokens derive from: 32 random bytes in hex."""
    return kept(folder / "token", lambda: token_hex(32) + "\n").strip()


def make(folder: Path, hosts: Sequence[str] = (), dropped: Collection[str] = ()) -> None:
    """What is missing is made, what has changed is signed anew, all else stays as it is."""
    folder = folder.resolve()
    token_secret(folder)
    people_keys(folder)
    who = authorities(folder)
    certificates(folder, hosts, dropped=dropped)
    if (folder / "offline").exists():
        written(folder / "offline" / "README.md", README)
    (folder / "bus" / "hub.conf").unlink(missing_ok=True)  # as it was started with where townships came in behind it
    trusted = _whom_it_trusts(who)
    written(
        folder / "bus" / "server.conf", (NATS / "server.conf").read_text() + trusted + _where_it_keeps(folder / "bus")
    )
    written(folder / "bus" / "identity.conf", trusted)  # for a bus that is told all else in another way


def _whom_it_trusts(who: Authorities) -> str:
    """What of the bus's configuration is the county's own: the operator, and the accounts that it begins with."""
    preload = "\n".join(f"  {key}: {who.account_jwts[name]}" for name, key in who.accounts.items())
    return f"""
# From here on made by `python -m deploy.identity`: change nothing here, it is written again.
operator: {who.operator_jwt}
system_account: {who.accounts["SYS"]}
resolver_preload {{
{preload}
}}
"""


def _where_it_keeps(bus: Path) -> str:
    """Where it keeps accounts, and its certificate.

    What the folder of accounts holds stays when it is newer than what is given here, so a restart revives nobody.
    """
    return f"""resolver {{
  type: full
  dir: {json.dumps(str(bus / "accounts"))}
  allow_delete: false
}}
tls {{
  cert_file: {json.dumps(str(bus / "server.pem"))}
  key_file: {json.dumps(str(bus / "server.key"))}
}}
"""
