"""`lianban` and its verbs: how each is typed. What it does stands in the module of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from deploy.commands import invite as inviting
from deploy.commands import tokens
from deploy.commands.account import account
from deploy.commands.adopt import adopt
from deploy.commands.backup import backup
from deploy.commands.compose import typed
from deploy.commands.found import found
from deploy.commands.listed import EXAMPLE
from deploy.commands.next_step import next_step
from deploy.commands.people_keys import people_keys
from deploy.commands.place import Place, found_here, speaker_at
from deploy.commands.rebuild import rebuild
from deploy.commands.restore import restore
from deploy.commands.retell import retell
from deploy.commands.revoke import revoke
from deploy.commands.rotation import rotated
from deploy.commands.speaker import Speaker

FOUNDING = "立县 To found a county"
LETTING_IN = "站点和程序 Stations and programs"
SAVING = "备份和恢复 To save and bring back"
MENDING = "核对和补救 To put right"
HERE = frozenset({"backup", "restore", "people-keys"})
"""Verbs that on a host do more than speak with the county in containers."""
HELP = frozenset({"--help", "-h"})
lianban = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": sorted(HELP)},
    help="联办运维命令：本机运行的县和容器中的县，命令相同。 One command for whoever runs a county.",
)
token = typer.Typer(help="程序口令 the tokens of programs: list | issue | reissue | revoke | first")
lianban.add_typer(token, name="token", rich_help_panel=LETTING_IN)

Code = Annotated[str, typer.Argument(metavar="CODE", help="单位编号 the organisation's code: 123456100202")]
Serial = Annotated[str, typer.Argument(help="口令编号，见 token list  which of them, as `list` shows it")]
Reason = Annotated[str, typer.Option(help="原因，存档备查 why, for the record")]


@dataclass
class Typed:
    """What was typed, and of which county."""

    words: Sequence[str]
    place: Place | None = None

    def speaker(self) -> Speaker:
        """Of that county, found once it is known what to say; `Trouble` when none runs."""
        return speaker_at(self.place)

    def since(self, verb: str) -> Sequence[str]:
        """Its own words, with the verb."""
        return self.words[self.words.index(verb) :]

    def carried_out(self, verb: str, work: Callable[[], None]) -> None:
        """Here, or by the same verb in the county's own container."""
        if self.place is Place.CONTAINERS:
            raise typer.Exit(typed([verb]))
        work()


@lianban.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    meant: Annotated[
        Literal["embedded", "containers"] | None,
        typer.Option("--in", envvar="LIANBAN_IN", help="哪一套联办 which county, where two run here"),
    ] = None,
) -> None:
    """A county in containers is spoken to in its own; without a verb it is said what there is, and what comes next."""
    asked, verb = context.ensure_object(Typed), context.invoked_subcommand
    if HELP.intersection(asked.words):
        return
    asked.place = found_here(meant and Place(meant))
    if asked.place is Place.CONTAINERS and verb not in HERE:
        raise typer.Exit(typed(asked.since(verb) if verb else ()))
    if verb is None:
        typer.echo(context.get_help())
        typer.echo(next_step(asked.place))


def _of(context: typer.Context) -> Typed:
    return context.ensure_object(Typed)


@lianban.command(
    "found",
    rich_help_panel=FOUNDING,
    epilog="单位名录的样例 an example of the table:\n\n" + EXAMPLE.replace("\n", "\n\n"),
)
def _found(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="单位名录（CSV），- 为标准输入 the table; - is standard input")],
    check: Annotated[bool, typer.Option("--check", help="仅检查 only look at the table")] = False,
) -> None:
    """登记本县及所属单位  founds the county and enters its organisations; safe to repeat"""
    found(_of(context).speaker, file, check)


@lianban.command("account", rich_help_panel=FOUNDING)
def _account(
    context: typer.Context, person: Annotated[str, typer.Argument(help="姓名或人员编号 the person's name or id")]
) -> None:
    """发放管理员首次登录用的登录码  a one-time code with which an administrator signs in"""
    account(_of(context).speaker, person)


