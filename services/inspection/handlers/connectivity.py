"""Which rule decides what the watch says of connections, and what it needs to look at."""

from __future__ import annotations

from services.inspection.model import Connection
from services.inspection.rules import connectivity
from shared.decisions import Handler, Handlers, Key
from shared.events.inspection import NoteConnected, NoteDisconnected

CONNECTIVITY: Handlers = {
    NoteConnected: Handler(connectivity.note_connected, lambda event: [Key(Connection, event.organisation)]),
    NoteDisconnected: Handler(connectivity.note_disconnected, lambda event: [Key(Connection, event.organisation)]),
}
