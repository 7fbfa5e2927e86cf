"""What a station tries in another's name, and what becomes of it: the bus says no, and nothing is stored.

Every refusal is shown beside the same thing done rightly, so that no test passes because nothing works at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import nats.errors
import pytest
import pytest_asyncio
from nats.aio.msg import Msg

from shared.bus.connection import Bus
from shared.bus.publishing import PublishRefused, publish_all, publish_each
from shared.bus.round_trip import round_trip
from shared.bus.shares import kept_under
from shared.bus.streams import STREAMS
from shared.events import Unreadable, read_submission
from shared.events.outgoing import Outgoing
from shared.events.verdict import is_own_verdict, verdict_headers
from shared.identity.access import Access, NoEntry, enter
from shared.identity.nats_jwt import KeyKind, claims_in, creds, jwt_in, new_seed, public_key, signed
from tests.identity.conftest import Gate
from tests.keys import Guest, everything, guest, of, station
from tests.submitters import Said, Submitter, stations
from tests.submitters import station as own

pytestmark = pytest.mark.asyncio(loop_scope="session")
OTHER = stations[1]
ID = "0f0e8c1a-6f4e-4a58-9d0e-0c6f2f7f9b10"
PATIENCE = 60.0
MINE, THEIRS = f"verdict.{own.code}.{ID}", f"verdict.{OTHER.code}.{ID}"


@pytest_asyncio.fixture(loop_scope="session")
async def here(gate: Gate) -> AsyncIterator[Guest]:
    """The station that tries."""
    async with guest(gate.url, station(gate.secrets, own.code)) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def county(gate: Gate) -> AsyncIterator[Bus]:
    """Sees everything; one verdict lies there for each of the two stations."""
    async with guest(gate.url, everything(gate.secrets)) as one:
        bus = Bus(one.client)
        await bus.publish([Outgoing(subject, b"{}", {}) for subject in (MINE, THEIRS)])
        yield bus


async def stored(county: Bus) -> dict[str, int]:
    """How many messages each stream has ever taken."""
    infos = [await county.api(f"STREAM.INFO.{stream.name}") for stream in STREAMS]
    return {one["config"]["name"]: one["state"]["last_seq"] for one in infos}


async def answered(client: Guest, subject: str, wait: float = 0.15) -> bytes | None:
    """What comes back within a moment; None when nothing does."""
    try:
        return (await client.client.request(subject, b"", timeout=wait)).data
    except (nats.errors.TimeoutError, nats.errors.NoRespondersError):
        return None


async def test_a_station_submits_one_by_one_and_in_batches_and_hears_its_own_verdicts(here: Guest, county: Bus) -> None:
    before = await stored(county)
    heard = await here.client.subscribe(f"verdict.{own.code}.*")
    await publish_each(here.client, [own.logs(n=100).message], 5)
    await publish_all(here.client, [own.logs(n=n).message for n in (101, 102)], 5)
    await county.publish([Outgoing(MINE, b"yes", {})])
    assert (await heard.next_msg(5)).data == b"yes"
    assert await answered(here, f"$JS.API.DIRECT.GET.VERDICTS.{MINE}", PATIENCE) == b"yes"
    assert (await stored(county))["SUBMISSIONS"] == before["SUBMISSIONS"] + 3
    assert await here.complaints() == []


FORBIDDEN = [
    f"submit.inspection.log-inspection.{OTHER.code}",
    "submit.inspection.close-day.150424",
    f"photo.{OTHER.code}.{'0' * 64}.0",
    f"heartbeat.{OTHER.code}",
    f"$JS.API.DIRECT.GET.VERDICTS.{THEIRS}",
    "$JS.API.DIRECT.GET.VERDICTS",
    "$JS.API.INFO",
    "$JS.API.STREAM.INFO.SUBMISSIONS",
    "$JS.API.STREAM.PURGE.SUBMISSIONS",
    "$JS.API.STREAM.DELETE.SUBMISSIONS",
    "$JS.API.STREAM.MSG.GET.VERDICTS",
    "$JS.API.CONSUMER.CREATE.SUBMISSIONS.mine",
    "$JS.API.CONSUMER.MSG.NEXT.SUBMISSIONS.inspection-submissions",
    "$JS.ACK.SUBMISSIONS.inspection-submissions.1.1.1.1.0",
    f"fact.inspection-logged.{own.code}",
    MINE,
    "dead.inspection.unreadable.x",
    "$KV.roster.150424",
    "$SYS.REQ.SERVER.PING",
    "$SYS.REQ.CLAIMS.UPDATE",
]


@pytest.mark.parametrize("subject", FORBIDDEN)
async def test_what_is_not_its_own_is_denied_and_not_stored(here: Guest, county: Bus, subject: str) -> None:
    before = await stored(county)
    await here.client.publish(subject, b"{}", reply=here.client.new_inbox())
    assert [one for one in await here.complaints() if "permissions violation for publish" in one]
    assert await stored(county) == before


@pytest.mark.parametrize(
    "subject",
    [
        f"verdict.{OTHER.code}.*",
        "verdict.*.*",
        ">",
        f"_INBOX_{OTHER.code}.>",
        "_INBOX.>",
        "submit.>",
        "fact.>",
        "$SYS.>",
    ],
)
async def test_nobody_listens_to_what_is_anothers(here: Guest, county: Bus, subject: str) -> None:
    heard = await here.client.subscribe(subject)
    assert any("permissions violation for subscription" in one for one in await here.complaints())
    await county.publish([Outgoing(THEIRS, b"secret", {})])
    with pytest.raises(nats.errors.TimeoutError):
        await heard.next_msg(0.05)


async def test_with_anothers_inbox_no_answer_comes(gate: Gate, county: Bus) -> None:
    async with guest(gate.url, station(gate.secrets, own.code), inbox=f"_INBOX_{OTHER.code}") as disguised:
        assert await answered(disguised, f"$JS.API.DIRECT.GET.VERDICTS.{MINE}") is None
        assert any("permissions violation for subscription" in one for one in await disguised.complaints())


@pytest.mark.parametrize(
    "reply",
    [
        f"submit.inspection.log-inspection.{OTHER.code}",
        f"fact.inspection-logged.{own.code}",
        THEIRS,
        f"photo.{OTHER.code}.{'0' * 64}.0",
    ],
)
async def test_the_acknowledgement_of_a_submission_is_not_stored_as_anything_else(
    here: Guest, county: Bus, reply: str
) -> None:
    """The server answers to the reply subject in the station's own account, where no stream listens."""
    before = await stored(county)
    said = own.logs(n=1000 + len(reply)).message
    await here.client.publish(said.subject, said.body, reply=reply, headers=dict(said.headers))
    await round_trip(here.client)
    async with asyncio.timeout(5):
        while (after := await stored(county))["SUBMISSIONS"] == before["SUBMISSIONS"]:
            await asyncio.sleep(0.01)
    await round_trip(county.client)
    after = await stored(county)
    assert after == {**before, "SUBMISSIONS": before["SUBMISSIONS"] + 1}
    last = await county.last("SUBMISSIONS", kept_under(said.subject))
    assert last is not None
    assert last.body == said.body


