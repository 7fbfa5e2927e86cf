"""`python -m deploy.embedded.backup [--to FOLDER] [--keep N]`: saves the county that runs on this machine."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

import nats.errors
from pymongo.errors import PyMongoError

from deploy.backup.keeping import keep
from deploy.backup.keys import IDENTITY
from deploy.backup.manifest import not_heard
from deploy.backup.saving import Live, Saved, save
from deploy.embedded.county import record
from deploy.embedded.county.folder import LIVE_FROM, county_of, secrets
from deploy.embedded.settings import Settings, read_settings
from deploy.embedded.terminal import say
from deploy.embedded.trouble import Trouble
from deploy.identity.database import address_of
from shared.bus.connection import BusRefused
from shared.identity.access import NoEntry
from shared.pages.chinese import grouped

NOT_RUNNING = "联办尚未运行，或仍是原来的版本在运行：请先执行 make run，再执行本命令。 It does not run, or is older."
ELSEWHERE = "总线或数据库由外部提供（NATS_URL、MONGO_URL），请用其自身的备份办法。 Bus or database are another's."
FAULTS = (NoEntry, BusRefused, PyMongoError, nats.errors.Error, OSError)
FAILED = "没有备份：总线、数据库或磁盘有故障（{}），请检查后重试。 Nothing was saved."


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="make backup", description="Saves the running county into one file.")
    parser.add_argument("--to", type=Path, help="the folder; beside the county's own where none is named")
    parser.add_argument("--keep", type=int, default=0, help="so many archives stay there, the newest; all without it")
    asked = parser.parse_args()
    try:
        settings = read_settings()
        running = running_here(settings)
        folder = asked.to or settings.data.with_name(f"{settings.data.name}-backups")
        saved = asyncio.run(save(running, folder, say))
        for file in keep(folder, running.county, asked.keep):
            say(f"已删除较早的备份{file.name}。")
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except FAULTS as error:
        print(FAILED.format(error), file=sys.stderr)
        return 1
    tell(saved, running)
    return 0


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
        county_of(settings.data, settings.county), found.addresses.nats_url, address_of(own, "setup"), own, notes
    )


def tell(saved: Saved, running: Live) -> None:
    """What there is now, and what is still to be done with it."""
    figures, size = saved.manifest.figures, saved.file.stat().st_size
    say(
        f"备份完成：{saved.file}（{size / 1_000_000:.1f} MB，{saved.seconds:.1f}秒，暂停办理{saved.held_ms}毫秒），"
        f"文档{grouped(sum(figures.collections.values()))}份，已办事项{grouped(sum(figures.published.values()))}项，"
        "已回读校验。 Saved and read back."
    )
    if missing := not_heard(figures):
        say(f"其中{missing}项已办事项尚未汇总，请执行 make retell。 Feedback has not heard {missing} facts.")
    if (running.secrets / IDENTITY).exists():
        say(f"请把{running.secrets / IDENTITY.parent}移到离线介质保管：没有其中的{IDENTITY.name}，备份无法打开。")


if __name__ == "__main__":
    sys.exit(main())
