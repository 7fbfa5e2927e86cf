"""`lianban figures`: what a county, or one of its units, has done in a month, a quarter or a year."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from deploy.commands.speaker import Speaker, Speaking
from deploy.embedded.trouble import Trouble
from services.feedback.measures.catalogue import Measures, measure_named
from services.feedback.measures.words import text, unit
from shared.events.vocabulary import PERIOD_PATTERN

NO_PERIOD = "“{}”不是期间：请写2027-03（月）、2027-Q1（季度）或者2027（年）。 It is no month, quarter or year."
WIDE = 120
"""Columns of a table that goes into a file."""


def figures(speaking: Speaking, period: str, of: str, as_json: bool) -> None:
    """As the feedback of that period counts them now; as a table, or as JSON with measures by their own names."""
    if not re.fullmatch(PERIOD_PATTERN, period):
        raise Trouble(NO_PERIOD.format(period))
    county = speaking()
    code = of or county.county
    said = county.asks(f"/feedback/api/totals?period={period}&organisation={code}")
    if as_json:
        print(json.dumps(said, ensure_ascii=False, indent=1))
        return
    called = _called(county)
    title = f"{called.get(code, code)}　{period}"
    Console(width=None if sys.stdout.isatty() else WIDE).print(table(said["measures"], title, called))


def table(measures: Measures, title: str, called: Mapping[str, str]) -> Table:
    """A line each, as pages word them."""
    made = Table(title=title)
    for heading in ("指标", "数量", "单位"):
        made.add_column(heading, justify="right" if heading == "数量" else "left", overflow="fold")
    for name, value in measures.items():
        measure = measure_named(name)
        made.add_row(measure.zh, text(name, value, called), unit(measure))
    return made


def _called(county: Speaker) -> dict[str, str]:
    found: dict[str, Any] = {one["code"]: one["name"] for one in county.lists("/roster/api/organisations")}
    return found
