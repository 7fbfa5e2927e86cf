"""`SERVICE=secrets`: every secret of a county in containers, made once below one folder; safe to repeat.

Each process gets a folder of its own and mounts no other. What `deploy.identity` makes is completed by what the
database asks for: a key that the members of its replica set share, an administrator, and a user for each service.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe

from deploy.identity.authorities import OfflineKeysNeeded
from deploy.identity.certificates import HostsDropped, gateway_certificate, nothing_dropped
from deploy.identity.database import database_secrets
from deploy.identity.files import kept, written
from deploy.identity.making import make, token_secret
from shared.calendar import CHINA
from shared.process.lines import ending, only_json, say
from shared.services import SERVICES

OWNER = 10001
"""Whom the image runs as."""
DATABASE = os.environ.get("DATABASE_WITHIN") or "mongo:27017"
"""Where the services reach the database: all members of one that has several, with commas."""
WITHIN = tuple((os.environ.get("BUS_WITHIN") or "nats").split(","))
"""By which names the services reach the bus; a gateway that bore its certificate for a while needs them no more."""
VOLUMES = Path("/run/lianban/volumes")


def hand_over(folder: Path) -> None:
    """What everybody needs stands in everybody's folder, with the first start's day; all is the processes'."""
    today = datetime.now(CHINA).date().isoformat()
    live_from = kept(folder / "live_from", lambda: today + "\n")
    for service in SERVICES:
        written(folder / service / "token_secret", token_secret(folder) + "\n")
        written(folder / service / "live_from", live_from)
    for name in (*SERVICES, "setup", "bus"):
        shutil.copyfile(folder / "ca.pem", folder / name / "ca.pem")
    kept(folder / "grafana" / "password", lambda: token_urlsafe(18) + "\n")
    (folder / "alerts").mkdir(exist_ok=True)  # where the addresses of robots are put
    (folder / "bus" / "accounts").mkdir(exist_ok=True)  # over which the other servers of a bus lay their own
    close(folder)
    for at, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            os.chown(Path(at) / name, OWNER, OWNER)


def close(folder: Path) -> None:
    """Where there was no folder the engine makes one that everybody may look into; only an owner closes it."""
    os.chown(folder, os.getuid(), -1)
    folder.chmod(0o700)


def hand_over_volumes() -> None:
    """A named volume belongs to root until somebody gives it away."""
    for volume in VOLUMES.iterdir() if VOLUMES.exists() else ():
        os.chown(volume, OWNER, OWNER)


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def main() -> None:
    """Says where everything is, or in a sentence why it could not be made."""
    parser = argparse.ArgumentParser(prog="secrets", description="Makes a county's secrets, once.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", action="append", default=[], help="a name or address by which stations reach the bus")
    parser.add_argument(
        "--gateway", action="append", default=[], help="a name or address by which others reach the pages"
    )
    parser.add_argument("--also", default="", help="further names of both, with commas")
    parser.add_argument(
        "--drop-host", default="", help="names that their certificates need no longer bear, with commas"
    )
    asked = parser.parse_args()
    also, dropped = _listed(asked.also), _listed(asked.drop_host)
    bus, gateway = [*WITHIN, *asked.host, *also], [*asked.gateway, *also]
    only_json("secrets", sys.stderr)
    try:
        nothing_dropped(asked.folder / "bus" / "server.pem", bus, dropped)
        nothing_dropped(asked.folder / "gateway" / "server.pem", gateway, (*WITHIN, *dropped))
        make(asked.folder, bus, dropped)
        if why := gateway_certificate(asked.folder, gateway, (*WITHIN, *dropped)):
            say("secrets", f"secrets: the gateway keeps the certificate that it has: {why}")
        database_secrets(asked.folder, DATABASE)
        hand_over(asked.folder)
        hand_over_volumes()
    except (OfflineKeysNeeded, HostsDropped, OSError) as why:
        sys.exit(ending("secrets", f"The secrets are not complete: {why}"))
    kept_apart = asked.folder / "offline"
    say("secrets", f"secrets: complete in {asked.folder}; keep {kept_apart} somewhere safe and off this machine")


if __name__ == "__main__":
    main()
