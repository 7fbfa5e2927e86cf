"""A county is saved, brought back and brought on: `lianban backup`, `restore`, `restore-photos`, `upgrade`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deploy.commands.backup import backup
from deploy.commands.door import SAVING, lianban, of
from deploy.commands.further import further
from deploy.commands.restore import restore
from deploy.commands.restore_photos import restore_photos
from deploy.commands.upgrade import upgrade
from deploy.embedded.trouble import Trouble

NOT_ALONE = "--every 与 --since-last 连用：lianban backup --since-last --every 60。完整备份请用定时任务。 Of parts."


@lianban.command("backup", rich_help_panel=SAVING)
def _backup(
    context: typer.Context,
    to: Annotated[Path | None, typer.Option(help="备份文件夹 the folder of archives")] = None,
    keep: Annotated[int, typer.Option(min=0, help="保留最近的几份，0为全部 so many stay there; 0: all")] = 0,
    since_last: Annotated[
        bool, typer.Option("--since-last", help="只备份上次以后的 only what came since the last one")
    ] = False,
    every: Annotated[int, typer.Option(min=0, max=3600, help="每隔多少秒一次，与--since-last连用 again and again")] = 0,
) -> None:
    """备份  saves the running county into one encrypted file, and reads it back"""
    if every and not since_last:
        raise Trouble(NOT_ALONE)
    if since_last:
        return further(of(context).place, to, every)
    backup(of(context).place, to, keep)
    return None


@lianban.command("restore", rich_help_panel=SAVING)
def _restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="备份文件 the archive: lianban-….age")],
    key: Annotated[Path | None, typer.Option(help="备份密钥 the key that opens it: backup.key")] = None,
    until: Annotated[
        str | None, typer.Option(help="恢复到这一时刻 as it was then: 2026-11-28T14:05 (in China)")
    ] = None,
    step: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> None:
    """恢复  brings a county back into an empty place (in containers: lianban --in containers restore …)"""
    restore(of(context).place, file, key, until, step)


@lianban.command("restore-photos", rich_help_panel=SAVING)
def _restore_photos(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="照片备份 rolls of photos: lianban-…-photos-….age")],
    key: Annotated[Path, typer.Option(help="备份密钥 the key that opens them: backup.key")],
) -> None:
    """补充恢复照片  brings photos into the running county that were not beside its archive"""
    restore_photos(of(context).place, files, key)


@lianban.command("upgrade", rich_help_panel=SAVING)
def _upgrade(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 asks nothing")] = False,
    no_backup: Annotated[bool, typer.Option("--no-backup", help="不先备份 without a backup before it")] = False,
) -> None:
    """更新到本目录的版本  brings the county to the release that lies here: steps, backup, start, check"""
    raise typer.Exit(upgrade(of(context).place, yes, not no_backup))
