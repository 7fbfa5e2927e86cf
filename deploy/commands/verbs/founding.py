"""A county is founded: `lianban found`, `lianban account`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deploy.commands.account import account
from deploy.commands.door import FOUNDING, lianban, of
from deploy.commands.example import example
from deploy.commands.found import found
from deploy.commands.listed import EXAMPLE
from deploy.embedded.demonstrated import EXAMPLE as DEMONSTRATION


@lianban.command(
    "found",
    rich_help_panel=FOUNDING,
    epilog="样例 an example of the table: lianban found --example > 单位名录.csv",
)
def _found(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="单位名录（CSV），- 为标准输入 the table; - is standard input")] = "",
    check: Annotated[bool, typer.Option("--check", help="仅检查 only look at the table")] = False,
    demonstrated: Annotated[
        bool, typer.Option(DEMONSTRATION, help="载入样例县的名录和2018年数据 the example county with its year")
    ] = False,
    example_table: Annotated[bool, typer.Option("--example", help="单位名录的样例 an example of the table")] = False,
    folder: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """登记本县及所属单位  founds the county and enters its organisations; safe to repeat"""
    asked = of(context)
    if example_table:
        print(EXAMPLE)
        return
    if bool(file) is demonstrated or (check and demonstrated):
        raise typer.BadParameter(f"请说明单位名录文件，或者{DEMONSTRATION}，二者取一。 A table or {DEMONSTRATION}.")
    if demonstrated:
        example(asked.place, folder)
    else:
        asked.carried_out("found", lambda: found(asked.speaker, file, check), whole=True)


@lianban.command("account", rich_help_panel=FOUNDING)
def _account(
    context: typer.Context, person: Annotated[str, typer.Argument(help="姓名或人员编号 the person's name or id")]
) -> None:
    """发放管理员首次登录用的登录码  a one-time code with which an administrator signs in"""
    account(of(context).speaker, person)
