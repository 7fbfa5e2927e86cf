"""What was done, in figures: `lianban figures`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from deploy.commands.door import COUNTING, lianban, of
from deploy.commands.example import example_figures
from deploy.commands.figures import figures
from deploy.embedded.demonstrated import EXAMPLE as DEMONSTRATION
from shared.calendar import china_day


@lianban.command("figures", rich_help_panel=COUNTING)
def _figures(
    context: typer.Context,
    period: Annotated[str, typer.Argument(help="期间：2027-03、2027-Q1、2027，默认为今年 this year unless told")] = "",
    unit: Annotated[str, typer.Option("--of", help="单位编号，默认为全县 the county unless told")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="供程序读取 for programs")] = False,
    demonstrated: Annotated[
        bool, typer.Option(DEMONSTRATION, help="与样例县2018年的31项数据核对 compare with the example's 31 figures")
    ] = False,
) -> None:
    """某期间的数据  what was done in a month, a quarter or a year"""
    speaking = of(context).speaker
    if demonstrated:
        raise typer.Exit(example_figures(speaking))
    figures(speaking, period or str(china_day(datetime.now(UTC)).year), unit, as_json)
