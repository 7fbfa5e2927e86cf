"""A county is founded: `lianban found`, `lianban account`."""

from __future__ import annotations

from typing import Annotated

import typer

from deploy.commands.account import account
from deploy.commands.door import FOUNDING, lianban, of
from deploy.commands.found import found
from deploy.commands.listed import EXAMPLE


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
    found(of(context).speaker, file, check)


@lianban.command("account", rich_help_panel=FOUNDING)
def _account(
    context: typer.Context, person: Annotated[str, typer.Argument(help="姓名或人员编号 the person's name or id")]
) -> None:
    """发放管理员首次登录用的登录码  a one-time code with which an administrator signs in"""
    account(of(context).speaker, person)
