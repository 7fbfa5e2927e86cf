"""The running system as an operator's command reaches it, wherever the county runs: for its year and its figures."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Iterator

from deploy.commands.speaker import Speaker
from deploy.embedded.trouble import Trouble
from deploy.linxi.asking import WITHOUT_KEYS, Answer
from shared.identity.sealing import PublicSealKey


class Spoken:
    """Answers as `asking.System` does."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    def one(self, path: str) -> Answer:
        """One answer; `Trouble` with what was said instead."""
        return self._speaker.asks(path)

    def items(self, path: str) -> Iterator[Answer]:
        """A list's items, page after page."""
        return self._speaker.lists(path)

    def seal_key(self) -> PublicSealKey | None:
        """The key to which particulars of persons are sealed; None of a county that has none."""
        try:
            said = self.one("/roster/api/people/seal-key")
        except Trouble as no:
            if WITHOUT_KEYS in str(no):
                return None
            raise
        return PublicSealKey(said["id"], urlsafe_b64decode(said["key"] + "="))
