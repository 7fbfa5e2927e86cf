"""A county of units is brought back: its secrets, bus and database of those by their units, then it is compared."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from pyrage import x25519

from deploy.backup.continuing import Continued
from deploy.backup.restore_point import RestorePoint
from deploy.container.restoring import Into, emptied, fill, unpack
from deploy.embedded.trouble import Trouble
from deploy.progress import Watch
from deploy.systemd.county import OPERATOR
from deploy.systemd.environment import environment_of
from deploy.systemd.systemctl import systemctl

SERVERS = ("lianban-nats.service", "lianban-mongo.service")
ALL_OF_IT = ("lianban.target", "lianban-setup.service", *SERVERS, "lianban-secrets.service")
EMPTY = "确要恢复到本机的，先停止联办（systemctl stop lianban.target），再把{}中的secrets、nats、mongo移到别处"
AS_ROOT = "请以root执行：恢复要写入密钥，并启动总线和数据库。 Type this as root."


def brought_back(
    file: Path, identity: x25519.Identity, watch: Watch, until: datetime | None = None
) -> tuple[RestorePoint, Continued | None]:
    """Into empty folders; where it cannot be, servers are stopped and nothing is left of it."""
    if os.geteuid():
        raise Trouble(AS_ROOT)
    into = _into()
    unpack(into, file, identity, watch, until)
    try:
        systemctl("stop", *ALL_OF_IT)  # secrets that a former start made are done, for systemd, until it is stopped
        systemctl("start", *SERVERS)
        return fill(into, file, identity, watch, until)
    except BaseException:
        systemctl("stop", *ALL_OF_IT)
        for folder in (*into.servers, into.folder):
            emptied(folder)
        raise


def _into() -> Into:
    said = environment_of(OPERATOR)
    secrets = Path(said["SECRETS_OUTSIDE"])
    servers = [secrets.parent / name for name in ("nats", "mongo")]
    return Into(secrets, servers, said["COUNTY"], said["NATS_URL"], EMPTY.format(secrets.parent), is_without_users=True)
