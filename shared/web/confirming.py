"""What is sent only after the password was shown again: pages offer the way to it in the place of the form.

The password is shown at the roster, which has the accounts, and to no other service: its page leads back to where
somebody came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from shared.events import Submission
from shared.forms import Confirming, Form, Shown
from shared.web.visit import Visit

CONFIRM = "/roster/account/confirm"
GOES_THERE = "输入登录密码"


def confirming(button: str, page: str) -> Confirming:
    """A link to where the password is shown, and back to a page of this origin."""
    return Confirming(button, f"{CONFIRM}?{urlencode({'back': page})}")


def at_form(page: str, form: Form) -> str:
    """Where a form stands among the panels of a page."""
    return page if "#" in page else f"{page}#form-{form.key}"


def must_confirm(here: Visit, kind: type[Submission], button: str, page: str) -> Confirming | None:
    """What a page offers in the place of a form with that button; None where it may be sent at once."""
    return confirming(f"输入密码后{button}", page) if here.must_prove(kind) else None


def once_confirmed(here: Visit, form: Form, seen: Shown, page: str) -> Shown:
    """A form of a page, or the way to it; one that has come again keeps what was entered."""
    asked = must_confirm(here, form.submission, form.button, at_form(page, form))
    return seen if asked is None or seen.wrongs else replace(seen, confirming=asked)


def each_confirmed(here: Visit, forms: Iterable[Form], seen: Iterable[Shown], page: str) -> tuple[Shown, ...]:
    """The same of all forms that a page offers."""
    declared = {form.key: form for form in forms}
    return tuple(once_confirmed(here, declared[one.key], one, page) if one.key in declared else one for one in seen)
