"""Which forms of a sheet its rules would take from whoever looks, as it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from services.roster.appraisals.form import (
    ANSWER,
    APPEAL,
    ARCHIVE,
    OF_HOME,
    OF_PERSON,
    REOPEN,
    SAY_HOME,
    SAY_MEMBER,
    SAY_PEERS,
    SAY_SELF,
    SETTLE_COUNTY,
    SETTLE_HOME,
    SIGN,
    WITHDRAW,
)
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.order import (
    ANSWERED,
    APPEALED,
    ARCHIVED,
    COMMITTEE,
    HOME,
    PEERS,
    REOPENED,
    SELF,
    SETTLED,
    SIGNED,
    WITHDRAWN,
    may_be_done,
)
from services.roster.appraisals.stepping import BY_COUNTY, BY_HOME
from shared.events.roster.appraisals import AppraisalStep
from shared.forms import Form
from shared.web.visit import Visit


class Offered(NamedTuple):
    """A form, and the step that is done by it; `part` is what it says, by which it opens filled in."""

    form: Form
    step: AppraisalStep
    part: str


ALL = (
    Offered(SAY_SELF, SELF, SELF),
    Offered(SAY_PEERS, PEERS, PEERS),
    Offered(SAY_MEMBER, COMMITTEE, COMMITTEE),
    Offered(SAY_HOME, HOME, HOME),
    Offered(SETTLE_COUNTY, SETTLED, BY_COUNTY),
    Offered(SETTLE_HOME, SETTLED, BY_HOME),
    Offered(SIGN, SIGNED, ""),
    Offered(APPEAL, APPEALED, APPEALED),
    Offered(ANSWER, ANSWERED, ANSWERED),
    Offered(ARCHIVE, ARCHIVED, ""),
    Offered(REOPEN, REOPENED, REOPENED),
    Offered(WITHDRAW, WITHDRAWN, ""),
)
BY_KEY: Mapping[str, Offered] = {one.form.key: one for one in ALL}


def offered_now(here: Visit, sheet: Sheet) -> Iterator[Offered]:
    """Of each whether it is its turn, whose it is, and whether whoever looks does such a thing about them."""
    person = here.acting.person if here.acting else ""
    for one in ALL:
        if not may_be_done(sheet, one.step, here.today) or not _is_due(sheet, one, here):
            continue
        key, is_own = one.form.key, bool(person) and person == sheet.person
        if (key in OF_PERSON) is is_own and here.admits(one.form.submission, about(here, sheet, key)):
            yield one


def _is_due(sheet: Sheet, one: Offered, here: Visit) -> bool:
    """An appeal in its days, once; each side its own settlement."""
    if one.form is APPEAL:
        return ANSWERED not in sheet.parts and (sheet.read_by is None or here.today <= sheet.read_by)
    if one.form is SETTLE_HOME:
        return here.who == here.roster.answering(sheet.home, here.now)
    return one.form is not SETTLE_COUNTY or here.who == here.parts.settings.county


def about(here: Visit, sheet: Sheet | None, key: str) -> str:
    """Whom a form concerns: the person's unit, its home, or the county."""
    if key in OF_PERSON:
        return here.who or ""
    return (sheet.home if sheet else here.who or "") if key in OF_HOME else here.parts.settings.county
