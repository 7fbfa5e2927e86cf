"""Single facts come to the figure that they are behind, whatever happened."""

from __future__ import annotations

from hypothesis import given

from services.feedback.facts.counting import COUNTED, parts_of, summed
from services.feedback.facts.words import SAID, counts_for, said
from services.feedback.measures.adding import ADDS
from services.feedback.measures.catalogue import MEASURES, Kind
from services.feedback.reports import periods
from shared.events import inspection
from tests.asking import COUNTY
from tests.feedback.happening import CASE, DAY, HAPPENED, Happened, patrolled, totalled

FLOWS = [one.name for one in MEASURES.values() if one.kind not in (Kind.STOCK, Kind.BALANCE)]


@given(HAPPENED)
def test_what_single_facts_count_for_comes_to_every_figure(happened: Happened) -> None:
    whole = totalled(happened, COUNTY, periods.months_of("2018"))
    for measure in FLOWS:
        found = [parts for fact, _, _ in happened if (parts := parts_of(fact, measure))]
        assert summed(found, measure) == whole[measure], measure


def test_every_fact_that_is_counted_reads_in_a_sentence() -> None:
    unsaid = [kind for kind in ADDS if not any(of in SAID for of in kind.__mro__)]
    assert unsaid == []
    assert {kind.type for kind in ADDS} == {*COUNTED}


def test_a_fact_says_what_it_was_and_what_it_counts_for() -> None:
    looked = patrolled(9_540, True, True, 0)
    assert said(looked) == "巡查，得分95.4分，发现问题1项"
    assert counts_for("score", parts_of(looked, "score")) == "95.4分"
    assert counts_for("patrol-rate", parts_of(looked, "patrol-rate")) == "+1/+1"
    assert counts_for("findings", parts_of(looked, "findings")) == "+1"
    assert counts_for("patrolled-days", parts_of(looked, "patrolled-days")) == "2018年3月5日"


def test_what_is_taken_back_says_so_and_counts_against_it() -> None:
    withdrawn = inspection.InspectionWithdrawn(**patrolled(9_540, True, True, 0).model_dump())
    assert said(withdrawn).endswith("（撤回）")
    assert counts_for("findings", parts_of(withdrawn, "findings")) == "-1"


def test_a_withdrawn_finding_names_what_was_told_of_it() -> None:
    overdue = inspection.RectificationOverdue(rectification=f"{CASE}/0", deadline=DAY)
    gone = inspection.RectificationWithdrawn(
        rectification=f"{CASE}/0", fact=overdue.type, data=overdue.model_dump(mode="json")
    )
    assert said(gone) == "随检查一并撤回：整改逾期（期限2018年3月5日）"
    assert parts_of(gone, "rectifications-overdue") == {"": -1}
