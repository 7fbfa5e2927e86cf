"""Stations and programs are let in and shut out: `lianban invite`, `revoke`, `token`."""

from __future__ import annotations

from typing import Annotated

import typer

from deploy.commands import invite as inviting
from deploy.commands import tokens
from deploy.commands.door import LETTING_IN, Reason, lianban, of
from deploy.commands.revoke import revoke

token = typer.Typer(
    no_args_is_help=True, help="程序口令 the tokens of programs: list | issue | reissue | revoke | first"
)
lianban.add_typer(token, name="token", rich_help_panel=LETTING_IN)
Code = Annotated[str, typer.Argument(metavar="CODE", help="单位编号 the organisation's code: 123456100202")]
Serial = Annotated[str, typer.Argument(help="口令编号，见 token list  which of them, as `list` shows it")]


@lianban.command("invite", rich_help_panel=LETTING_IN)
def _invite(
    context: typer.Context,
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="CODE...", help="站点的单位编号 the stations' codes")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=90, help="有效天数 days for which a code is good")] = inviting.DAYS,
    township: Annotated[str, typer.Option(help="该乡镇尚无电脑的全部站点 a township's stations without a PC")] = "",
    sheet: Annotated[str, typer.Option(help="排印到这个PDF文件，裁开发放 print them into this PDF")] = "",
) -> None:
    """发放站点登记码  lets stations enrol, each with a code that is used once"""
    inviting.invite(of(context).speaker, inviting.Wanted(codes or (), days, township, sheet))


@lianban.command("revoke", rich_help_panel=LETTING_IN)
def _revoke(context: typer.Context, code: Code, reason: Reason = "") -> None:
    """注销站点密钥  makes a station's key void at once"""
    revoke(of(context).speaker, code, reason)


@token.command("list")
def _listed(context: typer.Context, code: Code) -> None:
    """清单  which there are: for what, since and until when, last used"""
    tokens.listed(of(context).speaker, code)


@token.command("issue")
def _issue(
    context: typer.Context,
    code: Code,
    holder: Annotated[str, typer.Option(help="供哪个程序使用，不写个人姓名 which program is given it")],
    days: Annotated[int, typer.Option(min=1, max=tokens.DAYS, help="有效天数 days")] = tokens.DAYS,
) -> None:
    """发放  a new one for a program, shown once"""
    tokens.issue(of(context).speaker, code, holder, days)


@token.command("reissue")
def _reissue(
    context: typer.Context,
    code: Code,
    serial: Serial,
    days: Annotated[int, typer.Option(min=1, max=tokens.DAYS, help="有效天数 days")] = tokens.DAYS,
    reason: Reason = "",
) -> None:
    """换发  another in the place of one, which is void at once"""
    tokens.reissue(of(context).speaker, code, serial, days, reason)


@token.command("revoke")
def _revoked(context: typer.Context, code: Code, serial: Serial, reason: Reason = "") -> None:
    """注销  one is void at once, the others stay"""
    tokens.revoke(of(context).speaker, code, serial, reason)


@token.command("first")
def _first(context: typer.Context, code: Code) -> None:
    """随密钥取得的口令  the one that came with its key, alone"""
    tokens.first(of(context).speaker, code)
