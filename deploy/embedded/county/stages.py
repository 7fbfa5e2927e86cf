"""The county's stages: servers, streams and indexes, services, gateway, roster and year."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.embedded.children.child import Child, Command
from deploy.embedded.children.family import Family
from deploy.embedded.children.logs import keep_small, last_line
from deploy.embedded.county import programs, record
from deploy.embedded.county.folder import county_of, live_from, people_keys, secrets, store, token_secret
from deploy.embedded.county.programs import Keys, Notes, Programs
from deploy.embedded.county.record import Addresses, Running, Stage
from deploy.embedded.county.watching import LookedAfter, watching
from deploy.embedded.demonstrated import DEMONSTRATED
from deploy.embedded.ports import HOST, UsualOrNext
from deploy.embedded.servers import gateway
from deploy.embedded.servers.gateway import Front
from deploy.embedded.servers.readiness import answering, listening
from deploy.embedded.servers.running import Server, bus, database, started
from deploy.embedded.settings import Settings
from deploy.embedded.terminal import say
from deploy.embedded.trouble import Trouble
from deploy.identity import making
from deploy.identity.authorities import OfflineKeysNeeded
from shared.identity.access import Access

SLOWEST_SERVICE = 120.0
"""Seconds from its start to its first ready answer."""

YEAR_ATTEMPTS = 5
"""Loading is safe to repeat; a server that was restarted meanwhile is the usual cause."""


class County:
    """One run of everything on one folder of data; `held` is the descriptor that every child keeps open."""

    def __init__(self, settings: Settings, modules: Programs, held: int) -> None:
        self._settings = settings
        self._data = settings.data
        self._county = county_of(settings.data, settings.county)
        self._modules = modules
        self._held = (held,)
        self._keys = _keys(settings)
        self._choose = UsualOrNext(say)
        self._stage: Stage = "starting"
        self._addresses: Addresses | None = None
        self._servers = Family(self._write)
        self._rest = Family(self._write)
        self._aside: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Until it is cancelled; then services and gateway end first, the servers after them."""
        self._aside.append(asyncio.create_task(keep_small(self._data / "logs")))
        try:
            with self._choose:
                async with self._servers, self._rest:
                    await self._rise()
                    await asyncio.Event().wait()
        finally:
            for task in self._aside:
                task.cancel()
            record.remove(self._data)

    def kill_at_once(self) -> None:
        """Everything, without asking first."""
        self._rest.kill_at_once()
        self._servers.kill_at_once()

    async def _rise(self) -> None:
        since = time.monotonic()
        services = {name: self._choose(name) for name in self._modules.services}
        front = self._front() if self._modules.gateway else None
        self._addresses = addresses = await self._serve(services, front)
        self._enter("starting")
        await self._set_up(addresses)
        await self._open(addresses, services, front)
        say(f"Servers and services are ready after {time.monotonic() - since:.1f} s.")
        await self._load_year(addresses)
        self._enter("running")
        say(_welcome(addresses, front))

    def _front(self) -> Front:
        """Its certificate is made before anything starts, so that what hinders it is said at once."""
        settings = self._settings
        tls, why = gateway.certificate(secrets(self._data), settings)
        if why:
            say(f"The gateway keeps the certificate that it has: {why}")
        ports = self._choose("gateway"), self._choose("gateway-tls")
        return Front(*ports, tls, settings.gateway_host, settings.gateway_name)

    async def _serve(self, services: Mapping[str, int], front: Front | None) -> Addresses:
        """Servers of its own, unless the environment names others."""
        nats_url, monitor_url, mongo_url = self._settings.nats_url, None, self._settings.mongo_url
        if nats_url is None:
            nats = await self._own(lambda: bus(self._data, self._choose, self._held, self._keys.secrets))
            nats_url, monitor_url = nats.url, _http(nats.ports[1])
            self._watch(_of_bus(nats, self._data, f"{monitor_url}/healthz"))
        if mongo_url is None:
            asking = self._keys.database
            mongo_url = (await self._own(lambda: database(self._data, self._choose, self._held, asking))).url
        own = {name: _http(port) for name, port in services.items()}
        if front is None:
            return Addresses(nats_url, monitor_url, mongo_url, None, own)
        return Addresses(nats_url, monitor_url, mongo_url, front.url, own, front.public_url)

    async def _own(self, make: Callable[[], Server]) -> Server:
        server = await started(make)
        self._servers.keep(server.child)
        return server

    async def _set_up(self, addresses: Addresses) -> None:
        """Streams, consumers and indexes; repeating it changes nothing."""
        if self._modules.setup is None:
            return
        own = {"COUNTY": self._county, **self._keys.users()}
        setup = programs.tool("setup", self._modules.setup, addresses, self._keys, own)
        if status := await self._rest.run(self._on_terminal(setup)):
            raise Trouble(f"{self._modules.setup} ended with {status}: what it said stands above.")

    async def _open(self, addresses: Addresses, services: Mapping[str, int], front: Front | None) -> None:
        """The services, until each says that it is ready, and the gateway before them."""
        until = self._settings.first_tokens_until
        first_until, data = until.isoformat() if until else "", self._data
        secret = token_secret(data)
        notes = Notes(self._county, live_from(data), secret, first_until, self._keys, people_keys(data), data)
        for name, port in services.items():
            self._keep(programs.service(name, self._modules.services[name], port, addresses, notes))
        if front is not None:
            caddy = self._keep(gateway.command(store(self._data, "gateway"), front, services))
            self._watch(LookedAfter(caddy, (front.tls / "server.pem",), gateway.READS_AGAIN))
            await listening(front.port)
        await asyncio.gather(*(self._ready(name, url) for name, url in addresses.services.items()))

    async def _ready(self, name: str, url: str) -> None:
        try:
            async with asyncio.timeout(SLOWEST_SERVICE):
                await answering(f"{url}/{name}/readyz")
        except TimeoutError as error:
            log = self._data / "logs" / f"{name}.log"
            raise Trouble(f"{name} is not ready after {SLOWEST_SERVICE:g} s: {last_line(log)} - read {log}.") from error

    async def _load_year(self, addresses: Addresses) -> None:
        """Of the county that has one; its failure is said and does not stop the county."""
        has_one = self._settings.year and self._county == DEMONSTRATED
        if self._modules.year is None or not has_one:
            return
        self._enter("loading")
        loading = programs.tool("import", self._modules.year, addresses, self._keys, {})
        for attempt in range(1, YEAR_ATTEMPTS + 1):
            status = await self._rest.run(self._on_terminal(loading))
            if status == 0:
                return
            say(f"Loading the roster and the year ended with {status} (attempt {attempt} of {YEAR_ATTEMPTS}).")
            await asyncio.sleep(2)
        say("The county runs without all of its year; the next `make run` goes on loading it.")

    def _keep(self, command: Command) -> Child:
        child = Child(command, self._data / "logs" / f"{command.name}.log", self._held)
        self._rest.keep(child)
        return child

    def _watch(self, one: LookedAfter) -> None:
        self._aside.append(asyncio.create_task(watching(one)))

    def _on_terminal(self, command: Command) -> Child:
        return Child(command, None, self._held)

    def _enter(self, stage: Stage) -> None:
        self._stage = stage
        self._write()

    def _write(self) -> None:
        if self._addresses is not None:
            pids = self._servers.pids() | self._rest.pids()
            record.write(self._data, Running(os.getpid(), self._stage, self._addresses, pids))


