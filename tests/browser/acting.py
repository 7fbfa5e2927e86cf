"""A person in front of the county's pages, who signs in and fills in forms; and what a program is answered."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4

import nats
import pytest
from playwright.sync_api import Page

from shared.identity.tokens import token_of
from tests.browser.conftest import Look, ShownCounty

HALL, OFFICE, COUNTY = "150424-D01", "150424-D09", "150424"


def answered(county: ShownCounty, path: str) -> Any:
    """What a program of the county is answered that asks for the same."""
    said = b64encode(f"{COUNTY}:{token_of(COUNTY, county.secret)}".encode()).decode()
    with urlopen(Request(county.at(path), headers={"Authorization": f"Basic {said}"}), timeout=10) as answer:
        return json.load(answer)


def signs_in(county: ShownCounty, look: Look, code: str, path: str) -> None:
    """Asks for a page when nobody has signed in, is sent to the sign-in page, and comes back."""
    look.page.context.clear_cookies()
    look.page.goto(county.at(path))
    fills_in(county, look, code)
    assert urlsplit(look.page.url).path == path


def presses(page: Page, button: str) -> None:
    """A form's button, and what it leads to: the page asks first whether anybody answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def fills_in(county: ShownCounty, look: Look, code: str) -> None:
    """The sign-in page, by an organisation's token."""
    if not county.secret:
        pytest.skip("LIANBAN_PAGES_SECRET is not set: nobody can sign in")
    look.page.get_by_text("用单位口令登录").click()
    look.page.get_by_label("单位编号").fill(code)
    look.page.get_by_label("登录口令").fill(token_of(code, county.secret))
    with look.page.expect_navigation():
        look.page.get_by_label("登录口令").press("Enter")


async def bury(county: ShownCounty) -> None:
    """Something that no service can read; it is a dead letter a moment later."""
    client = await nats.connect(county.nats_url, **county.access.options)
    dead = await client.subscribe("dead.>")
    headers = {"Nats-Msg-Id": str(uuid4())}
    await client.jetstream().publish("submit.inspection.log-inspection.150424100202", b"?", headers=headers)
    await dead.next_msg(timeout=10)
    await client.close()
