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
    folder = Path(SECRETS)
    try:
        live_from = os.environ.get("LIVE_FROM") or (folder / NOTED).read_text()
        database = address_of(folder, "setup")
    except OSError as error:
        raise Trouble(NOT_MADE.format(error)) from error
    county = os.environ["COUNTY"]
    notes = {"county": f"{county}\n", LIVE_FROM: f"{live_from.strip()}\n"}
    return Live(county, os.environ["NATS_URL"], database, folder, notes, os.environ.get("SECRETS_OUTSIDE", SECRETS))
