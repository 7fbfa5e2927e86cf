"""What a township's own bus is given: who it is for the county, whom it lets in, and its configuration.

It trusts the same operator, so the credentials of a station are good at both. At the county it may only hand over what
it is asked for, its own stations' photos and heartbeats, and hear its own stations' verdicts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from deploy.identity.authorities import Authorities, authorities, user
from deploy.identity.certificates import certificates
from deploy.identity.files import written
from deploy.identity.rights import Rights
from shared.bus.leaf import COUNTY_DOMAIN, domain

NATS = Path(__file__).resolve().parents[1] / "nats"


def leaf_rights(township: str, stations: Sequence[str]) -> Rights:
    """Publish is what the county takes from it, subscribe what the county lets it hear."""
    own = domain(township)
    return Rights(
        publish=(
            *(f"photo.{code}.*.*" for code in stations),
            *(f"heartbeat.{code}" for code in stations),
            *(f"$JS.{COUNTY_DOMAIN}.API.CONSUMER.CREATE.VERDICTS.*.verdict.{code}.*" for code in stations),
            f"leaf.{own}.submissions.>",
            "$JSC.R.*",
            "$JS.FC.>",
            "_INBOX_setup.>",
        ),
        subscribe=(
            *(f"verdict.{code}.*" for code in stations),
            f"leaf.{own}.verdicts.>",
            f"$JS.{own}.API.>",
            "$JSC.R.*",
            "$JS.FC.>",
            "_R_.>",
        ),
    )


def make_leaf(folder: Path, township: str, stations: Sequence[str], hub: str, hosts: Sequence[str] = ()) -> Path:
    """The folder that goes to the township; made again when its stations change, or a station's key was revoked."""
    folder = folder.resolve()
    own, who = folder / domain(township), authorities(folder)
    user(own / "bus.creds", folder, "COUNTY", domain(township), leaf_rights(township, stations).permissions("leaf"))
    certificates(folder, hosts, to=own)
    written(own / "leaf.conf", (NATS / "leaf.conf").read_text() + _completed(folder, own, township, hub, who))
    return own


def _completed(folder: Path, own: Path, township: str, hub: str, who: Authorities) -> str:
    preload = "\n".join(
        f"  {key}: {_newest(folder, key, who.account_jwts[name])}" for name, key in who.accounts.items()
    )
    return f"""
# From here on made by `python -m deploy.identity --leaf`: change nothing here, it is written again.
operator: {who.operator_jwt}
system_account: {who.accounts["SYS"]}
resolver: MEMORY
resolver_preload {{
{preload}
}}
tls {{
  cert_file: {json.dumps(str(own / "server.pem"))}
  key_file: {json.dumps(str(own / "server.key"))}
}}
leafnodes {{
  reconnect: 1s
  remotes: [{{
    url: {json.dumps(hub)}
    account: {who.accounts["COUNTY"]}
    credentials: {json.dumps(str(own / "bus.creds"))}
    # What stations submit is stored here and fetched: sent on at once as well, it would come twice.
    deny_exports: ["submit.>"]
    tls {{ ca_file: {json.dumps(str(folder / "ca.pem"))} }}
  }}]
}}
"""


def _newest(folder: Path, account: str, jwt: str) -> str:
    """With the keys that were revoked since: the county's bus was told of them."""
    held = folder / "bus" / "accounts" / f"{account}.jwt"
    return held.read_text().strip() if held.exists() else jwt
