"""A county is saved and brought back: `lianban backup`, `lianban restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deploy.commands.backup import backup
from deploy.commands.door import SAVING, lianban, of
from deploy.commands.restore import restore


@lianban.command("backup", rich_help_panel=SAVING)
def _backup(
    context: typer.Context,
    to: Annotated[Path | None, typer.Option(help="备份文件夹 the folder of archives")] = None,
    keep: Annotated[int, typer.Option(min=0, help="保留最近的几份，0为全部 so many stay there; 0: all")] = 0,
) -> None:
    """备份  saves the running county into one encrypted file, and reads it back"""
    backup(of(context).place, to, keep)


@lianban.command("restore", rich_help_panel=SAVING)
def _restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="备份文件 the archive: lianban-….age")],
    key: Annotated[Path | None, typer.Option(help="备份密钥 the key that opens it: backup.key")] = None,
    step: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> None:
    """恢复  brings a county back into an empty place (in containers: lianban --in containers restore …)"""
    restore(of(context).place, file, key, step)
