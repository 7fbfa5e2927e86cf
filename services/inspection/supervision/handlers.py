"""Which rule decides what is said of e-supervision, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator

from services.inspection.supervision import rules as supervision
from services.inspection.supervision.model import Device, ViewingGrant
from shared.events import Event
from shared.events.inspection import GrantViewing, RegisterDevice, RemoveDevice, ViewDevice, WithdrawViewing
from shared.pipeline.decisions import Handler, Handlers, Key, Need


def _grant(event: Event[GrantViewing] | Event[WithdrawViewing] | Event[ViewDevice]) -> Key:
    return Key(ViewingGrant, supervision.grant_id(event.organisation, event.data.person))


def _viewing(event: Event[ViewDevice]) -> Iterator[Need]:
    yield _grant(event)
    yield Key(Device, supervision.device_id(event.data.organisation, event.data.device))


SUPERVISION: Handlers = {
    RegisterDevice: Handler(
        supervision.register_device,
        lambda event: [Key(Device, supervision.device_id(event.organisation, event.data.device))],
    ),
    RemoveDevice: Handler(
        supervision.remove_device,
        lambda event: [Key(Device, supervision.device_id(event.organisation, event.data.device))],
    ),
    GrantViewing: Handler(supervision.grant_viewing, lambda event: [_grant(event)]),
    WithdrawViewing: Handler(supervision.withdraw_viewing, lambda event: [_grant(event)]),
    ViewDevice: Handler(supervision.view_device, _viewing),
}
