"""The page of a round: all places of a plan that are still due for whoever is signed in, on one form."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from services.inspection.patrols import reads as records
from services.inspection.patrols.due import due_lead, form_url
from services.inspection.patrols.form import is_scored
from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.own_desk import due_of
from services.inspection.patrols.round import (
    CARRIED,
    FULL_SCORE,
    LOOKED,
    MOST,
    ROUNDS,
    SCORE,
    SEEN_AT,
    CarriedRound,
    TickedPlace,
    as_carried,
    carried,
    looked_at,
    round_url,
    ticked,
)
from services.inspection.places import PAGES
from shared.bus.connection import TIMEOUT
from shared.bus.publishing import SlowDown, publish_by_shares
from shared.bus.verdicts import content_of, verdict_within
from shared.events.inspection import LogInspection
from shared.events.outgoing import Outgoing, answered_at_once, submission_message
from shared.forms import Ticket, UnfitForm
from shared.forms.questions import Act, is_left_open
from shared.identity.reading import OWN, SENT
from shared.pages.words import name_of
from shared.patience import is_fault
from shared.web import acts
from shared.web.auditing import audited_submission
from shared.web.by_posts import does
from shared.web.forms import NOT_STORED, VERDICT_WAIT
from shared.web.offering import sender
from shared.web.parameters import NameInPath
from shared.web.posted import MOST_WITHOUT_PHOTOS, Posted, posted
from shared.web.reading import reads
from shared.web.told import Told, verdict_in_words
from shared.web.visit import Here, Visit

NOTHING_TICKED = "还没有勾选，请逐个查看窗口，查看一个勾选一个。"
OPENED_BEFORE = "本页不是今天打开的，没有登记。请核对勾选的是今天查看过的，再次提交。"
NOT_ALL = "本单位报送过快，此前的报送正在依次办理，本次登记尚未全部收到，请在本页重新提交，已收到的不会重复登记。"
PATIENCE = 10.0
"""Seconds for which a round of more places than a share has room for waits for some of them to be decided."""
router = APIRouter(prefix=ROUNDS)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A place in the form: ticked, scored, and what was wrong the last time."""

    code: str
    name: str
    url: str
    score: str
    seen_at: str
    is_ticked: bool
    wrong: str


@dataclass(frozen=True, slots=True)
class Came:
    """A form that was sent and not taken whole: what was ticked, and what is said of it."""

    values: Mapping[str, str]
    wrongs: Mapping[str, str]
    told: Told
    status: int = 422
    ticket: Ticket | None = None


@router.get("/{plan}", dependencies=[reads(OWN), does(LogInspection)])
async def open_round(here: Here, plan: NameInPath, logged: str = "") -> HTMLResponse:
    """What is left of it."""
    return await _page(here, plan, told=_logged(here, logged))


@router.post("/{plan}", response_model=None, dependencies=[reads(SENT), does(LogInspection)])
async def log_round(request: Request, here: Here, plan: NameInPath) -> Response:
    """Each place that was ticked goes the way of every submission; what was not taken is shown again, still ticked."""
    who = sender(here.who, round_url(plan))
    async with posted(request, MOST_WITHOUT_PHOTOS) as sent:
        pass
    one = carried(sent.entered.values, plan) or await _carried(here, plan)
    if one is None:
        raise HTTPException(404)
    came = await _sent(here, one, sent, who, request.scope)
    if isinstance(came, Came):
        return await _page(here, plan, came=came)
    return RedirectResponse(f"{round_url(plan)}?logged={here.parts.marks.put(came, 'round', who)}", 303)


async def _sent(here: Visit, one: CarriedRound, sent: Posted, who: str, scope: Scope) -> Came | str:
    """How many were taken and how many are under way, as the address says it; or the form with what was not."""
    values, ticket, now = sent.entered.values, sent.entered.ticket, here.now
    codes = ticked(values)
    if not codes:
        return Came(values, {}, Told("还没有登记", "bad", (NOTHING_TICKED,)), ticket=ticket)
    if is_left_open(datetime.fromisoformat(ticket.time), now):
        return Came(values, {}, Told("还没有登记", "bad", (OPENED_BEFORE,)))
    read = {code: looked_at(one, code, values, ticket, now) for code in codes}
    if wrongs := {code: each.wrongs[0].sentence for code, each in read.items() if isinstance(each, UnfitForm)}:
        return Came(values, wrongs, Told(f"有{len(wrongs)}处需要更正", "bad"), ticket=ticket)
    actor = sent.acting.person if sent.acting else ""
    looks = [each for each in read.values() if isinstance(each, TickedPlace)]
    came = await _published(here, looks, values, who, actor, ticket)
    for look in looks:
        audited_submission(scope, look.data.type, who, look.id, look.organisation)
    return came