async def test_an_answer_to_one_station_that_is_led_to_another_is_told_from_a_verdict(
    gate: Gate, here: Guest, county: Bus
) -> None:
    """The bus does not look at reply subjects, so whoever hears a verdict asks for its id."""
    mine, genuine = (verdict_headers("inspection", code, ID, "accepted", None) for code in (own.code, OTHER.code))
    await county.publish([Outgoing(MINE, b"{}", mine)])
    async with guest(gate.url, station(gate.secrets, OTHER.code)) as other:
        heard = await other.client.subscribe(f"verdict.{OTHER.code}.*")
        await round_trip(other.client)
        await here.client.publish(f"$JS.API.DIRECT.GET.VERDICTS.{MINE}", b"", reply=THEIRS)
        led = await heard.next_msg(5)
        await county.publish([Outgoing(THEIRS, b"{}", genuine)])
        own_verdict = await heard.next_msg(5)
    assert (led.subject, own_verdict.subject) == (THEIRS, THEIRS)
    assert not is_own_verdict(led.subject, led.headers)
    assert not is_own_verdict(led.subject, None)
    assert is_own_verdict(own_verdict.subject, own_verdict.headers)


@pytest.mark.parametrize(
    "forged",
    [
        lambda said: said.heading(source=OTHER.code),
        lambda said: said.heading(id="1"),
        lambda said: said.heading(type="close-day"),
    ],
    ids=["source", "id", "type"],
)
async def test_a_name_in_a_header_counts_for_nothing(here: Guest, county: Bus, forged: Callable[[Said], Said]) -> None:
    """The bus vouches for the subject alone; a header that says otherwise makes the message unreadable."""
    message = forged(own.logs(n=200)).message
    await publish_each(here.client, [message._replace(headers={**message.headers, "Nats-Msg-Id": str(forged)})], 5)
    last = await county.last("SUBMISSIONS", kept_under(message.subject))
    assert last is not None
    assert isinstance(read_submission(last.subject, last.headers, last.body), Unreadable)
    good = own.logs(n=201).message
    assert not isinstance(read_submission(good.subject, good.headers, good.body), Unreadable)


