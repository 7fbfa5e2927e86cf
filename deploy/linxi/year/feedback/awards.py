"""Awards of 2018: seven that others gave, as the county's account has them, and the committee's own from the first
nomination to the grant.

The account names the committee's own awards and nobody who was given one: those are illustrative.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from deploy.linxi.county import COUNTY, HALL, department, villages
from deploy.linxi.people import at_window, holders
from deploy.linxi.year.submitting import Arrival, Asked, chance, message, moment, submitted
from shared.calendar import due_after
from shared.events.feedback import GrantAward, JudgeNomination, NominateForAward, PublishNomination
from shared.events.outgoing import submission_message
from shared.events.roster import Post
from shared.events.training_up import AnswerTrainingUp, ProposeTrainingUp
from shared.uuid7 import uuid7

PUBLIC_DAYS = 5
BROUGHT_ON = department(5)
"""Its pioneer is proposed for training."""
BY_OTHERS = (
    (
        date(2018, 12, 12),
        "county-service-model",
        "县政府《关于表彰2018年度十佳服务标兵的决定》（示意）",
        (department(15), department(16), department(9)),
    ),
    (date(2018, 12, 14), "chifeng-good-person", "赤峰市文明办“赤峰好人”发布名单（示意）", (department(10), HALL)),
    (
        date(2018, 12, 18),
        "lei-feng-pacesetter",
        "赤峰市委宣传部学雷锋标兵命名文件（示意）",
        (department(5), department(18)),
    ),
)


class Nominated(NamedTuple):
    """Who was recommended for which of the committee's own awards, on which day, and why; a window has no person."""

    day: date
    award: str
    organisation: str
    person: str | None
    reason: str


def own_ones() -> tuple[Nominated, ...]:
    """The red flag goes from one window to another; nobody has an incident that was found founded."""
    village = villages()[0].code
    clerk = holders(village, Post.STATION_CLERK, date(2018, 11, 12))[0]
    return (
        Nominated(date(2018, 4, 3), "moving-red-flag", department(2), None, "一季度办件全部按时办结，巡查没有发现问题"),
        Nominated(date(2018, 6, 12), "pioneer-post", department(5), f"{department(5)}-P003", "带头先试先用，主动延时"),
        Nominated(date(2018, 6, 13), "pioneer-post", department(12), f"{department(12)}-P004", "上门为农户办手续"),
        Nominated(date(2018, 7, 3), "moving-red-flag", department(7), None, "二季度服务规范、环境整洁，群众评价好"),
        Nominated(date(2018, 10, 9), "service-star", department(8), f"{department(8)}-P003", "办事群众多次点名表扬"),
        Nominated(date(2018, 11, 12), "excellent-agent", village, clerk, "全年为行动不便的村民代办事项，无一差错"),
    )


def by_others() -> Iterator[Asked]:
    """Seven people of as many organisations, entered in December with what proves it."""
    for day, award, proof, homes in BY_OTHERS:
        for n, code in enumerate(homes):
            data = GrantAward(award=award, person=at_window(code, day)[-1], proof=proof)
            yield Asked(moment(day, f"10:{n:02}"), COUNTY, code, data)


def by_the_committee(seed: int) -> Iterator[Arrival]:
    """Recommended, judged by two the next working day, public from the one after, granted once that is over."""
    luck = chance(seed, "awards")
    for one in own_ones():
        at, code = moment(one.day, "10:00"), one.organisation
        nomination = uuid7(at, luck)
        member = COUNTY if code == villages()[0].code else code
        nominates = NominateForAward(award=one.award, person=one.person, reason=one.reason)
        yield Arrival(at, message(nomination, Asked(at, member, code, nominates)))
        judged, published = due_after(one.day, 1).day, due_after(one.day, 2).day
        granted = due_after(published, PUBLIC_DAYS + 1).day
        for n, judge in enumerate((Post.OFFICE_DIRECTOR, Post.COMMITTEE_SECRETARY)):
            software, streamlining, standards, satisfaction = (luck.randint(21, 25) for _ in range(4))
            points = JudgeNomination(
                nomination=nomination,
                software=software,
                streamlining=streamlining,
                standards=standards,
                satisfaction=satisfaction,
            )
            when = moment(judged, f"{10 + n}:00")
            by = holders(COUNTY, judge, judged)[0]
            yield Arrival(when, submission_message(points, COUNTY, code, uuid7(when, luck), when, actor=by))
        public = Asked(moment(published, "15:00"), COUNTY, code, PublishNomination(nomination=nomination))
        yield Arrival(public.at, submitted(public, luck))
        grants = GrantAward(award=one.award, person=one.person, nomination=nomination)
        grant = uuid7(moment(granted, "15:00"), luck)
        yield Arrival(moment(granted, "15:00"), message(grant, Asked(moment(granted, "15:00"), COUNTY, code, grants)))
        if code == BROUGHT_ON:
            yield from _brought_on(grant, code, granted, luck)


def _brought_on(grant: str, code: str, granted: date, luck: Random) -> Iterator[Arrival]:
    """Something is proposed for who was given it, and adopted within the ten working days."""
    at = moment(due_after(granted, 1).day, "09:00")
    proposal, proposed = uuid7(at, luck), ProposeTrainingUp(grant=grant, proposed="建议列为业务骨干，参加市级业务培训")
    yield Arrival(at, message(proposal, Asked(at, COUNTY, code, proposed)))
    answer = AnswerTrainingUp(proposal=proposal, adopted=True, reason="列入下半年培训安排")
    answered = Asked(moment(due_after(granted, 6).day, "15:30"), code, code, answer)
    yield Arrival(answered.at, submitted(answered, luck))
