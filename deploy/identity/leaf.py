"""What a township's own bus is given: whom it lets in, its configuration, and a key for the line to the county.

It trusts the same operator, so the credentials of a station are good at both. All else there is an account of its own,
which the county's bus does not know. At the county whoever holds the folder is a client among the stations: he may do
for its own stations what each of them may, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from deploy.identity.authorities import (
    JETSTREAM,
    Authorities,
    account_key,
    authorities,
    exports,
    revoked,
    stations_claims,
    user,
)
from deploy.identity.certificates import certificates
from deploy.identity.files import written
from deploy.identity.rights import AS_CLIENT, EXPORTS, STATION_PAYLOAD, Rights
from shared.bus.leaf import LOOK_UP, WAITING, domain
from shared.bus.streams import VERDICTS
from shared.events.outgoing import submission_subject
from shared.identity.nats_jwt import Claims, account_claims, public_key, signed

NATS = Path(__file__).resolve().parents[1] / "nats"
ASKED = f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict"
OFFERED = (*(one for one in EXPORTS if one[0] != "verdict-look-ups"), ("verdict-look-ups", f"{LOOK_UP}.*.*", "service"))
"""What stations have of a township's account: as of the county's, but that a verdict is looked up over the line."""


def line_rights(stations: Sequence[str]) -> Rights:
    """At the county: what each of its stations may, and nobody else's."""
    return Rights(
        publish=(
            *(submission_subject(submitter=code) for code in stations),
            *(f"photo.{code}.*.*" for code in stations),
            *(f"heartbeat.{code}" for code in stations),
            *(f"{ASKED}.{code}.*" for code in stations),
        ),
        subscribe=tuple(f"verdict.{code}.*" for code in stations),
    )


def rights_here(stations: Sequence[str]) -> Rights:
    """At the township: to make its streams and to take from them what waits; to answer for the county."""
    return Rights(
        publish=(
            *(f"$JS.API.STREAM.{verb}.{one.stream}" for one in WAITING for verb in ("CREATE", "UPDATE")),
            *(
                f"$JS.API.CONSUMER.{verb}.{one.stream}.{one.name}"
                for one in WAITING
                for verb in ("CREATE", "RESET", "INFO", "MSG.NEXT")
            ),
            *(f"$JS.ACK.{one.stream}.{one.name}.>" for one in WAITING),
            *(f"verdict.{code}.*" for code in stations),
        ),
        subscribe=("heartbeat.*", f"{LOOK_UP}.*.*"),
        answers=True,
    )


def make_leaf(
    folder: Path,
    township: str,
    stations: Sequence[str],
    hub: str,
    hosts: Sequence[str] = (),
    dropped: Collection[str] = (),
) -> Path:
    """The folder that goes to the township; made again when its stations change, or a station's key was revoked."""
    folder, name = folder.resolve(), domain(township)
    own, who = folder / name, authorities(folder)
    key = account_key(folder, name)
    bounded = {**line_rights(stations).permissions(name), **AS_CLIENT, "payload": STATION_PAYLOAD}
    user(own / "line.creds", folder, "STATIONS", name, bounded)
    user(own / "here.creds", folder, name, "line", rights_here(stations).permissions("line"))
    certificates(folder, hosts, to=own, dropped=dropped)
    written(own / "ca.pem", (folder / "ca.pem").read_text())
    written(own / "line.json", json.dumps({"county": hub, "stations": list(stations)}, indent=2) + "\n")
    written(own / "leaf.conf", (NATS / "leaf.conf").read_text() + _completed(folder, own, who, name, key))
    return own


def _completed(folder: Path, own: Path, who: Authorities, name: str, key: str) -> str:
    claims = [account_claims(name, key, limits=JETSTREAM, exports=exports(OFFERED)), _stations(folder, who, key)]
    jwts = {one["sub"]: signed(one, who.signing.seed) for one in claims}
    preload = "\n".join(
        f"  {each}: {jwt}" for each, jwt in {who.accounts["SYS"]: who.account_jwts["SYS"], **jwts}.items()
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
"""


def _stations(folder: Path, who: Authorities, key: str) -> Claims:
    """The stations' account as this bus is to know it: with the keys that were revoked since."""
    renamed = {"verdict-look-ups": {"local_subject": f"{ASKED}.*.*"}}
    imports = [
        {"name": called, "subject": subject, "type": kind, "account": key, **renamed.get(called, {})}
        for called, subject, kind in OFFERED
    ]
    ended = revoked(folder, who.accounts["STATIONS"])
    return stations_claims(who.accounts["STATIONS"], public_key(who.stations.seed), ended, imports)
