"""Whom the forms of an organisation name: who stands beside it on a day, who may be above it, which halls there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from shared.events.vocabulary import Hall, OrganisationKind
from shared.pages.chinese import HALLS
from shared.roster.organisations import Roster, Standing, county_of

ABOVE = (OrganisationKind.COUNTY, OrganisationKind.TOWNSHIP)


@dataclass(frozen=True, slots=True)
class Others:
    """Of an organisation, on a day."""

    code: str
    roster: Roster
    day: date

    @property
    def names(self) -> dict[str, str]:
        """Who may follow it, named with the code: villages of one name are told apart."""
        return self._those(lambda code, _: code not in (self.code, county_of(self.code)))

    @property
    def above(self) -> dict[str, str]:
        """Below whom it may stand: the county, its townships."""
        return self._those(lambda code, stood: stood.kind in ABOVE and code != self.code)

    @property
    def scopes(self) -> dict[str, str]:
        """For whom an office is held."""
        return self._those(lambda code, stood: stood.kind is not OrganisationKind.VILLAGE)

    @property
    def halls(self) -> Mapping[str, str]:
        """Where it has no window yet."""
        stood = self.roster.standing(self.code, self.day)
        now: Hall | None = stood.stationed if stood else None
        return {hall: name for hall, name in HALLS.items() if hall != now}

    def _those(self, fits: Callable[[str, Standing], bool]) -> dict[str, str]:
        county = county_of(self.code)
        stood = ((one.id, one.on(self.day)) for one in self.roster if county_of(one.id) == county)
        return {code: f"{now.name}（{code}）" for code, now in stood if now is not None and fits(code, now)}
