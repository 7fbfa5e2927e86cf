"""`lianban backup`: saves the running county into one encrypted file, wherever it runs."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from deploy.backup.faults import said_in
from deploy.backup.keeping import keep as kept
from deploy.backup.keys import IDENTITY
from deploy.backup.manifest import not_heard
from deploy.backup.rolls import save_rolls
from deploy.backup.saving import Live, Saved, beside, save
from deploy.commands import compose
from deploy.commands.place import Place
from deploy.container.live import running_beside
from deploy.embedded.live import running_here
from deploy.embedded.settings import ROOT, read_settings
from deploy.embedded.trouble import Trouble
from deploy.progress import Watch, watched
from deploy.systemd.county import BACKUPS
from deploy.systemd.county import running as of_units
from shared.pages.chinese import grouped

FAILED = "没有备份：总线、数据库或磁盘有故障（{}），请检查后重试。 Nothing was saved."
NO_ROLL = "本县数据已备份，照片没有全部备份（{}）：请检查后重试，已写成的照片备份不会重复。 Photos were not all saved."
OF_CONTAINERS = ROOT / "deploy" / "backups"
NO_FOLDER = "请说明备份文件夹：lianban backup --to 文件夹。 Which folder?"


def backup(place: Place | None, to: Path | None, keep: int) -> None:
    """Of the place where it runs; so many archives stay in the folder, all where `keep` is 0."""
    if place is Place.CONTAINERS:
        from_outside(to, "--keep", str(keep))
    else:
        _saved(*runs_at(place, to), keep)


def runs_at(place: Place | None, to: Path | None) -> tuple[Live, Path]:
    """The county of this machine or container as it is entered, and the folder of its archives."""
    if place is Place.INSIDE:
        if to is None:
            raise Trouble(NO_FOLDER)
        return running_beside(), to
    if place is Place.SYSTEMD:
        return of_units(), to or BACKUPS
    settings = read_settings()
    return running_here(settings), to or settings.data.with_name(f"{settings.data.name}-backups")


def from_outside(to: Path | None, *words: str, image: str = "") -> None:
    """By the container that is given all secrets, of that image; the folder has there the name that it has here."""
    folder = (to or OF_CONTAINERS).absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if status := compose.operator("backup", "--to", str(folder), *words, folders={folder: "rw"}, image=image):
        raise SystemExit(status)


def given(file: Path) -> None:
    """A file belongs to whom its folder belongs, also where a container wrote it; and so does what stands beside."""
    for place in (file, beside(file)):
        os.chown(place, file.parent.stat().st_uid, file.parent.stat().st_gid)


def _saved(running: Live, folder: Path, keep: int) -> None:
    with watched() as watch:
        with said_in(FAILED):
            saved = asyncio.run(save(running, folder, watch))
            given(saved.file)
            for file in kept(folder, running.county, keep):
                watch.says(f"已删除较早的备份{file.name}。")
        tell(saved, running, watch)
        with said_in(NO_ROLL):
            asyncio.run(_rolled(running, folder, watch))


async def _rolled(running: Live, folder: Path, watch: Watch) -> None:
    """Photos that came since the last roll of this folder; rolls are never removed, for each has what no other has."""
    async for roll in save_rolls(running, folder, watch):
        given(roll.file)
        watch.says(f"照片备份：{roll.file.name}，{grouped(roll.noted.photos)}张，已回读校验。 A roll of photos.")


def tell(saved: Saved, running: Live, watch: Watch) -> None:
    """What there is now, and what is still to be done with it."""
    figures, size = saved.manifest.figures, saved.file.stat().st_size
    watch.says(
        f"备份完成：{saved.file}（{size / 1_000_000:.1f} MB，{saved.seconds:.1f}秒，暂停办理{saved.held_ms}毫秒），"
        f"文档{grouped(sum(figures.collections.values()))}份，已办事项{grouped(sum(figures.published.values()))}项，"
        "已回读校验。 Saved and read back."
    )
    if missing := not_heard(figures):
        watch.says(f"其中{missing}项已办事项尚未汇总，请执行 lianban retell。 Feedback has not heard {missing} facts.")
    if (running.secrets / IDENTITY).exists():
        offline = Path(running.shown) / IDENTITY.parent
        watch.says(
            f"请把{offline}移到离线介质保管：没有其中的{IDENTITY.name}，备份无法打开。 Move it off this machine."
        )
