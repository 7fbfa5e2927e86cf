"""What a form is made of in a page: entries, each with its options, in boxes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One of several."""

    value: str
    name: str
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One entry in the page; `kind` chooses how it looks, `wrong` is the sentence at it."""

    id: str
    name: str
    label: str
    kind: str
    value: str = ""
    options: tuple[Option, ...] = ()
    hint: str = ""
    leads_to: tuple[str, str] | None = None
    """A page that the hint speaks of: its title and address."""
    is_needed: bool = False
    is_optional: bool = False
    """Said so: outside of rows, what need not be entered."""
    wrong: str = ""
    has_focus: bool = False
    least: str = ""
    most: str = ""
    """Between which a browser offers days, or bytes of a photo; what is entered all the same is said in words."""
    autocomplete: str = ""
    """Left open unless it is said: what is "off" a browser does not bring back to who goes back to the form."""
    upload: str = ""
    """Where a photo is sent ahead."""
    is_one: bool = False
    """Of photos: not several."""

    @property
    def described_by(self) -> str:
        """The ids of hint and error."""
        ids = [f"{self.id}-hint"] * bool(self.hint) + [f"{self.id}-wrong"] * bool(self.wrong)
        return " ".join(ids)


@dataclass(frozen=True, slots=True)
class Box:
    """Inputs under a title; a folded one stands open when something in it was entered or is wrong."""

    title: str
    inputs: tuple[Input, ...]
    note: str = ""
    folded: bool = False
    is_open: bool = False
