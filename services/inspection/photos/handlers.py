"""Which rule decides what is said of photos, and what it needs to look at."""

from __future__ import annotations

from services.inspection.photos.rules import replacing
from shared.events.inspection import ReplacePhoto
from shared.pipeline.decisions import Handler, Handlers

EVIDENCE: Handlers = {
    ReplacePhoto: Handler(replacing.replace_photo, replacing.needs, replacing.undo_replacement, replacing.to_undo),
}
