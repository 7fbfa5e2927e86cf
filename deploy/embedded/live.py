"""The county of `make run` as its backup enters it."""

from __future__ import annotations

from deploy.backup.saving import Live
from deploy.embedded.county import record
from deploy.embedded.county.folder import LIVE_FROM, county_of, secrets
from deploy.embedded.settings import Settings
from deploy.embedded.trouble import Trouble
from deploy.identity.database import address_of

NOT_RUNNING = "联办尚未运行，或仍是原来的版本在运行：请先执行 make run，再执行本命令。 It does not run, or is older."
ELSEWHERE = "总线或数据库由外部提供（NATS_URL、MONGO_URL），请用其自身的备份办法。 Bus or database are another's."


def running_here(settings: Settings) -> Live:
    """The county of this folder, with all of its own servers up."""
    found = record.read(settings.data)
    if settings.nats_url or settings.mongo_url:
        raise Trouble(ELSEWHERE)
    own = secrets(settings.data)
    if found is None or found.stage == "starting" or not (own / "backup").exists():
        raise Trouble(NOT_RUNNING)
    notes = {name: (settings.data / name).read_text() for name in ("county", LIVE_FROM)}
    return Live(
        county_of(settings.data, settings.county),
        found.addresses.nats_url,
        address_of(own, "setup"),
        own,
        notes,
        str(own),
    )
