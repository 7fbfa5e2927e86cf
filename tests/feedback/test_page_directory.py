"""How organisations stand on feedback's pages, with the figures of those below them."""

from __future__ import annotations

from datetime import date

from services.feedback.county import directory
from services.feedback.measures.model import MonthlyDocument
from shared.events.vocabulary import OrganisationKind
from shared.roster.organisations import Organisation, Roster, Standing


def _stood(name: str, kind: OrganisationKind, parent: str | None, recipient: bool = False) -> Standing:
    return Standing(since=date(2018, 1, 1), name=name, kind=kind, parent=parent, feedback_recipient=recipient)


COUNTY = "150424"
ROSTER = Roster(
    {
        code: Organisation(id=code, history=(standing,))
        for code, standing in {
            COUNTY: _stood("林西县", OrganisationKind.COUNTY, None),
            "150424100": _stood("林西镇", OrganisationKind.TOWNSHIP, COUNTY, recipient=True),
            "150424100202": _stood("冬不冷村", OrganisationKind.VILLAGE, "150424100"),
            "150424-D06": _stood("林西县红十字会", OrganisationKind.DEPARTMENT, COUNTY),
            "150424-D09": _stood("林西县民政局", OrganisationKind.DEPARTMENT, COUNTY, recipient=True),
        }.items()
    }
)
PATROLS = MonthlyDocument(
    id="2018-03/150424/150424100/150424100202",
    month="2018-03",
    county=COUNTY,
    path="150424/150424100/150424100202",
    add={"inspections": 22},
)


def test_recipients_come_first_and_townships_hold_their_villages() -> None:
    shown = directory.directory(ROSTER, COUNTY, "2018-03", [PATROLS], {}, {"150424100"})
    assert [line.name for line in shown.townships] == ["林西镇"]
    assert [line.name for line in shown.townships[0].below] == ["冬不冷村"]
    assert [line.name for line in shown.departments] == ["林西县民政局"]
    assert [line.name for line in shown.others] == ["林西县红十字会"]
    assert shown.recipients == 2


def test_a_township_has_the_figures_of_its_villages_and_a_link_to_its_report() -> None:
    township = directory.directory(ROSTER, COUNTY, "2018-03", [PATROLS], {}, {"150424100"}).townships[0]
    assert township.figures[0] == township.below[0].figures[0] == "22"
    assert township.report_url == "/feedback/reports/2018-03_150424100"


def test_nothing_stands_before_the_county_began() -> None:
    shown = directory.directory(ROSTER, COUNTY, "2017", [], {})
    assert (shown.recipients, shown.others) == (0, ())


def test_an_organisation_says_what_it_is() -> None:
    about = directory.about(ROSTER, "150424100202", date(2018, 3, 31), "2018-03")
    assert about is not None
    assert (about.kind, about.above, about.is_recipient) == ("行政村", "林西镇", False)
    assert about.roles == ("设村级便民服务站",)
    assert directory.about(ROSTER, "150424999", date(2018, 3, 31), "2018-03") is None
