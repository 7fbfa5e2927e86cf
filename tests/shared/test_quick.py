"""`make test-quick` leaves out whatever leads to a process, however many functions, classes and modules lie between."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable

import pytest

from deploy.embedded.servers import running
from deploy.embedded.servers.running import servers
from services.station.cli import main
from tests.county import County
from tests.journeys.running import runs
from tests.quick import Leads, keep_the_quick
from tests.submitters import moment, station


def starts() -> None:
    subprocess.run(("true",), check=True)


async def starts_too() -> None:
    await asyncio.create_subprocess_exec("true")


class Holder:
    """Starts one in a method."""

    @property
    def held(self) -> None:
        """In between."""
        return starts()


@pytest.mark.parametrize(
    "leads", [starts, starts_too, lambda: starts(), lambda: Holder(), servers, lambda: running.bus, runs]
)
def test_what_leads_to_a_process_is_seen(leads: Callable[..., object]) -> None:
    assert Leads().anywhere(leads)


@pytest.mark.parametrize("leads", [moment, station.logs, lambda: station.logs(), County.hears, main])
def test_what_does_not_is_left_alone(leads: Callable[..., object]) -> None:
    assert not Leads().anywhere(leads)


def test_a_selection_of_nothing_is_a_mistake() -> None:
    with pytest.raises(pytest.UsageError, match="no test is quick"):
        keep_the_quick([])
