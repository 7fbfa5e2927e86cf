"""Which forms of an issued report its rules would take from whoever looks, as it stands now."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.documents.form import ANSWER, JUDGE, OBJECT, RECEIVE, REDELIVER, REPLY, RETURN, WITHDRAW
from services.feedback.documents.model import Delivery, DeliveryState, Draft, DraftState, ReplyState
from services.feedback.documents.ordering import ORDER_LOCKED_ONE, ORDER_ONE
from shared.forms import Form
from shared.web.visit import Visit

ON_THE_WAY = (DeliveryState.DELIVERED, DeliveryState.RETURNED)
OPEN = (ReplyState.AWAITED, ReplyState.RETURNED, ReplyState.REPLIED)


def offered_now(here: Visit, one: Delivery) -> list[Form]:
    """What its recipient may do, and what the office may; of one that is void nothing."""
    if one.state is DeliveryState.WITHDRAWN:
        return []
    county, recipient = here.parts.settings.county, here.roster.answering(one.organisation, here.now)
    mine = _of_recipient(here, one) if here.who == recipient else ()
    theirs = [form for form in mine if here.admits(form.submission, one.organisation)]
    return [*theirs, *(form for form in _of_office(here, one) if here.admits(form.submission, county))]


def ordered_now(here: Visit, draft: Draft | None) -> list[Form]:
    """By whom a report whose figures have changed is corrected, unless that is under way."""
    county = here.parts.settings.county
    if draft is not None and draft.state is not DraftState.SIGNED:
        return []
    offered = [form for form in (ORDER_LOCKED_ONE, ORDER_ONE) if here.admits(form.submission, county)]
    return offered[:1]


def _of_recipient(here: Visit, one: Delivery) -> Iterator[Form]:
    is_received = one.state is DeliveryState.RECEIVED
    if not is_received:
        yield RECEIVE
    elif one.reply in OPEN:
        yield REPLY
    if is_received and (one.objection_by is None or here.today <= one.objection_by):
        yield OBJECT
    if one.state is not DeliveryState.RETURNED:
        yield RETURN


def _of_office(here: Visit, one: Delivery) -> Iterator[Form]:
    if one.reply is ReplyState.REPLIED:
        yield JUDGE
    if any(each.upheld is None for each in one.objections):
        yield ANSWER
    if one.state is DeliveryState.RETURNED:
        yield REDELIVER
    if one.state in ON_THE_WAY and here.acting is not None and here.acting.person == one.signed_by:
        yield WITHDRAW
