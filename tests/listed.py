"""What the county of the tests lists for itself: awards, kinds of work, what windows commit themselves to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from shared.countys_own import OWN, CatalogueEntry, CountysOwn
from shared.events.roster import EnterInCatalogue
from shared.events.vocabulary import Catalogue

SINCE = date(2018, 1, 1)
AWARDS = {"county-service-model": "县级十佳服务标兵", "chifeng-good-person": "赤峰好人"}
WORKS = {
    "banner": ("配发宣传条幅", "条"),
    "home-visit": ("上门服务老人", "次"),
    "visit": ("走访群众", "次"),
    "visits": ("上门走访", "次"),
    "meetings": ("召开会议", "次"),
}
COMMITMENTS = {"integrity": "廉洁自律", "licence": "许可办理", "one-notice": "一次性告知"}
ENTRIES = (
    *(CatalogueEntry(catalogue=Catalogue.AWARD, entry=slug, name=name, since=SINCE) for slug, name in AWARDS.items()),
    *(
        CatalogueEntry(catalogue=Catalogue.WORK, entry=slug, name=name, unit=unit, since=SINCE)
        for slug, (name, unit) in WORKS.items()
    ),
    *(
        CatalogueEntry(catalogue=Catalogue.COMMITMENT, entry=slug, name=name, since=SINCE)
        for slug, name in COMMITMENTS.items()
    ),
)


@contextmanager
def answering() -> Iterator[None]:
    """Within it pages are those of this county, as where one of its services answers."""
    before = OWN.set(lambda: CountysOwn(entries=ENTRIES))
    try:
        yield
    finally:
        OWN.reset(before)


def entering(one: CatalogueEntry) -> EnterInCatalogue:
    """As the committee enters it."""
    said = one.model_dump(exclude={"since", "criteria"})
    return EnterInCatalogue(valid_from=one.since, criteria=list(one.criteria), **said)
