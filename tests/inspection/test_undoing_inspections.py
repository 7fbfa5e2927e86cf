"""An inspection that was reported wrongly is put right: places, patrollers and days count what is left, each once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.inspection.patrols.model.patrols import Inspection, PatrolDay
from services.inspection.patrols.reads import inspections
from services.inspection.rectifications.model import Rectification, Stage
from shared.calendar import is_working_day
from shared.database.kept import documents
from shared.events.inspection import Finding, LogInspection, VerifyRectification
from shared.events.vocabulary import PatrolKind, Severity
from tests.county import County
from tests.greenchannel.test_corrections import answers, counted
from tests.submitters import (
    A_MONDAY,
    COUNTY,
    Said,
    closes_day,
    committee,
    hall,
    marks_overdue,
    moment,
    office,
    station,
    township,
)

CLOSED = closes_day("2018-03-05", "2018-03-06")
LATE = moment("2018-03-05", "18:00")
YES = "accepted"


def corrects(wrong: Said, right: Said, n: int = 0) -> Said:
    """Its month is long over: the committee does it, with a reason."""
    return committee.instead_of(wrong, committee.says_for(right), "登记有误", n)


def finds(*items: str, day: str = "2018-03-05", n: int = 0, **more: Any) -> Said:
    """The township looks at the station."""
    found = [Finding(item=item, severity=Severity.MINOR, rectify_within=3) for item in items]
    asked = LogInspection(patrol=PatrolKind.STATION, score=9000, findings=found, **more)
    return township.says(asked, moment(day), station.code, n)


async def rectifications(county: County) -> dict[str, Rectification]:
    return {one.rectification: one for one in await documents(county.db("inspection"), Rectification, {})}


async def test_a_corrected_self_check_stays_the_stations_own_whoever_corrects_it(county: County) -> None:
    wrong = station.logs(score=1000)
    assert await answers(county, wrong, corrects(wrong, station.logs(score=9000))) == [YES, YES]
    assert await counted(county) == {
        "inspections": 1,
        "self-checks": 1,
        "self-check-rate.n": 1,
        "self-check-rate.d": 1,
        "self-checks-on-time.n": 1,
        "self-checks-on-time.d": 1,
        "patrolled-days.2018-03-05": 1,
    }
    assert [path for path, one in (await county.monthly()).items() if one["add"]] == [
        f"2018-03/{COUNTY}/{township.code}/{station.code}"
    ]
    again = corrects(corrects(wrong, station.logs(score=9000)), station.logs(score=9100))
    assert await answers(county, again) == [YES]
    (kept,) = await documents(county.db("inspection"), Inspection, {"withdrawn": False})
    assert (kept.score, kept.submitter, kept.check) == (9100, station.code, "self-check")


async def test_the_next_patrol_is_the_first_and_in_time_when_the_first_is_taken_back(county: County) -> None:
    first, second, late = (
        hall.logs(at, about=office.code, score=9000) for at in (A_MONDAY, moment("2018-03-05", "10:00"), LATE)
    )
    back = committee.takes_back(first)
    assert await answers(county, first, late, second, CLOSED, back) == [YES] * 5
    assert await answers(county, *(committee.takes_back(one) for one in (second,))) == [YES]
    sums = await counted(county)
    assert (sums["patrols-made"], sums["patrol-rate.n"], sums["patrol-rate.d"]) == (1, 1, 1)
    assert (sums["patrols-on-time.d"], "patrols-on-time.n" in sums) == (1, False)
    assert await answers(county, committee.takes_back(late)) == [YES]
    sums = await counted(county)
    assert (sums["patrols-missed"], sums["patrol-rate.d"], "patrol-rate.n" in sums) == (1, 1, False)
    assert {name for name in sums if "made" in name or name.startswith("score")} == set()


@pytest.mark.parametrize("is_made_up", [False, True])
async def test_what_is_taken_back_after_its_day_was_missed_and_a_correction_makes_it_up(
    county: County, is_made_up: bool
) -> None:
    wrong = station.logs()
    days = (CLOSED, wrong) if is_made_up else (wrong, CLOSED)
    assert await answers(county, *days, committee.takes_back(wrong)) == [YES] * 3
    sums = await counted(county)
    assert (sums["self-checks-missed"], sums["self-checks-missed-at." + station.code]) == (4, 1)
    assert "self-check-rate.n" not in sums
    late = corrects(station.logs(n=1), station.logs(LATE, n=2))
    assert await answers(county, station.logs(n=1), late) == [YES, YES]
    sums = await counted(county)
    assert (sums["self-checks-missed"], sums["self-check-rate.n"], sums["self-check-rate.d"]) == (3, 1, 4)
    (day,) = await documents(county.db("inspection"), PatrolDay, {})
    assert station.code not in day.tally("stations-daily").missed


async def test_what_it_found_is_found_no_longer_with_all_that_became_of_it(county: County) -> None:
    wrong = finds("灯坏", "门坏")
    ticks = [marks_overdue(f"2018-03-{n:02d}") for n in range(6, 17) if is_working_day(date(2018, 3, n))]
    assert await answers(county, wrong, *ticks) == [YES] * (1 + len(ticks))
    sums = await counted(county)
    assert (sums["rectifications-overdue"], sums["escalations-received"], sums["findings"]) == (2, 2, 2)
    assert await answers(county, committee.takes_back(wrong)) == [YES]
    assert await counted(county) == {}
    assert {one.stage for one in (await rectifications(county)).values()} == {Stage.WITHDRAWN}
    (step,) = [one.steps[-1] for one in (await rectifications(county)).values()][:1]
    assert (step.by, step.note) == (COUNTY, "重复登记")
    listed = await inspections(county.db("inspection"), [station.code], None, 200, None)
    assert listed["items"] == []


async def test_work_that_was_submitted_keeps_the_inspection_until_it_is_taken_back(county: County) -> None:
    wrong = finds("灯坏")
    work = station.rectifies(wrong, at=moment("2018-03-06"))
    back = committee.takes_back(wrong)
    assert await answers(county, wrong, work, back) == [YES, YES, "finding-worked-on"]
    assert await answers(county, station.takes_back(work), committee.takes_back(wrong, n=1)) == [YES, YES]
    assert await counted(county) == {}
    assert await answers(county, station.rectifies(wrong, at=moment("2018-03-07"))) == ["rectification-withdrawn"]


async def test_what_was_found_again_repeats_what_is_left(county: County) -> None:
    first, second, third = finds("灯坏"), finds("灯坏", day="2018-03-12"), finds("灯坏", day="2018-03-19")
    assert await answers(county, first, second, third, committee.takes_back(second)) == [YES] * 4
    assert (await counted(county))["repeat-findings"] == 1
    assert (await rectifications(county))[f"{third.id}/0"].repeats == f"{first.id}/0"
    right = corrects(first, finds("门好", "灯坏", n=1))
    assert await answers(county, right) == [YES]
    assert (await rectifications(county))[f"{third.id}/0"].repeats == f"{right.id}/1"
    assert (await counted(county))["repeat-findings"] == 1
    assert await answers(county, committee.takes_back(right)) == [YES]
    assert "repeat-findings" not in await counted(county)
    assert await answers(county, committee.takes_back(third)) == [YES]
    assert await counted(county) == {}
    assert await answers(county, finds("灯坏", day="2018-03-20")) == [YES]
    assert "repeat-findings" not in await counted(county)


async def test_a_reinspection_that_sent_work_back_is_taken_back_until_the_next_step(county: County) -> None:
    found = finds("灯坏")
    work = station.rectifies(found, at=moment("2018-03-06"))
    again = finds("灯坏", day="2018-03-07", reinspects=f"{found.id}/0")
    assert await answers(county, found, work, again, committee.takes_back(found)) == [YES] * 3 + ["finding-worked-on"]
    before = await counted(county)
    assert before["rectifications-sent-back"] == 1
    assert await answers(county, committee.takes_back(again)) == [YES]
    assert "rectifications-sent-back" not in await counted(county)
    kept = (await rectifications(county))[f"{found.id}/0"]
    assert (kept.stage, kept.submitted, kept.sent_back) == (Stage.SUBMITTED, date(2018, 3, 6), 0)
    once_more = finds("灯坏", day="2018-03-07", n=1, reinspects=f"{found.id}/0")
    more_work = station.rectifies(found, at=moment("2018-03-08"))
    verdicts = await answers(county, once_more, more_work, committee.takes_back(once_more))
    assert verdicts == [YES, YES, "rectification-went-on"]


async def test_a_reinspection_that_passed_is_taken_back_unless_a_verification_names_it(county: County) -> None:
    found = finds("灯坏")
    work = station.rectifies(found, at=moment("2018-03-06"))
    passed, named = (finds(day="2018-03-07", n=n, reinspects=f"{found.id}/0") for n in (0, 1))
    assert await answers(county, found, work, passed, named, committee.takes_back(passed)) == [YES] * 5
    assert (await rectifications(county))[f"{found.id}/0"].reinspections == (named.id,)
    asked = VerifyRectification(rectification=f"{found.id}/0", reinspection=named.id)
    verified = township.says(asked, moment("2018-03-08"), station.code)
    assert await answers(county, verified, committee.takes_back(named)) == [YES, "reinspection-named"]


async def test_a_finding_that_was_looked_at_again_waits_for_that_look(county: County) -> None:
    found = finds("灯坏")
    look = finds("灯坏", day="2018-03-06", reinspects=f"{found.id}/0")
    verdicts = await answers(county, found, look, committee.takes_back(found), committee.takes_back(look))
    assert verdicts == [YES, YES, "finding-looked-at-again", YES]
    assert await answers(county, committee.takes_back(found, n=1)) == [YES]
    assert await counted(county) == {}
