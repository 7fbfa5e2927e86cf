"""Which rule decides what the watch says of connections, and what it needs to look at."""

from __future__ import annotations

from services.inspection.stations import rules as connectivity
from services.inspection.stations.model import Connection
from shared.events.inspection import NoteConnected, NoteDisconnected
from shared.pipeline.decisions import Handler, Handlers, Key

CONNECTIVITY: Handlers = {
    NoteConnected: Handler(connectivity.note_connected, lambda event: [Key(Connection, event.organisation)]),
    NoteDisconnected: Handler(connectivity.note_disconnected, lambda event: [Key(Connection, event.organisation)]),
}
