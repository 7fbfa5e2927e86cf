"""What the gateway lets through and what a service takes: a service says no in words, the gateway stands behind it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from deploy.embedded.settings import ROOT
from services.roster.enrolment.api import MOST_BYTES as ENROLLING
from shared.events.photos import MOST_BYTES as A_PHOTO
from shared.events.vocabulary import MOST_PHOTOS
from shared.forms import Form
from shared.services import SERVICES
from shared.web.posted import MOST_BYTES, MOST_WITHOUT_PHOTOS
from shared.web.sign_in_page import MOST_BYTES as SIGNING_IN
from shared.web.submissions import MOST_STRUCTURED

CADDYFILE = (ROOT / "deploy/gateway/Caddyfile").read_text()
UNITS = {"KB": 1000, "MB": 1000 * 1000}
SLOW_LINE = 32_000
"""Bytes a second of a village's line of 256 kbit/s."""


def at_gateway(which: str) -> int:
    """Bytes of a body."""
    found = re.search(rf"request_body @{which} \{{\s+max_size (\d+)(\w\w)\n", CADDYFILE)
    assert found
    return int(found[1]) * UNITS[found[2]]


def test_a_service_says_no_before_the_gateway_does() -> None:
    assert max(MOST_STRUCTURED, ENROLLING) < at_gateway("small")
    assert at_gateway("texts") > MOST_WITHOUT_PHOTOS
    assert MOST_PHOTOS * A_PHOTO < MOST_BYTES < at_gateway("photos")


def test_a_form_that_waits_is_let_through_whole_or_refused_by_the_gateway() -> None:
    """A sealed form and what stands beside it."""
    assert 1.05 * at_gateway("small") >= SIGNING_IN


def test_nine_photos_over_a_slow_line_come_through_before_the_gateway_ends_them() -> None:
    hours = re.search(r"read_body \{\$GATEWAY_BODY:(\d+)h\}", CADDYFILE)
    assert hours
    assert int(hours[1]) * 3600 > MOST_PHOTOS * A_PHOTO / SLOW_LINE


def forms_of(service: str) -> Iterator[Form]:
    """Those that its modules have."""
    package = importlib.import_module(f"services.{service}")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith((".app", ".__main__")):
            yield from (one for one in vars(importlib.import_module(module.name)).values() if isinstance(one, Form))


@pytest.mark.parametrize("service", SERVICES)
def test_photos_are_brought_where_the_gateway_lets_photos_through(service: str) -> None:
    brings = any(form.photos is not None for form in forms_of(service))
    assert brings == (f"path /{service}/*" in CADDYFILE)