async def _published(
    here: Visit, looks: Sequence[TickedPlace], values: Mapping[str, str], who: str, actor: str, ticket: Ticket
) -> Came | str:
    messages = [_message(look, who, actor) for look in looks]
    try:
        said = [answered_at_once(one) for one in messages]
        await publish_by_shares(here.parts.bus.client, said, TIMEOUT, patience=PATIENCE)
    except SlowDown:
        return Came(values, {}, Told("尚未收到", "bad", (NOT_ALL,)), 429, ticket)
    except Exception as error:
        if not is_fault(error):
            raise
        return Came(values, {}, Told("尚未收到", "bad", (NOT_STORED,)), 503, ticket)
    verdicts = await asyncio.gather(*(_verdict(here, one) for one in messages))
    await asyncio.gather(*(_remember(here, look, who) for look in looks))
    refused = {
        look.organisation: "".join(told.reasons)
        for look, told in zip(looks, verdicts, strict=True)
        if told.level == "bad"
    }
    done = sum(told.accepted for told in verdicts)
    if refused:
        return Came(values, refused, Told(f"已登记{done}处，有{len(refused)}处退回", "bad"), ticket=ticket)
    return f"{done}-{len(looks) - done}"


def _message(look: TickedPlace, who: str, actor: str) -> Outgoing:
    return submission_message(look.data, who, look.organisation, look.id, look.happened, actor)


async def _verdict(here: Visit, message: Outgoing) -> Told:
    """One that cannot be looked up has not come."""
    try:
        return verdict_in_words(await verdict_within(here.parts.bus, content_of(message), VERDICT_WAIT))
    except Exception as error:
        if not is_fault(error):
            raise
        return verdict_in_words(None)


async def _remember(here: Visit, look: TickedPlace, who: str) -> None:
    """The same on a place's own form within minutes is asked about."""
    words = acts.words_of(who, look.organisation, look.data)
    await acts.remember(here.parts.db, words, Act(look.id, look.happened, here.now))


def _logged(here: Visit, logged: str) -> Told | None:
    """Only where this page's own form led here."""
    said = here.parts.marks.read(logged, "round", here.who) if here.who else ""
    if not said:
        return None
    done, waiting = said.split("-")
    if waiting == "0":
        return Told(f"已登记{done}处", "good")
    return Told(f"已登记{done}处，另有{waiting}处办理中", "warn", ("办理结果稍后可在报送记录中查看，请勿重复登记。",))


async def _open(here: Visit, plan: str) -> list[DueLine]:
    """The places of a plan that are due for whoever is signed in now, those that were looked at as well."""
    lines = await records.open_on(here.parts.db, here.parts.settings.county, here.roster, here.today)
    return [line for line in due_of(here.who or "", lines) if line.plan.plan == plan]


async def _carried(here: Visit, plan: str) -> CarriedRound | None:
    lines = await _open(here, plan)
    return await _round_of(here, lines[0]) if lines else None


async def _round_of(here: Visit, line: DueLine) -> CarriedRound:
    slug = line.plan.checklist
    listed = await records.checklist(here.parts.db, here.parts.settings.county, slug) if slug else None
    return CarriedRound(line.plan, line.day, line.patroller, listed.on(here.today) if listed else None)


async def _page(here: Visit, plan: str, told: Told | None = None, came: Came | None = None) -> HTMLResponse:
    lines = await _open(here, plan)
    if not lines:
        raise HTTPException(404)
    one, left = await _round_of(here, lines[0]), [line for line in lines if not line.done]
    ticket = (came.ticket if came else None) or Ticket.new()
    values: dict[str, Any] = dict(came.values) if came else {}
    wrongs = came.wrongs if came else {}
    return PAGES.render(
        "round.html",
        "patrol",
        came.status if came else 200,
        title=lines[0].plan.name,
        lead=due_lead(lines[0]),
        action=round_url(plan),
        hidden=(("ticket", ticket.id), ("time", ticket.time), (CARRIED, as_carried(one))),
        is_scored=is_scored(one.place("")),
        rows=[_row(here, line, values, wrongs) for line in left[:MOST]],
        left=len(left),
        done=len(lines) - len(left),
        told=_with_others(here, came, {line.organisation for line in left}) if came else told,
        names=(LOOKED, SCORE, SEEN_AT),
    )


def _with_others(here: Visit, came: Came, shown: set[str]) -> Told:
    """What is wrong with a place that is in the form no more, as one that was looked at meanwhile, is said above it."""
    names = {code: name_of(code, here.roster, here.today) for code in came.wrongs if code not in shown}
    others = tuple(f"{name}：{came.wrongs[code]}" for code, name in names.items())
    return replace(came.told, reasons=(*came.told.reasons, *others))


def _row(here: Visit, line: DueLine, values: Mapping[str, str], wrongs: Mapping[str, str]) -> RoundRow:
    code = line.organisation
    return RoundRow(
        code=code,
        name=name_of(code, here.roster, here.today),
        url=form_url(line.plan.plan, code),
        score=values.get(SCORE + code, FULL_SCORE),
        seen_at=values.get(SEEN_AT + code, ""),
        is_ticked=LOOKED + code in values,
        wrong=wrongs.get(code, ""),
    )
