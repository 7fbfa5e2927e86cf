"""Who may read what: a rule for each kind of matter, and one reader that page, API and export ask alike.

Reads are closed by default: what is not public is read by whoever is signed in, or only by those concerned. A route
says its rule where it is declared; how a reader was recognised, and on whose behalf, is no concern of the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.events.vocabulary import DISCIPLINE_INSPECTION, HALL_PATROL, ORGANISATION_DEPARTMENT
from shared.identity.audience import Matter, Posts, To, opens, reads_of
from shared.roster.organisations import Roster


@dataclass(frozen=True, slots=True)
class Rule:
    """What it is about, to whom it opens and, of those concerned, by which offices also others are.

    Concerned with an organisation are itself, those above it, and whoever holds one of the offices for it; of persons
    those whose posts read this kind of matter.
    """

    matter: str
    to: To
    offices: tuple[str, ...] = ()
    kind: Matter | None = None


PUBLIC = Rule("what the county tells everybody", To.ANYBODY)
SIGNED_IN = Rule("the county's daily work", To.SIGNED_IN)
OWN = Rule("what an organisation has before it, and what was reported for it", To.CONCERNED, (), Matter.OWN)
WAITS = Rule("what waits for whoever asks", To.CONCERNED)
KEYS = Rule("keys and invitations of stations", To.CONCERNED, (), Matter.KEYS)
PERSONS = Rule("cases, services, certificates and attendances", To.CONCERNED, (DISCIPLINE_INSPECTION,), Matter.PERSONS)
PEOPLE = Rule("persons by name, their posts and particulars", To.CONCERNED, (), Matter.PEOPLE)
SHEETS = Rule("Party members' appraisals: the sheets that are open to the person who asks", To.SIGNED_IN)
PERSON = Rule("one person: for itself, and for those who read persons", To.CONCERNED)
SERVING = Rule(
    "the names of those who face whoever comes to a window or station",
    To.CONCERNED,
    (HALL_PATROL, DISCIPLINE_INSPECTION),
    Matter.PLACES,
)
PLACES = Rule(
    "inspections with place and photos, incidents, the line to a station",
    To.CONCERNED,
    (HALL_PATROL, DISCIPLINE_INSPECTION),
    Matter.PLACES,
)
REPORTS = Rule(
    "reports and figures of single organisations",
    To.CONCERNED,
    (ORGANISATION_DEPARTMENT, DISCIPLINE_INSPECTION),
    Matter.REPORTS,
)
COMMITTEE = Rule("what the committee's office alone puts in order", To.COUNTY)
RUNNING = Rule("what could not be decided, and the system's condition", To.RUNNING)
AUDIT = Rule("who did what: read by the auditor alone", To.AUDIT)
ACCOUNTS = Rule("everybody's account: read by the security administrator", To.ACCOUNTS)
MONITORING = Rule("metrics and the API's description", To.OPERATOR)
SENT = Rule("what is sent", To.PROOF)


class WithoutRule(Exception):
    """A route says nothing of who may read it, so that its service does not start."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever asks, by the code of its organisation or without one, on the roster of an instant.

    Of a person `posts` are those that it holds there: it reads no more than they do, and no more than its organisation.
    """

    code: str | None
    county: str
    roster: Roster
    at: datetime
    posts: Posts = None

    def may(self, rule: Rule, organisation: str) -> bool:
        """Whether what concerns an organisation is open to it."""
        if rule.to is not To.CONCERNED or self.code is None:
            return opens(rule.to, self.code, self.county, self.posts)
        if not self.reads(rule):
            return False
        return self.code in (organisation, self.county) or self._stands_for(rule, self.code, organisation)

    def _stands_for(self, rule: Rule, code: str, organisation: str) -> bool:
        return any(self.roster.may_speak_for(code, organisation, office, self.at) for office in (None, *rule.offices))

    def reads(self, rule: Rule) -> bool:
        """Whether its posts read such a matter, of whomever."""
        return rule.kind is None or reads_of(self.posts, rule.kind)

    def sees_all(self, rule: Rule) -> bool:
        """Whether every organisation's matters are open to it, as the county's are and those of a post for all."""
        return self.code is not None and all(self.may(rule, one.id) for one in self.roster)

    def scope(self, rule: Rule) -> frozenset[str] | None:
        """The organisations whose matters are open to it, for a list to be filtered by; None for the whole county."""
        if not self.reads(rule):
            return frozenset()
        if self.code == self.county:
            return None
        itself = {self.code} if self.code is not None else set()
        return frozenset(itself.union(one.id for one in self.roster if self.may(rule, one.id)))
