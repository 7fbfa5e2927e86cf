"""The example county: its roster and its year are sent over the bus, its figures compared with the source's."""

from __future__ import annotations

import tempfile
from pathlib import Path

from deploy.backup.saving import Live
from deploy.commands import compose
from deploy.commands.place import NOWHERE, Place, speaker_at
from deploy.commands.speaker import Speaker, Speaking
from deploy.container.live import running_beside
from deploy.container.speaking import speaking_beside
from deploy.embedded.demonstrated import EXAMPLE
from deploy.embedded.live import running_here
from deploy.embedded.settings import read_settings
from deploy.embedded.speaking import speaker
from deploy.embedded.trouble import Trouble
from deploy.linxi.example import figures as compared
from deploy.linxi.example import load
from deploy.systemd.county import running as of_units
from shared.identity.access import Access

FOLDER = "--folder"


def example(place: Place | None, folder: Path | None) -> None:
    """Of the county where it runs; in containers by the one that is given all secrets."""
    if place is Place.CONTAINERS:
        _from_outside()
    elif place is Place.INSIDE:
        _loaded(running_beside(), speaking_beside(), folder or Path(tempfile.gettempdir()))
    elif place is Place.EMBEDDED:
        settings = read_settings()
        _loaded(running_here(settings), speaker(), settings.data)
    elif place is Place.SYSTEMD:
        _loaded(of_units(), speaker_at(place), folder or Path(tempfile.gettempdir()))
    else:
        raise Trouble(NOWHERE)


def example_figures(speaking: Speaking) -> int:
    """Every figure of the county's own account beside what the system answers; 1 where one does not agree."""
    return compared(speaking())


def _loaded(running: Live, county: Speaker, folder: Path) -> None:
    own = Access(running.secrets / "import" / "bus.creds", running.secrets / "ca.pem")
    print(load(county, running.nats_url, own, folder))


def _from_outside() -> None:
    """What is under way is as large as the year: it lies on this machine's disk, and goes when all is sent."""
    if not compose.runs():
        raise Trouble(compose.NOT_RUNNING)
    with tempfile.TemporaryDirectory(prefix="lianban-") as folder:
        if status := compose.operator("found", EXAMPLE, FOLDER, folder, folders={Path(folder): "rw"}):
            raise SystemExit(status)
