"""What is looked after: `lianban check`, `support-bundle`, `letters`, `adopt`, `retell`, `rebuild`, `people-keys`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from deploy.commands import letters as dead_letters
from deploy.commands.adopt import adopt
from deploy.commands.bundle import bundle, described
from deploy.commands.check import check
from deploy.commands.door import MENDING, Reason, lianban, of
from deploy.commands.people_keys import people_keys
from deploy.commands.rebuild import rebuild
from deploy.commands.retell import retell
from deploy.commands.rotation import rotated

letters = typer.Typer(no_args_is_help=True, help="待人工处理的报送 dead letters: list | again | close")
lianban.add_typer(letters, name="letters", rich_help_panel=MENDING)
Numbers = Annotated[list[int], typer.Argument(metavar="N...", help="编号，见 letters list  as `list` shows them")]


@lianban.command("check", rich_help_panel=MENDING)
def _check(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="供程序读取 for programs")] = False,
) -> None:
    """检查运行情况  whether the county is well, with what to do; 1 where something does not work"""
    raise typer.Exit(check(of(context).speaker, as_json))


@lianban.command("support-bundle", rich_help_panel=MENDING)
def _bundle(
    context: typer.Context,
    to: Annotated[Path, typer.Option(help="写入的文件 the file")] = Path("lianban-support.tar.gz"),
) -> None:
    """收集供外部支持查看的资料  versions, settings, condition, metrics and logs, without persons or secrets"""
    bundle(of(context).place, to)


@lianban.command("described", hidden=True)
def _described(context: typer.Context) -> None:
    """What a support bundle is made of, for the host."""
    files, names = described(of(context).speaker())
    print(json.dumps({"files": files, "names": names}))


@letters.command("list")
def _letters(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="含已再办、已归档的 also driven again and closed ones")] = False,
) -> None:
    """清单  what could not be decided, and why"""
    dead_letters.listed(of(context).speaker, every)


@letters.command("again")
def _again(context: typer.Context, numbers: Numbers) -> None:
    """再办  each goes once more to where it came to"""
    dead_letters.again(of(context).speaker, numbers)


@letters.command("close")
def _close(context: typer.Context, numbers: Numbers, reason: Reason = "") -> None:
    """归档  nothing more is done with them; the reason is kept"""
    dead_letters.close(of(context).speaker, numbers, reason)


@lianban.command("adopt", rich_help_panel=MENDING)
def _adopt(
    context: typer.Context,
    now: Annotated[bool, typer.Option("--now", help="按现有总线继续 go on with the bus as it is")] = False,
) -> None:
    """总线与数据库是否相符  where bus and database do not stem from one moment"""
    adopt(of(context).speaker, now)


@lianban.command("retell", rich_help_panel=MENDING)
def _retell(context: typer.Context) -> None:
    """重新告知全部已办事项  every service tells its facts once more; nothing counts twice"""
    retell(of(context).speaker)


@lianban.command("rebuild", rich_help_panel=MENDING)
def _rebuild(context: typer.Context) -> None:
    """重算各月汇总  makes every month's figures anew from the ledger"""
    rebuild(of(context).speaker)


@lianban.command("people-keys", rich_help_panel=MENDING)
def _people_keys(
    context: typer.Context,
    anew: Annotated[bool, typer.Option("--next", help="先生成新密钥 make the next key first")] = False,
) -> None:
    """人员信息的密钥  under which keys persons' particulars lie"""
    asked = of(context)
    if not anew or rotated(asked.place):
        asked.carried_out("people-keys", lambda: people_keys(asked.speaker))
