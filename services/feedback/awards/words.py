"""What awards and whoever receives them are called, on every page."""

from __future__ import annotations

from services.feedback.awards.model import GrantedAward, Nomination
from shared.countys_own import CatalogueEntry, own
from shared.events.vocabulary import AwardObject, Catalogue
from shared.pages.chinese import NOTHING, day_text
from shared.pages.words import name_of
from shared.web.persons import Persons
from shared.web.visit import Visit


def kind_shown(award: str) -> CatalogueEntry:
    """A kind of award, as the county has it whose page is answered."""
    return own().entry(Catalogue.AWARD, award)


def award_name(one: Nomination | GrantedAward) -> str:
    """What the county calls it."""
    return kind_shown(one.award).name


def receiver(here: Visit, everybody: Persons, one: Nomination | GrantedAward) -> str:
    """Somebody by name; else the organisation, or its window."""
    if one.person:
        return everybody.within(one.person, one.organisation, here.today)
    is_window = kind_shown(one.award).given_to is AwardObject.WINDOW
    return name_of(one.organisation, here.roster, here.today) + ("窗口" if is_window else "")


def holding(one: GrantedAward) -> str:
    """Of one that moves, from when to when it is held; of what others gave, by which paper."""
    if one.since is None:
        return one.proof or ("经推荐、评审、公示" if one.nomination else NOTHING)
    return f"{day_text(one.since)}起持有" + (f"，{day_text(one.until)}流转" if one.until else "")