def _keys(settings: Settings) -> Keys:
    """A bus of its own has identities, made before it starts; of another the environment may tell."""
    folder = secrets(settings.data)
    own = folder.resolve() if settings.mongo_url is None else None
    if settings.nats_url is not None:
        return Keys(None, Access(settings.nats_creds, settings.nats_ca), own)
    try:
        making.make(folder)
    except OfflineKeysNeeded as why:
        raise Trouble(str(why)) from why
    return Keys(folder.resolve(), database=own)


def _of_bus(nats: Server, data: Path, health: str) -> LookedAfter:
    own = secrets(data) / "bus"
    return LookedAfter(
        nats.child, (own / "server.pem", own / "server.conf"), signal.SIGHUP, health, store(data, "nats")
    )


def _http(port: int) -> str:
    return f"http://{HOST}:{port}"


def _welcome(addresses: Addresses, front: Front | None) -> str:
    """A page without TLS is for this machine alone; what others are to trust is a file."""
    return (
        f"联办已启动 Lianban runs: {addresses.gateway_url or addresses.nats_url}/\n"
        f"{_over_tls(front) if front else ''}"
        f"  bus {addresses.nats_url}  database {addresses.mongo_url}\n"
        "  Ctrl-C stops it; everything is kept."
    )


def _over_tls(front: Front) -> str:
    authority = front.tls / "ca.pem"
    trust = f"  (browsers trust it once {authority} is imported)" if authority.exists() else ""
    return f"  over TLS {front.public_url}/{trust}\n"
