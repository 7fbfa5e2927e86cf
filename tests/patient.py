"""How long pages wait for an answer: in a county a second or two, in tests ten times that, for the machine is busy.

    with as_in_a_county():
        page = (await client.get("/roster/todo")).text  # a service that hangs is waited for a second

What such a wait ends in (a service that is named as silent, a form that is under way) is tested where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from services.inspection.patrols import round_pages
from shared.asks.bus import Asking
from shared.web import forms

TIMES = 10
WAIT, VERDICT_WAIT = Asking.__dict__["wait"], forms.VERDICT_WAIT
"""Of an asking, which reads its own, and of a form for its verdict."""


@contextmanager
def patient(times: float = TIMES) -> Iterator[None]:
    """Services wait for one another, and forms for their verdicts, so many times as long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Asking, "wait", property(lambda asking: WAIT.__get__(asking) * times))
        for pages in (forms, round_pages):
            patch.setattr(pages, "VERDICT_WAIT", VERDICT_WAIT * times)
        yield


@contextmanager
def as_in_a_county() -> Iterator[None]:
    """No longer than in a county, inside `patient`."""
    with patient(1):
        yield
