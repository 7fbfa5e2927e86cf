"""Every submission type x role x organisation, asked of the rules themselves: as docs/writes.md says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from deploy.contract.published import samples
from services.greenchannel.handlers import HANDLERS
from shared.events import Event, EventData, Submission
from shared.events.greenchannel import RecordGreenService
from shared.events.refusals import REFUSALS
from shared.events.roster import Office
from shared.events.roster.people import Post
from shared.events.vocabulary import DISCIPLINE_INSPECTION, ORGANISATION_DEPARTMENT, OrganisationKind
from shared.events.withdrawals import Withdrawal
from shared.identity.rights import CONSISTS_OF, NEEDS_PROOF, READS_ONLY, RIGHTS, Job
from shared.pipeline.admission import admit
from shared.pipeline.corrections import may_correct
from shared.pipeline.decisions import Original
from shared.roster.organisations import Roster
from shared.services import SERVICES
from tests.abuse.tables import as_written, table
from tests.asking import (
    COUNTY,
    HALL,
    NEIGHBOUR,
    OFFICE,
    OTHER_TOWNSHIP,
    STATION,
    TOWNSHIP,
    asked,
    moment,
    organisation,
    roster,
    slugs_in,
    standing,
)

DISCIPLINE, PERSONNEL = "150424-D91", "150424-D92"
ROLES = {
    "village": STATION,
    "township": TOWNSHIP,
    "other township": OTHER_TOWNSHIP,
    "hall": HALL,
    "department": OFFICE,
    "discipline inspection": DISCIPLINE,
    "organisation department": PERSONNEL,
    "county": COUNTY,
}
CONCERNED = {"V": STATION, "v": NEIGHBOUR, "T": TOWNSHIP, "D": OFFICE, "H": HALL, "C": COUNTY}
ASKS_MORE = {
    "invite-station": "own-invitation",
    "enrol-station": "own-key-only",
    "answer-incident": "answer-not-its-own",
    "close-incident": "own-incident",
    "verify-rectification": "own-work",
    "send-back-rectification": "own-work",
    "reopen-rectification": "own-work",
    "extend-rectification": "own-work",
    "replace-photo": "photo-not-yours-to-replace",
    "view-device": "viewing-not-granted",
    "station-department": "own-stationing",
    "issue-certificate": "not-its-issuer",
    "appoint": "appointed-by-committee",
    "end-post": "appointed-by-committee",
}
"""Types whose own rule asks more of who submits, and how it says no."""
AT = moment("2018-03-05")
HEAD = """# Who may submit what, and about whom

Every type of submission, as a test asks it of the rule by which each service admits what is submitted
(`shared/pipeline/admission.py`, `tests/abuse/test_writes.py`). In a column stands about whom that one may: **V** a
village of the township, **v** its neighbour, **T** the township, **D** a department with a window, **H** the hall,
**C** the county; – about none of them. What a type's own rule asks beyond that of who submits is named by how it says
no. However it comes, by the bus, over HTTP or from a form on a page, it is the same question; a form is only offered
where the answer is yes.
"""
PERSONS = """
## What persons may, by their posts

Whoever signs in as a person may submit what one of its posts of the day does in the organisation for which it signed
in (`shared/identity/rights.py`), about those about whom that organisation may. It is asked before a form is offered,
before anything that was sent is stored, and before a record is corrected or taken back: that may whoever submits such
a thing, and who does the work `amend`. `operate` is the pages of what could not be decided and of the system's
condition, `accounts` those of persons' accounts. An organisation by its token, as programs use it, is not asked.

"""
PROVING = """
Only within five minutes after the person has shown the password again, with the digits of a second factor where there
is one, a form is taken of: {}.
"""
CORRECTING = """
## To correct and to take back what was accepted

