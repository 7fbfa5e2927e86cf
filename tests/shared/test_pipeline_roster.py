"""The roster on its way from the roster service to all others: nothing that was decided is missing, ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pymongo.errors import AutoReconnect

from shared.bus.connection import Bus, Message
from shared.bus.publishing import publish_all
from shared.bus.streams import ROSTER
from shared.events.outgoing import Outgoing
from shared.events.vocabulary import OrganisationKind
from shared.roster.feed import SUBJECT, FollowedRoster
from tests.county import County
from tests.submitters import Submitter, committee, founding, hall, township

NEWCOMER = Submitter("150424100206")


class Interrupted(Bus):
    """Before the first page is read, somebody writes the hall's organisation once more."""

    done = False

    async def following(self, stream: str, subject: str, after: int, most: int) -> list[Message]:
        """The bus's own answer, later."""
        if not self.done:
            self.done = True
            held = await self.last(ROSTER.name, SUBJECT + hall.code)
            assert held
            await publish_all(self.client, [Outgoing(held.subject, held.body, {})], timeout=5)
        return await super().following(stream, subject, after, most)


async def test_an_organisation_that_changes_while_the_roster_is_read_is_never_missing(county: County) -> None:
    roster = await FollowedRoster(Interrupted(county.client)).current()
    assert hall.code in roster
    assert len(roster) == len([said for said in founding() if "register-organisation" in said.message.subject])


async def test_a_registration_whose_commit_was_answered_too_late_reaches_the_others(county: County) -> None:
    """The transaction stood, its answer was lost: the batch is decided again and found in the ledger."""
    faults = [AutoReconnect("the answer was lost")]

    async def step(point: str) -> None:
        if point == "committed" and faults:
            raise faults.pop()

    registered = committee.registers(NEWCOMER.code, OrganisationKind.VILLAGE, township.code, since=date(2018, 2, 1))
    async with county.working(step=step):
        await county.hears(registered)
        await county.settles()
        await county.hears(NEWCOMER.logs())
        await county.settles()
    await _accepted(county, [registered.id, NEWCOMER.logs().id])


async def _accepted(county: County, ids: Sequence[str]) -> None:
    verdicts = {verdict["submission"]: verdict["verdict"] for verdict in (await county.verdicts()).values()}
    assert [verdicts[id] for id in ids] == ["accepted"] * len(ids)
