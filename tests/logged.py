"""The log of a service within a test's own process, and what it was before for the tests that come after."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
import structlog

from shared.process.log import Level, log_as_json


@pytest.fixture
def logs_as_json() -> Iterator[Callable[[str, Level], None]]:
    """As `log_as_json`, until the test is over: else whatever runs later would write on what that captures."""
    root, configured = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield log_as_json
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.contextvars.unbind_contextvars("service")
    structlog.configure(**configured)
