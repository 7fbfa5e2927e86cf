"""Rules of posts: each in its kind of organisation, some held by one at a time, some never in one hand with another."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.people.model import MOST_POSTS, Person
from shared.database.documents import Key
from shared.events import Event
from shared.events.roster.people import (
    Appoint,
    AppointmentWithdrawn,
    EndPost,
    PersonAppointed,
    Post,
    PostEnded,
    PostEndWithdrawn,
)
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict
from shared.roster.organisations import county_of
from shared.roster.posts import POSTS, in_one_hand, same_hand
from shared.roster.staff import HeldPost, Staff


def appoint(state: State, event: Event[Appoint]) -> Verdict:
    """Whoever is registered by then, to a post that there is, and that nobody holds where one does."""
    asked, staff = event.data, _staff(state, event.organisation)
    held = HeldPost(person=asked.person, post=asked.post, since=asked.since, by=event.key, basis=asked.basis)
    no = (
        _own(event)
        or _unentitled(event, asked.post)
        or _unknown(state, asked)
        or _unfit(state, event)
        or conflict(staff, held)
    )
    if no:
        return no
    if len(staff.posts) >= MOST_POSTS:
        return Refused("too-many-posts", organisation=event.organisation, most=MOST_POSTS)
    fact = PersonAppointed(person=asked.person, post=asked.post, since=asked.since)
    return Accepted((staff.having(posts=(*staff.posts, held)),), (fact,))


def end(state: State, event: Event[EndPost]) -> Verdict:
    """Whoever holds it goes on to that day; it cannot end before it began, or twice."""
    asked, staff = event.data, _staff(state, event.organisation)
    if no := _unentitled(event, asked.post):
        return no
    held = staff.held(asked.person, asked.post, asked.last_day)
    if held is None or held.until is not None:
        return Refused("not-in-post", post=asked.post, day=asked.last_day)
    ended = held.model_copy(update={"until": asked.last_day, "ended_by": event.key, "reason": asked.reason})
    fact = PostEnded(person=asked.person, post=asked.post, last_day=asked.last_day)
    return Accepted((_with(staff, held, ended),), (fact,))


def undo_appointment(state: State, original: Original) -> Verdict:
    """It was never held; an end that was entered since is taken back first."""
    staff = _staff(state, original.organisation)
    held = next((one for one in staff.posts if one.by == original.key), None)
    if held and held.until:
        return Refused("post-ended-since", post=held.post, day=held.until)
    left = tuple(one for one in staff.posts if one is not held)
    return Accepted((staff.having(posts=left),), original.taken_back(AppointmentWithdrawn))


def undo_end(state: State, original: Original) -> Verdict:
    """It is held further, unless another holds it by now."""
    staff = _staff(state, original.organisation)
    held = next((one for one in staff.posts if one.ended_by == original.key), None)
    facts = original.taken_back(PostEndWithdrawn)
    if held is None:
        return Accepted((), facts)
    again = held.model_copy(update={"until": None, "ended_by": "", "reason": ""})
    without = staff.having(posts=tuple(one for one in staff.posts if one is not held))
    return conflict(without, again) or Accepted((_with(staff, held, again),), facts)


def of_organisation(original: Original) -> Iterator[Key]:
    """Who holds which post there."""
    yield Key(Staff, original.organisation)


def conflict(staff: Staff, held: HeldPost) -> Refused | None:
    """What somebody holds in the same time that leaves no room for it."""
    for other in (one for one in staff.posts if one.meets(held.since, held.until)):
        if (other.person, other.post) == (held.person, held.post):
            return Refused("already-in-post", post=held.post, day=other.since)
        if other.post is held.post and POSTS[held.post].has_one_holder:
            return Refused("post-held", post=held.post, day=other.since)
        if other.person == held.person and not in_one_hand(held.post, other.post):
            return Refused("same-hand", post=held.post, other_post=other.post)
    return None


def _own(event: Event[Appoint]) -> Refused | None:
    """Nobody gives rights to themselves."""
    return Refused("own-appointment", post=event.data.post) if same_hand(event.actor, event.data.person) else None


def _unentitled(event: Event[Appoint] | Event[EndPost], post: Post) -> Refused | None:
    if POSTS[post].by_committee and event.submitter != county_of(event.organisation):
        return Refused("appointed-by-committee", post=post)
    return None


def _unknown(state: State, asked: Appoint) -> Refused | None:
    person = state.get(Person, asked.person)
    if person is None or person.erased:
        return Refused("unknown-person")
    return Refused("not-registered-then", day=person.since) if asked.since < person.since else None


def _unfit(state: State, event: Event[Appoint]) -> Refused | None:
    asked, here = event.data, event.organisation
    stands = state.roster.standing(here, asked.since)
    if stands is None:
        return Refused("not-standing-then", organisation=here, day=asked.since)
    return None if POSTS[asked.post].fits(stands) else Refused("post-not-here", organisation=here, post=asked.post)


def _staff(state: State, organisation: str) -> Staff:
    return state.get(Staff, organisation) or Staff(id=organisation)


def _with(staff: Staff, held: HeldPost, now: HeldPost) -> Staff:
    return staff.having(posts=tuple(now if one is held else one for one in staff.posts))
