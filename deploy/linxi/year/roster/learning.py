"""Sub-plans, certificates, the lesson in the county hall and activities of 2018."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deploy.linxi.county import COUNTY, HALL, RED_CROSS, START, department, name_of, villages, windows
from deploy.linxi.people import at_window
from deploy.linxi.year.submitting import Asked, between, chance, moment
from shared.calendar import due_after
from shared.events.feedback import AdoptReportingScheme
from shared.events.roster import FileSubplan, HoldActivity, IssueCertificate, RecordAttendance, ScheduleLesson

FIRE_BRIGADE = department(5)
APPROVING = tuple(department(n) for n in (2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 18, 19, 20, 24, 25, 26))
"""Members with approval powers; each leads two sub-plans, 32 in all."""
SUBPLANS = ("优化审批流程子方案", "压减办事时限子方案")
CERTIFICATES = 32
TRAINED = date(2018, 4, 20)
LESSON, LESSON_DAY = "deepening-reform", date(2018, 6, 29)

ACTIVITIES = (
    (date(2018, 1, 26), HALL, "“三有三无”活动：窗口设置党员故事墙", True, 96),
    (date(2018, 2, 9), department(9), "春节前走访慰问困难老人", False, 38),
    (date(2018, 3, 23), HALL, "《创建廉洁优政窗口倡议书》签字承诺", True, 158),
    (date(2018, 4, 4), HALL, "参观西山烈士陵园，重温入党誓词", True, 112),
    (TRAINED, RED_CROSS, "窗口人员应急救护培训", False, 64),
    (date(2018, 5, 18), department(10), "助残日窗口志愿服务", False, 45),
    (date(2018, 6, 15), HALL, "“不忘初心 牢记使命”警示教育主题党日", True, 186),
    (date(2018, 7, 20), FIRE_BRIGADE, "大厅消防安全培训和灭火逃生演练", False, 143),
    (date(2018, 8, 17), department(14), "参观警察博物馆和监管大队", True, 88),
    (date(2018, 9, 21), HALL, "共产党员先锋岗、流动红旗窗口评比", False, 126),
    (date(2018, 10, 26), HALL, "“四先”活动：四级政务服务平台软件先试先用", False, 79),
    (date(2018, 11, 23), HALL, "四优窗口创建：逐人逐项公开承诺", True, 151),
)


def scheme() -> Iterator[Asked]:
    """In 2018 the year's report takes the place of December's and of the fourth quarter's."""
    data = AdoptReportingScheme(
        effective_from=START,
        year_replaces_december=True,
        year_replaces_fourth_quarter=True,
        quarter_replaces_last_month=False,
    )
    yield Asked(moment(START, "00:00"), COUNTY, COUNTY, data)


def subplans(seed: int) -> Iterator[Asked]:
    """Each approving member files its two, in the first half of the year."""
    luck = chance(seed, "subplans")
    for code in APPROVING:
        for title in SUBPLANS:
            day = due_after(date(2018, 1, 15), luck.randint(1, 100)).day
            data = FileSubplan(title=f"{name_of(code)}{title}")
            yield Asked(between(day, "09:00", "17:00", luck), code, code, data)


def certificates(seed: int) -> Iterator[Asked]:
    """The Red Cross issues 32 first-aid certificates to people of the windows a week after the training."""
    luck, issued = chance(seed, "certificates"), due_after(TRAINED, 5).day
    staff = [(one.code, person) for one in windows() for person in at_window(one.code, issued)]
    for n, (home, person) in enumerate(luck.sample(staff, CERTIFICATES), 1):
        data = IssueCertificate(certificate="first-aid", number=f"lx-2018-{n:03}", person=person, home=home)
        yield Asked(between(issued, "14:00", "17:00", luck), RED_CROSS, RED_CROSS, data)


def lesson(seed: int) -> Iterator[Asked]:
    """One lesson on-line from the hall; all 104 stations attend and say with how many."""
    luck = chance(seed, "lesson")
    data = ScheduleLesson(lesson=LESSON, title="不忘初心、牢记使命，深化放管服改革优化营商环境", day=LESSON_DAY)
    yield Asked(moment(date(2018, 6, 22), "10:00"), COUNTY, COUNTY, data)
    for one in villages():
        attended = RecordAttendance(lesson=LESSON, attended=luck.randint(8, 45))
        yield Asked(between(LESSON_DAY, "11:00", "17:30", luck), one.code, one.code, attended)


def activities() -> Iterator[Asked]:
    """What was held month by month."""
    for day, code, title, prescribed, participants in ACTIVITIES:
        data = HoldActivity(title=title, prescribed=prescribed, participants=participants)
        yield Asked(moment(day, "16:30"), code, code, data)
