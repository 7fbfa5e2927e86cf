"""A form that a person sends is asked first whether the person's posts do such a thing, before anything is stored.

Of what may not be undone it is asked as well whether the person has shown the password again.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fastapi import Depends, Request

from shared.events import Submission
from shared.events.refusals import reason
from shared.forms import Confirming, Entered, Form
from shared.identity.acting import Acting, acting_in
from shared.identity.no_right import no_right
from shared.identity.rights import may_correct, may_submit, must_prove
from shared.process.running import Running
from shared.web.asking import Parts
from shared.web.confirming import GOES_THERE, at_form, confirming
from shared.web.reading import NotYours

NOT_DONE, NOT_YET = "不能办理", "尚未提交"
AGAIN = "password-again"


class Hindrance(NamedTuple):
    """Why a form of a person is not taken: what is said above it, and to the audit."""

    notice: str
    sentence: str
    outcome: str
    confirming: Confirming | None = None


def hindrance(
    acting: Acting | None, parts: Running, form: Form, entered: Entered, corrects: str, page: str
) -> Hindrance | None:
    """By its posts, then by its proof; whoever confirms comes back to the `page`."""
    if no := not_by_posts(acting, parts, form, entered, corrects):
        return Hindrance(NOT_DONE, no, "refused")
    if must_prove(acting, form.submission.type) or must_prove(acting, corrects):
        return Hindrance(NOT_YET, reason(AGAIN)["zh"], AGAIN, confirming(GOES_THERE, at_form(page, form)))
    return None


def not_by_posts(acting: Acting | None, parts: Running, form: Form, entered: Entered, corrects: str) -> str:
    """Why not, in a sentence, or nothing; `corrects` is the type of the record on whose page the form stands.

    There it has to name what it corrects: what corrects nothing is one more submission.
    """
    asked = corrects if corrects and entered.corrects else form.submission.type
    may = may_correct(acting, asked) if corrects and entered.corrects else may_submit(acting, asked)
    return "" if may or acting is None else _why_not(acting, asked, parts)["zh"]


def does(kind: type[Submission]) -> Any:
    """What the route of a page declares that is nothing but a form: others read which posts do it."""

    async def before(request: Request, parts: Parts) -> None:
        acting = acting_in(request.scope)
        if acting and not may_submit(acting, kind.type):
            raise NotYours("no-right", _why_not(acting, kind.type, parts))

    return Depends(before)


def _why_not(acting: Acting, type_name: str, parts: Running) -> dict[str, str]:
    return no_right(acting, type_name, parts.roster.last_standing(acting.code))
