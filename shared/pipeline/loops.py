"""The loops of a service as values: what comes to it from which stream, and which rule decides it on which roster.

`services/<name>/app.py` declares them; the service's process and a county of the tests make their consumers from these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shared.bus.connection import Bus
from shared.bus.streams import SUBSCRIPTIONS, Subscription, facts_for, submissions_to
from shared.database.lease import Lease
from shared.database.mongo import Database
from shared.events import Fact, Submission
from shared.events.outgoing import submission_subject
from shared.pipeline.decisions import Handlers
from shared.pipeline.inlets import Facts, Inlet, Submissions
from shared.pipeline.pipeline import Pipeline
from shared.roster.feed import FollowedRoster, RosterFeed
from shared.services import EVERY_FACT, listed

Feed = Callable[[Database, Bus], RosterFeed]
"""Makes the roster on which is decided."""
PipelineKind = Callable[[str, Inlet, Handlers, Database, Bus, RosterFeed, Lease], Pipeline]
"""Makes a pipeline: `Pipeline` itself, or one that does more beside."""


def followed(_: Database, bus: Bus) -> RosterFeed:
    """The roster as everybody but its own service has it."""
    return FollowedRoster(bus)


@dataclass(frozen=True, slots=True)
class Loop:
    """One place in a stream and what is done there."""

    service: str
    of: Subscription
    inlet: Inlet
    handlers: Handlers
    feed: Feed = followed

    def pipeline(
        self, db: Database, bus: Bus, feed: RosterFeed, lease: Lease, kind: PipelineKind = Pipeline
    ) -> Pipeline:
        """Its way from messages to verdicts and facts."""
        return kind(self.service, self.inlet, self.handlers, db, bus, feed, lease)


def loops(service: str, decides: Handlers, follows: Handlers | None = None, feed: Feed = followed) -> Sequence[Loop]:
    """What a service does with its submissions, and with the facts that it follows."""
    deciding = Loop(service, submissions_to(service), Submissions(service), decides, feed)
    if not follows:
        return (deciding,)
    return (deciding, Loop(service, facts_for(service), Facts(), follows, feed))


def gaps(service: str, of: Sequence[Loop]) -> Iterator[str]:
    """What would reach a service and find nobody who decides it, a sentence each; none when all is in place."""
    if unknown := {*listed(service).follows} - {*EVERY_FACT, *Fact.registry}:
        yield f"{service} follows {_named(unknown)}, which no fact is called"
    taken = {loop.of.name for loop in of}
    own = (one.name for one in SUBSCRIPTIONS if one.name.startswith(f"{service}-"))
    yield from (f"{service} takes nothing from {name}" for name in own if name not in taken)
    for loop in of:
        yield from _gaps(loop)


def _gaps(loop: Loop) -> Iterator[str]:
    coming, handled = _coming(loop.of), {kind.type for kind in loop.handlers}
    if coming - handled:
        yield f"{loop.of.name} brings {_named(coming - handled)}, which no handler decides"
    if handled - coming:
        yield f"{loop.of.name} never brings {_named(handled - coming)}, which a handler decides"


def _coming(of: Subscription) -> set[str]:
    """The types of events that a subscription brings."""
    submissions = {name: submission_subject(kind.service, name, "-") for name, kind in Submission.registry.items()}
    facts = {name: f"fact.{name}.-" for name in Fact.registry}
    return {name for name, subject in (submissions | facts).items() if of.brings(subject)}


def _named(types: set[str]) -> str:
    return ", ".join(sorted(types))
