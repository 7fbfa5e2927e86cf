"""Another photo in the place of one that was refused or has not arrived: what is evidence already is never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.photos.model import MOST_ADDED, AddedPhoto, ArrivedPhoto
from services.inspection.rectifications.model import Rectification
from shared.events import Event
from shared.events.inspection import PhotoReplaced, PhotoReplacementWithdrawn, ReplacePhoto
from shared.pipeline.decisions import Accepted, Key, Need, Original, Query, Refused, State, Verdict, fact_of

Evidenced = Inspection | Rectification


def needs(event: Event[ReplacePhoto]) -> Iterator[Need]:
    """What the photo belongs to, and whether it has arrived."""
    yield from _places(event.data, event.organisation)
    yield Query(ArrivedPhoto, _it(event.data))


def replace_photo(state: State, event: Event[ReplacePhoto]) -> Verdict:
    """As often as it fails again; by whoever named the missing one, who answers for them now, or who is above."""
    asked = event.data
    one = _evidenced(state, asked, event.organisation)
    if one is None or one.organisation != event.organisation or (isinstance(one, Inspection) and one.withdrawn):
        return Refused("unknown-evidence")
    if asked.missing not in _named(one, asked.sender):
        return Refused("photo-not-named")
    if not state.roster.may_speak_for(event.submitter, asked.sender, None, event.time):
        return Refused("photo-not-yours-to-replace", organisation=asked.sender)
    if state.find(ArrivedPhoto, _it(asked)):
        return Refused("photo-arrived")
    if any(added.photo == asked.photo for added in one.added):
        return Refused("photo-already-added")
    if len(one.added) >= MOST_ADDED:
        return Refused("photos-added-too-often", most=MOST_ADDED)
    added = AddedPhoto(missing=asked.missing, photo=asked.photo, by=event.submitter, at=event.time)
    fact = PhotoReplaced(**asked.model_dump())
    return Accepted((one.having(added=(*one.added, added)),), (fact,))


def to_undo(original: Original) -> Iterator[Need]:
    """What the photo belongs to."""
    yield from _places(fact_of(original, PhotoReplaced), original.organisation)


def undo_replacement(state: State, original: Original) -> Verdict:
    """As if it had not been sent."""
    fact = fact_of(original, PhotoReplaced)
    evidenced = _evidenced(state, fact, original.organisation)
    assert evidenced is not None
    left = tuple(added for added in evidenced.added if added.photo != fact.photo)
    return Accepted((evidenced.having(added=left),), original.taken_back(PhotoReplacementWithdrawn))


def _places(asked: ReplacePhoto | PhotoReplaced, organisation: str) -> Iterator[Need]:
    """What another has corrected is kept under the corrector's key."""
    yield _key(asked, organisation)
    if "/" not in asked.of:
        yield Query(Inspection, _corrected(asked, organisation))


def _corrected(asked: ReplacePhoto | PhotoReplaced, organisation: str) -> Mapping[str, Any]:
    return {"organisation": organisation, "inspection": asked.of, "submitter": asked.sender}


def _key(asked: ReplacePhoto | PhotoReplaced, organisation: str) -> Key:
    if "/" in asked.of:
        return Key(Rectification, f"{organisation}/{asked.of}")
    return Key(Inspection, f"{asked.sender}/{asked.of}")


def _evidenced(state: State, asked: ReplacePhoto | PhotoReplaced, organisation: str) -> Evidenced | None:
    kind, id = _key(asked, organisation)
    if kind is Rectification:
        return state.get(Rectification, id)
    return state.get(Inspection, id) or next(iter(state.find(Inspection, _corrected(asked, organisation))), None)


def _named(one: Evidenced, sender: str) -> Iterable[str]:
    if isinstance(one, Inspection):
        return one.photos
    return {photo for step in one.steps if step.by == sender for photo in step.photos}


def _it(asked: ReplacePhoto) -> Mapping[str, Any]:
    return {"_id": f"{asked.sender}/{asked.missing}"}
