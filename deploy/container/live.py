"""The county in containers as its backup enters it: from the container that is given all of its secrets."""

from __future__ import annotations

import os
from pathlib import Path

from deploy.backup.saving import Live
from deploy.container.processes import SECRETS
from deploy.embedded.county.folder import LIVE_FROM
from deploy.embedded.trouble import Trouble
from deploy.identity.database import address_of

NOTED = "live_from"
"""What a county in containers calls the day on which it went live, in the folder of all secrets."""
NOT_MADE = "这个县的密钥文件夹还不完整，请先执行 make up，再执行本命令。 Its secrets are not complete: {}"


def running_beside() -> Live:
    """Its own settings and the folder of all secrets say where everything is."""
    said = os.environ
    shown = said.get("SECRETS_OUTSIDE", SECRETS)
    return live_in(Path(SECRETS), said["COUNTY"], said["NATS_URL"], said.get("LIVE_FROM", ""), shown)


def live_in(folder: Path, county: str, nats_url: str, live_from: str, shown: str) -> Live:
    """With all secrets in that folder, which whoever types the command calls `shown`."""
    try:
        live_from = live_from or (folder / NOTED).read_text()
        database = address_of(folder, "setup")
    except FileNotFoundError as error:
        raise Trouble(NOT_MADE.format(error)) from error
    notes = {"county": f"{county}\n", LIVE_FROM: f"{live_from.strip()}\n"}
    return Live(county, nats_url, database, folder, notes, shown)
