"""A choice from one of the county's catalogues: what is offered, how it is called, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from shared.countys_own import CatalogueEntry, own
from shared.events.refusals import WORDS
from shared.events.vocabulary import Catalogue
from shared.forms.declared import Context, Field, Kind
from shared.forms.lacking import Lack

EntryWords = Callable[[CatalogueEntry], str]


def by_name(one: CatalogueEntry) -> str:
    """As it was entered."""
    return one.name


def with_unit(one: CatalogueEntry) -> str:
    """With what it is counted in."""
    return f"{one.name}（{one.unit}）"


def each(one: CatalogueEntry) -> bool:
    """Whichever is listed."""
    return True


def listed(
    path: str,
    label: str,
    catalogue: Catalogue,
    words: EntryWords = by_name,
    fits: Callable[[CatalogueEntry], bool] = each,
) -> Field:
    """What the county lists now, of those that fit; what was chosen and is offered no more stays named."""
    choices, called = partial(_choices, catalogue, words, fits), partial(_called, catalogue)
    return Field(path, label, Kind.CHOICE, choices, called=called, lacks=lack_of(catalogue))


def lack_of(catalogue: Catalogue) -> Lack:
    """Nothing is listed: whoever may enters it on the catalogue's page."""
    what = WORDS["catalogue"][catalogue]
    return Lack(what, f"{what}目录", f"/roster/county/{catalogue}")


def _choices(
    catalogue: Catalogue, words: EntryWords, fits: Callable[[CatalogueEntry], bool], _: Context
) -> Mapping[str, str]:
    return {entry: words(one) for entry, one in own().offered(catalogue).items() if fits(one)}


def _called(catalogue: Catalogue, _: Context, entry: str) -> str:
    return own().entry(catalogue, entry).name
