"""Another content under a used id is told no wherever it comes in, at once or later, and never another's verdict."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient
from hypothesis import given
from hypothesis import strategies as st

from services.station.folder import Folder
from services.station.line.line import line, to_county
from services.station.line.verdicts import Verdicts
from services.station.outbox.drafts import Draft, draft
from services.station.outbox.rows import State
from shared.bus.verdicts import content_of, verdict_on, verdict_within
from shared.events import Event, read_submission
from shared.events.digests import content_digest
from shared.events.inspection import LogInspection
from shared.events.verdict import verdict_for
from shared.events.vocabulary import PatrolKind
from shared.forms import Ticket, submission_id
from shared.uuid7 import uuid7
from tests.county import County
from tests.processes_here import asking, running
from tests.shared.test_form_sending import OWN, hidden, pages, ticket
from tests.shared.test_submitting import headers, submitting
from tests.station.agents import STATION, Agent, a_service, until
from tests.submitters import A_MONDAY, Said, office, station

OTHER = b'{"client":"vulnerable","mode":"agency","persons":9}'
SUBMIT = "/greenchannel/api/submissions"


@pytest.fixture
async def program(county: County) -> AsyncIterator[AsyncClient]:
    async with submitting(county, "greenchannel") as program:
        yield program


async def post(program: AsyncClient, said: Said) -> tuple[int, str]:
    """The status, and the verdict or the reason for a no."""
    answer = await program.post(SUBMIT, headers=headers(said), content=said.message.body)
    found = answer.json()
    slugs = [reason["slug"] for reason in found.get("reasons", ())]
    return answer.status_code, slugs[0] if slugs else found["verdict"]


async def test_over_http_it_is_a_conflict_within_the_duplicate_window(county: County, program: AsyncClient) -> None:
    said = station.serves(3)
    reused = said._replace(message=said.message._replace(body=OTHER))
    async with county.working():
        assert await post(program, said) == (200, "accepted")
        assert await post(program, reused) == (409, "id-reused")
        assert await post(program, said) == (200, "accepted")
        await county.settles()
    stands = await verdict_on(county.bus, said.submitter, said.id)
    assert stands is not None
    assert (stands["verdict"], stands["digest"]) == ("accepted", content_of(said.message).digest)


@pytest.mark.parametrize("is_http", [True, False])
async def test_whoever_is_told_at_once_that_an_id_was_used_leaves_no_letter_behind(
    county: County, program: AsyncClient, is_http: bool
) -> None:
    """The control is the bus, where nobody need wait for the answer."""
    said = station.serves(3)
    async with county.working():
        await county.hears(said)
        for n in range(3):
            other = OTHER.replace(b"9", str(n + 1).encode())
            if is_http:
                reused = said._replace(message=said.message._replace(body=other))
                assert await post(program, reused) == ((409, "id-reused") if n != 2 else (200, "accepted"))
            else:
                await county.hears(said.saying(other).repeated(20 + n))
        await county.settles()
    assert len(await county.dead()) == (0 if is_http else 2)
    assert await county.differences() == []


async def test_over_http_what_was_unreadable_before_does_not_answer_what_can_be_read(
    county: County, program: AsyncClient
) -> None:
    said = station.serves(3)
    async with county.working():
        await county.hears(said.saying(b"{"))
        await county.settles()
        assert await post(program, said) == (200, "accepted")


async def test_the_same_id_in_another_service_is_another_submission(county: County) -> None:
    served, logged = station.serves(3), station.logs()
    same = logged.heading(id=served.id)._replace(id=served.id).repeated(7)
    async with county.working():
        await county.hears(served)
        await county.settles()
        await county.hears(same)
        found = await verdict_within(county.bus, content_of(same.message), 30)
    assert (found["verdict"], found["type"]) == ("accepted", "log-inspection")


async def decided_by_the_county(agent: Agent, county: County, made: Draft, others: Said, is_heard: bool) -> None:
    """What is saved here comes under an id that the county has given a verdict on before."""
    async with county.working():
        await county.hears(others)
        await county.settles()
        agent.saves(made)
        if is_heard:
            async with agent.sending():
                await agent.all_decided()
            return
        async with line(to_county(agent.parts.hub, agent.folder)) as one:
            await county.bus.publish([made.message])
            await county.settles()
            row = agent.row(made.id)
            agent.outbox.delivered([(row.n, 1)], A_MONDAY)
            await Verdicts(one.client, agent.outbox, agent.parts.pictures).look_up(A_MONDAY.replace(year=2099))


@pytest.fixture
async def agent(county: County, tmp_path: Path) -> AsyncIterator[Agent]:
    agent = Agent.enrolled(Folder(tmp_path), [county.nats_url])
    yield agent
    agent.close()


@pytest.mark.parametrize("is_heard", [True, False])
async def test_an_agent_is_told_no_and_not_that_it_was_accepted(county: County, agent: Agent, is_heard: bool) -> None:
    id = uuid7(A_MONDAY)
    made = draft(a_service(4), STATION, STATION, A_MONDAY, id=id)
    others = station.serves(3).heading(id=id)._replace(id=id).repeated(7)
    await decided_by_the_county(agent, county, made, others, is_heard)
    row = agent.row(id)
    assert (row.state, [one["slug"] for one in row.reasons]) == (State.REFUSED, ["id-reused"])


async def test_an_agent_is_told_what_its_own_service_decides_whatever_another_says_under_the_id(
    county: County, agent: Agent
) -> None:
    id = uuid7(A_MONDAY)
    made = draft(a_service(4), STATION, STATION, A_MONDAY, id=id)
    others = station.logs().heading(id=id)._replace(id=id).repeated(7)
    async with county.working():
        await county.hears(others)
        await county.settles()
        agent.saves(made)
        async with line(to_county(agent.parts.hub, agent.folder)) as one:
            verdicts = Verdicts(one.client, agent.outbox, agent.parts.pictures)
            agent.outbox.delivered([(agent.row(id).n, 1)], A_MONDAY)
            await verdicts.look_up(A_MONDAY.replace(year=2099))
            before = agent.row(id).state
            await county.bus.publish([made.message])
            await county.settles()
            await verdicts.look_up(A_MONDAY.replace(year=2099))
    assert (before, agent.row(id).state) == (State.DELIVERED, State.ACCEPTED)


async def test_an_agent_is_not_told_no_for_what_somebody_else_sent_under_its_id(county: County, agent: Agent) -> None:
    made = draft(a_service(4), STATION, STATION, A_MONDAY)
    async with county.working(), agent.sending():
        agent.saves(made)
        await until(lambda: agent.row(made.id).state is State.ACCEPTED)
        said = Said(made.id, STATION, made.message)
        await county.hears(said.saying(OTHER))
        await county.settles()
    assert agent.row(made.id).state is State.ACCEPTED
    assert await county.differences() == []


async def test_the_same_content_that_cannot_be_read_any_more_is_told_its_verdict_and_no_other(county: County) -> None:
    said = station.serves(3)
    async with county.working():
        await county.hears(said)
        await county.settles()
        heard = await county.client.subscribe(f"verdict.{said.submitter}.{said.id}")
        await county.hears(said.heading(specversion="0.3").repeated(8))
        await county.settles()
        assert json.loads((await heard.next_msg(10)).data)["verdict"] == "accepted"
    assert await county.dead() == []


HEADERS = st.sampled_from([{}, {"actor": "%E5%88%98"}, {"corrects": "0161f3b7-1f00-7ea0-b0ab-582a07e3d956"}])


@given(
    HEADERS,
    st.sampled_from(["", "%E4%BA%BA", "  a "]),
    st.sampled_from(["2018-03-05T09:00:00+08:00", "2018-03-05T01:00:00Z"]),
)
def test_a_message_has_the_digest_of_its_event(more: dict[str, str], reason: str, time: str) -> None:
    said = station.serves(3).heading(time=time, **more, **({"reason": reason} if reason else {}))
    event = read_submission(said.message.subject, said.message.headers, said.message.body)
    assert isinstance(event, Event)
    assert content_digest(said.message.headers, said.message.body) == event.digest


def test_what_it_corrects_and_why_is_part_of_the_content_and_without_them_nothing_changes() -> None:
    """The last digest is as ledgers have it since the first release."""
    plain = station.serves(3)
    others = [plain.heading(corrects=office.serves().id), plain.heading(reason="a"), plain.heading(actor="b")]
    digests = {content_of(one.message).digest for one in (plain, *others)}
    assert len(digests) == 4
    assert content_of(plain.message).digest == AS_EVER


AS_EVER = "326036441e4adcaf56f32f83c005b59a8318951e7ddc6d46ab7c619ac738f04f"


@pytest.mark.parametrize(
    ("digest", "verdict", "reasons", "given", "expected"),
    [
        ("a", "accepted", [], "a", "accepted"),
        ("a", "accepted", [], None, "accepted"),
        ("a", "accepted", [], "b", "id-reused"),
        ("a", "refused", ["unknown-case"], "b", "id-reused"),
        ("a", "refused", ["id-reused"], "b", None),
        ("a", "refused", ["id-reused"], "a", "id-reused"),
        ("a", "unreadable", ["unreadable"], "b", None),
        ("a", "unreadable", ["unreadable"], "a", "unreadable"),
        ("", "refused", ["id-reused"], "b", None),
        ("", "accepted", [], "b", "accepted"),
    ],
)
def test_what_a_verdict_means_for_a_content(
    digest: str, verdict: str, reasons: list[str], given: str | None, expected: str | None
) -> None:
    body = {"verdict": verdict, "reasons": [{"slug": slug} for slug in reasons], "facts": 0, "digest": given}
    found = verdict_for(digest, json.loads(json.dumps(body)))
    slugs = [one["slug"] for one in found["reasons"]] if found else []
    assert (slugs[0] if slugs else found and found["verdict"]) == expected


async def test_a_form_whose_id_is_anothers_comes_again_under_one_of_its_own_and_names_nothing(county: County) -> None:
    entered = ticket("2018-03-05") | {"score": "97.5"}
    data = LogInspection(patrol=PatrolKind.STATION, score=9750)
    id = submission_id(Ticket(entered["ticket"], entered["time"]), data, station.code, A_MONDAY)
    others = station.logs(score=1).heading(id=id)._replace(id=id).repeated(7)
    async with asking(pages(running(county, "inspection"))) as browser, county.working():
        await county.hears(others)
        await county.settles()
        refused = await browser.post(OWN, data=entered)
        again = hidden(refused.text)
        assert (refused.status_code, "重号" in refused.text, again.get("corrects")) == (422, True, None)
        assert (again["ticket"] != entered["ticket"], again["time"]) == (True, entered["time"])
        assert (await browser.post(OWN, data=entered | again)).status_code == 303
    assert await county.dead() == []