@lianban.command("invite", rich_help_panel=LETTING_IN)
def _invite(
    context: typer.Context,
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="站点的单位编号 the stations' codes")],
    days: Annotated[int, typer.Option(min=1, max=90, help="有效天数 days for which a code is good")] = inviting.DAYS,
) -> None:
    """发放站点登记码  lets stations enrol, each with a code that is used once"""
    inviting.invite(_of(context).speaker, codes, days)


@lianban.command("revoke", rich_help_panel=LETTING_IN)
def _revoke(context: typer.Context, code: Code, reason: Reason = "") -> None:
    """注销站点密钥  makes a station's key void at once"""
    revoke(_of(context).speaker, code, reason)


@token.command("list")
def _listed(context: typer.Context, code: Code) -> None:
    """清单  which there are: for what, since and until when, last used"""
    tokens.listed(_of(context).speaker, code)


@token.command("issue")
def _issue(
    context: typer.Context,
    code: Code,
    holder: Annotated[str, typer.Option(help="供哪个程序使用，不写个人姓名 which program is given it")],
    days: Annotated[int, typer.Option(min=1, max=tokens.DAYS, help="有效天数 days")] = tokens.DAYS,
) -> None:
    """发放  a new one for a program, shown once"""
    tokens.issue(_of(context).speaker, code, holder, days)


@token.command("reissue")
def _reissue(
    context: typer.Context,
    code: Code,
    serial: Serial,
    days: Annotated[int, typer.Option(min=1, max=tokens.DAYS, help="有效天数 days")] = tokens.DAYS,
    reason: Reason = "",
) -> None:
    """换发  another in the place of one, which is void at once"""
    tokens.reissue(_of(context).speaker, code, serial, days, reason)


@token.command("revoke")
def _revoked(context: typer.Context, code: Code, serial: Serial, reason: Reason = "") -> None:
    """注销  one is void at once, the others stay"""
    tokens.revoke(_of(context).speaker, code, serial, reason)


@token.command("first")
def _first(context: typer.Context, code: Code) -> None:
    """随密钥取得的口令  the one that came with its key, alone"""
    tokens.first(_of(context).speaker, code)


@lianban.command("adopt", rich_help_panel=MENDING)
def _adopt(
    context: typer.Context,
    now: Annotated[bool, typer.Option("--now", help="按现有总线继续 go on with the bus as it is")] = False,
) -> None:
    """总线与数据库是否相符  where bus and database do not stem from one moment"""
    adopt(_of(context).speaker, now)


@lianban.command("retell", rich_help_panel=MENDING)
def _retell(context: typer.Context) -> None:
    """重新告知全部已办事项  every service tells its facts once more; nothing counts twice"""
    retell(_of(context).speaker)


@lianban.command("rebuild", rich_help_panel=MENDING)
def _rebuild(context: typer.Context) -> None:
    """重算各月汇总  makes every month's figures anew from the ledger"""
    rebuild(_of(context).speaker)


@lianban.command("people-keys", rich_help_panel=MENDING)
def _people_keys(
    context: typer.Context,
    anew: Annotated[bool, typer.Option("--next", help="先生成新密钥 make the next key first")] = False,
) -> None:
    """人员信息的密钥  under which keys persons' particulars lie"""
    asked = _of(context)
    if not anew or rotated(asked.place):
        asked.carried_out("people-keys", lambda: people_keys(asked.speaker))


@lianban.command("backup", rich_help_panel=SAVING)
def _backup(
    context: typer.Context,
    to: Annotated[Path | None, typer.Option(help="备份文件夹 the folder of archives")] = None,
    keep: Annotated[int, typer.Option(min=0, help="保留最近的几份，0为全部 so many stay there; 0: all")] = 0,
) -> None:
    """备份  saves the running county into one encrypted file, and reads it back"""
    backup(_of(context).place, to, keep)


@lianban.command("restore", rich_help_panel=SAVING)
def _restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="备份文件 the archive: lianban-….age")],
    key: Annotated[Path | None, typer.Option(help="备份密钥 the key that opens it: backup.key")] = None,
    step: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> None:
    """恢复  brings a county back into an empty place (in containers: lianban --in containers restore …)"""
    restore(_of(context).place, file, key, step)
