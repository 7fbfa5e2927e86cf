"""What Linxi's committee is called and lists for itself, from the first day on."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.linxi.county import COUNTY, START, rows
from deploy.linxi.year.submitting import Asked, moment
from shared.events.roster import EnterInCatalogue, NameCommittee
from shared.events.vocabulary import AwardObject, AwardRhythm, Catalogue


def named() -> Asked:
    """The committee as it is called after the county, and how that is spelt."""
    data = NameCommittee(name="林西县政务服务联合党委", brand="林西联办", latin="linxi", valid_from=START)
    return Asked(moment(START, "00:00"), COUNTY, COUNTY, data)


def entries() -> Iterator[Asked]:
    """One submission for each line of the file."""
    for row in rows("catalogues.csv"):
        data = EnterInCatalogue(
            catalogue=Catalogue(row["catalogue"]),
            entry=row["entry"],
            name=row["name"],
            unit=row["unit"],
            valid_from=START,
            quota=int(row["quota"]) if row["quota"] else None,
            given_to=AwardObject(row["given_to"] or AwardObject.PERSON),
            award_rhythm=AwardRhythm(row["award_rhythm"] or AwardRhythm.YEAR),
            moving=row["moving"] == "yes",
        )
        yield Asked(moment(START, "00:00"), COUNTY, COUNTY, data)
