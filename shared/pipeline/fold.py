"""Decisions folded over a batch in stream order, on one working copy: later ones see what earlier ones changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from shared.bus.connection import Message
from shared.calendar import china_day
from shared.database.documents import Document
from shared.events import Event, Fact, Unreadable
from shared.events.envelope import Forged
from shared.events.refusals import reason
from shared.pipeline.admission import TIME_AHEAD
from shared.pipeline.clocks import FromTheFuture
from shared.pipeline.corrections import correct, stands_for
from shared.pipeline.decisions import About, Accepted, Corrected, Handlers, Refused, State, Verdict
from shared.pipeline.inlets import Inlet
from shared.pipeline.ledger import ANY_CONTENT, Entry, KeptFact, Received
from shared.pipeline.originals import (
    first_refused,
    first_said_by,
    is_sent_again_by,
    named_by,
    replaced_by,
    undecided,
)
from shared.pipeline.outcomes import Dead, Decided, Outcome, Read, Reused
from shared.pipeline.provenance import FORGED

ANOTHER = "another content under a used id"


class Fold:
    """The outcomes of one batch, and the ledger entries that it adds to those already `known`.

    What is `excused` comes from the future by the server's fault; None where nobody has asked whose it is.
    """

    def __init__(
        self,
        inlet: Inlet,
        handlers: Handlers,
        state: State,
        known: dict[str, Entry],
        excused: frozenset[str] | None = None,
    ) -> None:
        self._inlet, self._handlers = inlet, handlers
        self._known = known
        self._excused = excused
        self._from_future = False
        self.state = state
        self.outcomes: list[Outcome] = []
        self.entered: list[Entry] = []
        self._projected: list[Document] = []

    def run(self, segment: Sequence[Read]) -> None:
        """Each message in turn."""
        self.outcomes += [self._outcome(read) for read in segment]
        if self._from_future and self._excused is None:
            raise FromTheFuture({*self._known} - {entry["_id"] for entry in self.entered})

    def builds_on_what_is_written(self) -> None:
        """Another segment follows: what was written is its base."""
        self._projected = self.projected
        self.state.copy.written()

    @property
    def projected(self) -> list[Document]:
        """What others are to know, as it was written so far."""
        changed = self.state.copy.changed.values()
        return [*self._projected, *(document for document in changed if document.projected)]

    def _outcome(self, read: Read) -> Outcome:
        entry = self._known.get(read.key) if read.key else None
        match read.event:
            case Forged(reason=why):
                return Dead(FORGED, why, answered=False)
            case Unreadable(digest=digest) if entry and entry["digest"] in (digest, ANY_CONTENT):
                return Decided({**entry, "digest": digest})  # the same content, which could be read before
            case Unreadable(others=why, digest=digest):
                return Reused(entry, why, digest, read.at_once) if entry else Dead("unreadable", why, True)
            case Event() as event if entry:
                return _repeated(entry, event, read.at_once)
            case event:
                return Decided(self._enter(event, read.message))

    def _enter(self, event: Event[Any], message: Message) -> Entry:
        self.state.copy.begin()
        received = self._inlet.entry(event, message)
        first = undecided(event, self._known) if event.corrects else ""
        if event.corrects:
            self._follows(received, event, self._known.get(event.corrects))
        entry = self._decided(received, event, self._verdict(event, message))
        self._keep(entry)
        if first and entry["verdict"] == "accepted":
            self._keep(self._instead(first, event, message))
        return entry

    def _keep(self, entry: Entry) -> None:
        self._known[entry["_id"]] = entry
        self.entered.append(entry)

    def _instead(self, first: str, event: Event[Any], message: Message) -> Entry:
        """What was taken the place of before it was decided is refused when it comes after all, whatever it says."""
        received = self._inlet.entry(event, message)
        del received["corrects"]
        received.pop("reason", None)
        refused = self._decided(received, event, Refused("already-corrected"))
        return {**refused, "_id": first, "digest": ANY_CONTENT}

    def _follows(self, received: Received, event: Event[Any], named: Entry | None) -> None:
        """What its entry keeps of those that it stands behind, whatever is decided of it.

        Sent once more it still takes the place of what was not decided yet when it named that.
        """
        if named is None:
            if event.corrects != event.key:
                is_own = event.corrects.split("/")[0] == event.submitter
                received["resends" if is_own else "replaces"] = event.corrects
            return
        if is_sent_again_by(event, named):
            received["resends"] = first_refused(named)
        if replaced := replaced_by(named, self._known):
            received["replaces"] = replaced
            first = self._known.get(replaced)
            by = stands_for(event, first_said_by(first), self.state.roster) if first else event.submitter
            if by != event.submitter:
                received["stands_for"] = by

    def _decided(self, received: Received, event: Event[Any], verdict: Verdict) -> Entry:
        match verdict:
            case Accepted() as yes:
                self.state.apply(yes)
                facts = [self._fact(fact, event) for fact in yes.facts]
                if isinstance(yes, Corrected):
                    received["undone"] = yes.undone
                return {**received, "verdict": "accepted", "reasons": [], "facts": facts}
            case Refused(slug, details):
                return {**received, "verdict": "refused", "reasons": [self._reason(event, slug, details)], "facts": []}

    def _reason(self, event: Event[Any], slug: str, details: Mapping[str, object]) -> dict[str, str]:
        """With names, as organisations were called when it happened."""
        return reason(slug, lambda code: self.state.roster.called(code, event.day), **details)

    def _verdict(self, event: Event[Any], message: Message) -> Verdict:
        no = self._inlet.admit(event, message, self.state)
        if no and no.slug == TIME_AHEAD:
            no = self._future_of(event, message, no)
        if no or not event.corrects:
            return no or self._handlers[type(event.data)].decide(self.state, event)
        return correct(self.state, event, *named_by(event, self._known), self._handlers, message.received)

    def _future_of(self, event: Event[Any], message: Message, no: Refused) -> Refused | None:
        """What the server's clock alone makes of later is admitted as if it had come when it happened."""
        if self._excused and event.key in self._excused:
            return self._inlet.admit(event, replace(message, received=event.time), self.state)
        self._from_future = True
        return no

    def _fact(self, fact: Fact | About, event: Event[Any]) -> KeptFact:
        """A fact as the ledger keeps it, with the organisation's place in the tree when it happened.

        What happens after an organisation has ended counts where who answers for it stands. It remains about the code
        under which it was begun, for the end may be withdrawn, or another may follow it.
        """
        about = fact if isinstance(fact, About) else About(event.organisation, fact)
        time, day = (about.time, china_day(about.time)) if about.time else (event.time, event.day)
        kept: KeptFact = {
            "type": about.fact.type,
            "organisation": about.organisation,
            "time": time.isoformat(),
            "path": about.path or self.state.roster.place(about.organisation, day),
            "body": about.fact.model_dump_json(),
        }
        if about.undoes:
            kept["undoes"] = about.undoes
        return kept


def _repeated(entry: Entry, event: Event[Any], at_once: bool) -> Outcome:
    if entry["digest"] == ANY_CONTENT:
        return Decided({**entry, "type": event.type, "time": event.time.isoformat(), "digest": event.digest})
    return Decided(entry) if entry["digest"] == event.digest else Reused(entry, ANOTHER, event.digest, at_once)
