"""`SERVICE=secrets`: every secret of a county in containers, made once below one folder; safe to repeat.

Each process gets a folder of its own and mounts no other. What `deploy.identity` makes is completed by what the
database asks for: a key that the members of its replica set share, an administrator, and a user for each service.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe

from deploy.container.hosts import hosts_asked
from deploy.container.looking import strangers
from deploy.container.processes import VOLUMES
from deploy.identity.authorities import OfflineKeysNeeded
from deploy.identity.certificates import HostsDropped, gateway_certificate
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
    # Where the addresses of robots are put, and over which the other servers of a bus lay their own.
    for place in (folder / "alerts", folder / "bus" / "accounts"):
        place.mkdir(exist_ok=True)
        close(place)
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


def main() -> None:
    """Says where everything is, or in a sentence why it could not be made."""
    folder, hosts = hosts_asked("secrets", "Makes a county's secrets, once.")
    only_json("secrets", sys.stderr)
    if why := strangers(folder, VOLUMES):
        sys.exit(ending("secrets", why))
    try:
        hosts.keep_theirs(folder)
        make(folder, hosts.bus, hosts.dropped)
        if why := gateway_certificate(folder, hosts.gateway, hosts.dropped_of_gateway):
            say("secrets", f"secrets: the gateway keeps the certificate that it has: {why}")
        database_secrets(folder, DATABASE)
        hand_over(folder)
        hand_over_volumes()
    except (OfflineKeysNeeded, HostsDropped, OSError) as why_not:
        sys.exit(ending("secrets", f"The secrets are not complete: {why_not}"))
    say("secrets", f"secrets: complete in {folder}; keep {folder / 'offline'} somewhere safe and off this machine")


if __name__ == "__main__":
    main()
