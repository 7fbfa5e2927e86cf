"""The form of a year's notice of days off, begun with what the decree or the notice known so far says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from shared.events.roster import DaysOff, PublishWorkingDays
from shared.forms import Entered, Field, Form, Kind, Rows, values_of
from shared.holidays import FIRST_YEAR, statutory
from shared.notices import Notice

HOLIDAYS, WORKED = 8, 10
"""Rows that are offered; no year had more."""
ONE_DAY = timedelta(days=1)
NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节")
NATIONAL, MOON, BOTH = "国庆节", "中秋节", "国庆节、中秋节"
MOVED = "放假"
AROUND = range(-1, 3)
"""Years that can be chosen, counted from this one: a notice appears in the autumn before its year."""


def years(today: date | None) -> dict[str, str]:
    """By number; none before the decree that is in force."""
    chosen = (today.year + n for n in AROUND) if today else ()
    return {str(year): f"{year}年" for year in chosen if year >= FIRST_YEAR}


PUBLISH = Form(
    PublishWorkingDays,
    "publish",
    "登记放假安排",
    "登记",
    (
        Field("year", "年份", Kind.CHOICE, years),
        Field("basis", "文号", Kind.TEXT, hint="例如国办发明电〔2024〕12号。"),
        Rows(
            "days_off",
            "放假",
            HOLIDAYS,
            (Field("name", "节日名称"), Field("first", "放假首日"), Field("last", "放假末日")),
            note="节日名称和日期已按法定节假日填好，请对照通知改为放假的首日和末日（含调休的周末）。",
        ),
        Rows(
            "working_days",
            "调休上班日",
            WORKED,
            (Field("", "日期", Kind.DAY),),
            note="通知规定上班的星期六、星期日，一天填一行。",
        ),
    ),
    lead="按国务院办公厅的放假安排通知填写。受理后立即生效；标注暂定的整改期限和办件到期日，次日零时后按新的安排重新推算，"
    "有变动的另行告知。同一年再次登记的，以后一次为准。",
)
FORMS: Mapping[str, Form] = {PUBLISH.key: PUBLISH}


def runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days that follow one another, as their first and last."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and found[-1][1] == day - ONE_DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def holidays(year: int) -> list[DaysOff]:
    """The decree's own, by name, in the order of the year; the Mid-Autumn Festival may fall into October's."""
    terms = runs(statutory(year))
    return [DaysOff(name=_name(n, term), first=term[0], last=term[1]) for n, term in enumerate(terms)]


def _name(n: int, term: tuple[date, date]) -> str:
    if n < len(NAMES):
        return NAMES[n]
    first, last = term
    has_national = first <= date(first.year, 10, 1) <= last
    if not has_national:
        return MOON
    return NATIONAL if (last - first).days == 2 and _stands_alone(first.year) else BOTH


def _stands_alone(year: int) -> bool:
    """Whether the Mid-Autumn Festival is a term of its own, outside 1 to 3 October."""
    return len(runs(statutory(year))) > len(NAMES) + 1


def begun(year: int, known: Sequence[Notice]) -> Entered:
    """As the form opens: a notice that the county published, to be corrected, else the decree's days."""
    notice = next((one for one in known if one.year == year), None)
    terms = [*_as_published(notice)] if notice else holidays(year)
    said = {
        "year": year,
        "days_off": [one.model_dump(mode="json") for one in terms],
        "working_days": [day.isoformat() for day in notice.worked] if notice else [],
    }
    return Entered(values_of(PUBLISH, said))


def _as_published(notice: Notice) -> Iterator[DaysOff]:
    """Names are not kept: a term is called by the holidays in it."""
    named = holidays(notice.year)
    for first, last in runs(notice.off):
        inside = [one.name for one in named if first <= one.first <= last]
        yield DaysOff(name="、".join(inside) or MOVED, first=first, last=last)
