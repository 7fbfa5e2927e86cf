"""Somebody in a post, from the sign-in page on: a code on a slip, a password, TOTP where it is asked for, then 待办."""

from __future__ import annotations

import re

import httpx
import pyotp
from playwright.sync_api import Locator, Page, expect

from deploy.linxi.people import Somebody, people
from shared.identity.tokens import token_of
from tests.browser.acting import COUNTY
from tests.browser.conftest import ShownCounty
from tests.entrants import CODE, PASSWORD

BY_ID = {one.id: one for one in people()}


def given_code(county: ShownCounty, to: Somebody) -> str:
    """Of the county itself, by its token."""
    origin = {"origin": county.gateway.rstrip("/")}
    with httpx.Client(base_url=county.gateway, trust_env=False, timeout=60) as desk:
        desk.post("/roster/sign-in", data={"code": COUNTY, "token": token_of(COUNTY, county.secret)}, headers=origin)
        answer = desk.post(f"/roster/people/{to.id}/account/code", headers=origin)
    found = CODE.search(answer.text)
    assert found, answer.status_code
    return found[1]


class AtWork:
    """A person and the page in front of it."""

    def __init__(self, county: ShownCounty, page: Page, id: str, unit: str) -> None:
        self.county, self.page, self.who, self.unit = county, page, BY_ID[id], unit

    @property
    def name(self) -> str:
        """As it is registered."""
        return self.who.known.name

    def goes_to(self, path: str) -> None:
        """A page of the county."""
        self.page.goto(self.county.at(path))

    def comes_in(self, letters: str, code: str = "") -> None:
        """Its unit by two letters of its name, its own name, the code; a password of its own; digits where they are."""
        self.goes_to("/roster/sign-in")
        self.page.get_by_role("combobox", name="单位").press_sequentially(letters)
        self.page.get_by_role("option", name=self.unit, exact=True).click()
        expect(self.page.get_by_role("combobox", name="单位")).to_have_value(self.unit)
        self.page.get_by_label("姓名").fill(self.name)
        self.page.get_by_label("密码").fill(code or given_code(self.county, self.who))
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.get_by_label("新密码").fill(PASSWORD)
        self.page.get_by_label("再填一次").fill(PASSWORD)
        self.page.get_by_role("button", name="保存并登录").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(re.compile("待办|动态口令"))
        if self.page.get_by_text("密钥：").count():
            self._shows_digits()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"待办 · {self.unit}")
        expect(self.page.locator("header .you")).to_contain_text(self.name)

    def _shows_digits(self) -> None:
        secret = self.page.locator("b.code").first.inner_text().replace(" ", "")
        self.page.get_by_role("textbox", name="动态口令").fill(pyotp.TOTP(secret).now())
        self.page.locator("main").get_by_role("button").first.click()

    def waits(self, text: str) -> Locator:
        """The task in 待办."""
        row = self.page.locator("li.task", has_text=text)
        expect(row.first).to_be_visible()
        return row.first

    def reads(self, words: str) -> None:
        """The sentence after a form."""
        expect(self.page.locator(".told.good").first).to_contain_text(words)

    def has_done(self, text: str) -> None:
        """It stands among what the person did, at the top."""
        self.goes_to("/roster/todo?tab=done")
        expect(self.page.locator("li.task").first).to_contain_text(text)

    def stands_in_the_record(self) -> None:
        """The newest of what was done leads to the record, which names who did it."""
        self.page.locator("li.task").first.get_by_role("link").first.click()
        expect(self.page.locator("main")).to_contain_text(self.name)

    def offers_no_form(self, path: str) -> None:
        """A page that others work on is there to be read alone."""
        self.goes_to(path)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        expect(self.page.locator("main form[method=post]")).to_have_count(0)

    def is_refused(self, path: str, status: int = 403) -> None:
        """A page that does not open, or a form that is sent all the same."""
        answer = self.page.goto(self.county.at(path))
        assert answer is not None
        assert answer.status == status
