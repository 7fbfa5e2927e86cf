"""The forms of a page as they stand in it: those that whoever looks is offered, and the one that was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared.forms import Form, Shown, shown
from shared.forms.declared import Context
from shared.web.forms import Again, Told, entered_in
from shared.web.signing_in import SignInNeeded


@dataclass(frozen=True, slots=True)
class Offering:
    """Forms to be shown, and what is said above the page."""

    forms: tuple[Shown, ...]
    told: Told | None = None


def offering(
    forms: Sequence[Form], page: str, context: Context = None, told: Told | None = None, again: Again | None = None
) -> Offering:
    """Each is sent to the page's address with its key below.

    What was not taken stays in the page though it is offered no longer, for nobody writes twice; where nothing was
    written, as behind a mere button, the reason alone is said.
    """
    here = tuple(shown(form, f"{page}/{form.key}", context, entered_in(form, again)) for form in forms)
    if again is None or again.form in forms:
        return Offering(here, told)
    gone = shown(again.form, f"{page}/{again.form.key}", context, again.entered)
    return Offering((gone, *here)) if gone.boxes else Offering(here, no_longer(gone))


def no_longer(gone: Shown) -> Told:
    """Why a form that is not shown again was not taken."""
    return Told(gone.notice, "bad", tuple(sentence for sentence, _ in gone.wrongs))


def sender(who: str | None, page: str) -> str:
    """Who sends a form; others sign in first, and come back to its page."""
    if who is None:
        raise SignInNeeded(page)
    return who