async def test_an_equal_id_of_another_station_is_another_submission(gate: Gate, here: Guest, county: Bus) -> None:
    """A station that guesses another's id cannot take its place: the subject's name is part of the message id."""
    mine, theirs = own.logs(n=300), Submitter(OTHER.code).logs(n=300)
    stolen = mine.message._replace(headers={**mine.message.headers, "ce-id": theirs.id})
    await publish_each(here.client, [stolen], 5)
    async with guest(gate.url, station(gate.secrets, OTHER.code)) as other:
        await publish_each(other.client, [theirs.message], 5)
    last = await county.last("SUBMISSIONS", kept_under(theirs.message.subject))
    assert last is not None
    assert last.headers["ce-id"] == theirs.id


async def test_a_message_larger_than_a_stations_ends_its_connection(gate: Gate, county: Bus) -> None:
    before = await stored(county)
    async with guest(gate.url, station(gate.secrets, own.code), reconnects=0) as large:
        with pytest.raises((nats.errors.Error, PublishRefused, OSError)):
            await publish_each(large.client, [own.logs(n=400).message._replace(body=b"x" * 200_000)], 0.3)
    assert await stored(county) == before


async def test_a_self_made_key_does_not_open_the_gate(gate: Gate) -> None:
    """A JWT that says everything rightly but is signed by a key of the station's own making."""
    rightly = station(gate.secrets, own.code)
    forged = gate.secrets / "forged.creds"
    assert rightly.creds is not None
    seed, signer = new_seed(KeyKind.USER), new_seed(KeyKind.ACCOUNT)
    claims = {**claims_in(jwt_in(rightly.creds.read_text())), "sub": public_key(seed)}
    forged.write_text(creds(signed(claims, signer), seed))
    with pytest.raises(NoEntry, match="does not let them in"):
        await enter(gate.url, Access(forged, rightly.ca), max_reconnect_attempts=1)


async def test_a_heartbeat_reaches_inspection_and_its_answer_the_station(gate: Gate, here: Guest) -> None:
    async with guest(gate.url, of(gate.secrets, "inspection")) as inspection:

        async def answers(message: Msg) -> None:
            await message.respond(b"heard " + message.subject.encode())

        await inspection.client.subscribe("heartbeat.*", queue="inspection", cb=answers)
        await round_trip(inspection.client)
        assert await answered(here, f"heartbeat.{own.code}", PATIENCE) == f"heard heartbeat.{own.code}".encode()
        assert await inspection.complaints() == await here.complaints() == []
