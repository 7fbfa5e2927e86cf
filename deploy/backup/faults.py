"""What may go wrong with bus, database and disk while a county is saved or brought back, as one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import nats.errors
from pymongo.errors import PyMongoError

from deploy.embedded.trouble import Trouble
from deploy.identity.authorities import OfflineKeysNeeded
from shared.bus.connection import BusRefused
from shared.identity.access import NoEntry

FAULTS = (OfflineKeysNeeded, NoEntry, BusRefused, PyMongoError, nats.errors.Error, OSError)


@contextmanager
def said_in(sentence: str) -> Iterator[None]:
    """A fault within the block is `Trouble`: the sentence, with what the fault says at its `{}`."""
    try:
        yield
    except FAULTS as error:
        raise Trouble(sentence.format(error)) from error