In a column stands whose records it may correct or take back, with a reason: within the month its submitter, then those
above it.
"""


def by_posts() -> list[list[str]]:
    """Each work with its types and the posts that do it."""
    done_by = {work: [post for post in Post if work in RIGHTS[post]] for work in Job}
    return [
        [f"`{work}`", ", ".join(f"`{name}`" for name in sorted(CONSISTS_OF.get(work, "").split())), ", ".join(posts)]
        for work, posts in done_by.items()
    ]


def known() -> Roster:
    """With two that hold an office by which they read."""
    posts = ((DISCIPLINE, DISCIPLINE_INSPECTION), (PERSONNEL, ORGANISATION_DEPARTMENT))
    return roster(
        *(
            organisation(
                code, standing(OrganisationKind.DEPARTMENT, COUNTY, offices=(Office(office=post, scope=COUNTY),))
            )
            for code, post in posts
        )
    )


ROSTER = known()


def sample(kind: type[Submission]) -> Submission:
    """What is published as an example of it."""
    return kind.model_validate_json(json.dumps(samples(kind.type)["plain"]["data"]))


def about(kind: type[Submission], by: str) -> str:
    """About whom one may submit this."""
    data = sample(kind)
    may = (
        letter
        for letter, code in CONCERNED.items()
        if admit(asked(data, code, AT, by), AT, ROSTER, kind.service) is None
    )
    return " ".join(may) or "–"


def submitted(service: str) -> Iterable[type[Submission]]:
    """By type; what takes back says nothing of its own."""
    kinds = (kind for kind in Submission.registry.values() if kind.service == service and not kind.withdraws)
    return sorted(kinds, key=lambda kind: kind.type)


def rows(service: str) -> list[list[str]]:
    return [
        [f"`{kind.type}`", *(about(kind, by) for by in ROLES.values()), _more(kind.type)] for kind in submitted(service)
    ]


def _more(type_name: str) -> str:
    slug = ASKS_MORE.get(type_name)
    return f"`{slug}`" if slug else ""


def corrects(by: str, whose: str, day: str) -> bool:
    """Whether a green-channel service of March is taken back on a day, with a reason."""
    data: Withdrawal = Submission.registry["withdraw-from-greenchannel"].model_validate({"reason": "误报"})  # type: ignore[assignment]
    served = Original("1", f"{whose}/1", RecordGreenService.type, whose, whose, AT, True)
    event: Event[EventData] = Event("2", f"{by}/2", data.type, by, whose, moment(day), data, b"", corrects=served.key)
    return may_correct(event, served, served, HANDLERS, ROSTER, moment(day)) is None


def correcting() -> list[list[str]]:
    days: Mapping[str, str] = {"within the month": "2018-03-30", "after it": "2018-05-02"}
    return [
        [
            when,
            *(
                " ".join(c for c, whose in CONCERNED.items() if corrects(by, whose, day)) or "–"
                for by in ROLES.values()
            ),
        ]
        for when, day in days.items()
    ]


def test_each_may_submit_what_the_table_says() -> None:
    parts = [f"\n## {one}\n\n{table(('type', *ROLES, 'asks more'), rows(one))}" for one in SERVICES]
    posts = (
        PERSONS + table(("work", "types", "posts"), by_posts()) + f"\nOnly reading: {', '.join(sorted(READS_ONLY))}.\n"
    )
    posts += PROVING.format(", ".join(f"`{name}`" for name in sorted(NEEDS_PROOF)))
    corrected = CORRECTING + "\n" + table(("", *ROLES), correcting())
    as_written("writes.md", HEAD + "".join(parts) + corrected + posts)


def test_whoever_reads_by_an_office_submits_only_about_itself() -> None:
    for kind in Submission.registry.values():
        if not kind.withdraws and not kind.founding:
            for by in (DISCIPLINE, PERSONNEL):
                assert about(kind, by) == "–", (kind.type, by)


def test_a_village_submits_about_nobody_else_and_nothing_that_is_the_committees() -> None:
    for kind in Submission.registry.values():
        if not kind.withdraws:
            assert about(kind, STATION) == ("–" if kind.committee_only else "V"), kind.type


def test_what_a_rule_asks_beyond_is_asked_there() -> None:
    assert set(ASKS_MORE.values()) <= set(REFUSALS)
    said = slugs_in("services/roster", "services/inspection")
    assert set(ASKS_MORE.values()) <= said
    assert set(ASKS_MORE) <= set(Submission.registry)
