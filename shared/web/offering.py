"""The forms of a page as they stand in it: those that whoever looks is offered, and the one that was not taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import Response

from shared.forms import Entered, Form, Shown, shown
from shared.forms.declared import Context
from shared.forms.entered import Values
from shared.web.forms import Again, By, SendPhotos, entered_in, submit
from shared.web.signing_in import SignInNeeded
from shared.web.told import Told
from shared.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Offering:
    """Forms to be shown, what is said above the page, and the status with which it answers."""

    forms: tuple[Shown, ...]
    told: Told | None = None
    status: int = 200


NOTHING_BEGUN: Mapping[str, Values] = {}


def offering(
    forms: Sequence[Form],
    page: str,
    context: Context = None,
    told: Told | None = None,
    again: Again | None = None,
    begun: Mapping[str, Values] = NOTHING_BEGUN,
) -> Offering:
    """Each is sent to its own address below the page, and opens with what is `begun` in it, by its key.

    What was not taken stays in the page though it is offered no longer, for nobody writes twice; where nothing was
    written, as behind a mere button, the reason alone is said.
    """
    opened = {form.key: entered_in(form, again) or Entered(begun.get(form.key, {})) for form in forms}
    here = tuple(shown(form, address(page, form), context, opened[form.key]) for form in forms)
    if again is None:
        return Offering(here, told)
    if again.form in forms:
        return Offering(here, None, again.status)
    gone = shown(again.form, address(page, again.form), context, again.entered)
    return Offering((gone, *here), None, again.status) if gone.boxes else Offering(here, no_longer(gone), again.status)


def address(page: str, form: Form) -> str:
    """Where a form of a page is sent; the first page of a service ends in a slash."""
    return f"{page.removesuffix('/')}/{form.key}"


def no_longer(gone: Shown) -> Told:
    """Why a form that is not shown again was not taken."""
    return Told(gone.notice, "bad", tuple(sentence for sentence, _ in gone.wrongs))


def sender(who: str | None, page: str) -> str:
    """Who sends a form; others sign in first, and come back to its page."""
    if who is None:
        raise SignInNeeded(page)
    return who


async def submit_one_of(
    forms: Mapping[str, Form],
    key: str,
    request: Request,
    here: Visit,
    organisation: str,
    page: str,
    context: Context = None,
    given: Mapping[str, Any] | None = None,
    photos: SendPhotos | None = None,
) -> Response | Again:
    """A form of a page, named by the last part of its address, in the name of whoever is signed in.

    Who may not submit it is told so by the service, as every submitter is.
    """
    if key not in forms:
        raise HTTPException(404)
    by = By(sender(here.who, page), organisation)
    return await submit(request, here.parts, forms[key], by, page, context, given, photos)
