"""What only some answers need is not loaded when a service starts: each of its processes would hold it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deploy.embedded.settings import ROOT
from shared.services import SERVICES

RARELY = ("PIL", "xlsxwriter", "openpyxl", "typst", "docx", "lxml")
"""What decodes photos, writes and reads workbooks, sets and writes documents."""
NEVER = ("authlib", "httpx", "requests", "google", "rich", "pygments", "playwright", "pytest")
"""What speaks to a provider of identities or a collector of traces that few counties have, and what only a terminal or
a test needs."""
HEAPS = "import sys; from shared.process.starting import lean; lean(); "


def loaded_by(module: str, before: str = "import sys; ") -> set[str]:
    code = f"{before}import {module}; print(*(name for name, one in sys.modules.items() if one))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_starts_without_what_few_answers_need(service: str) -> None:
    """As it is started, with its pages: they are put together by what `app` loads."""
    loaded = loaded_by(f"services.{service}.app", HEAPS)
    assert "pydantic" in loaded
    assert not loaded & {*RARELY, *NEVER}


def test_control_without_that_start_what_draws_tracebacks_on_a_terminal_would_be_loaded() -> None:
    assert "rich" in loaded_by("structlog")


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_started_so(service: str) -> None:
    program = (ROOT / "services" / service / "__main__.py").read_text()
    assert program.endswith(f'start("services.{service}.app")\n')


@pytest.mark.parametrize(
    ("module", "needs", "does_without"),
    [
        ("services.inspection.photos.work", "PIL", "motor"),
        ("shared.tables.work", "openpyxl", "motor"),
        ("services.feedback.papers.work", "typst", "motor"),
    ],
)
def test_what_looks_at_foreign_bytes_loads_what_it_needs_before_it_is_confined(
    module: str, needs: str, does_without: str
) -> None:
    """And no driver of the database: nothing there could use it."""
    loaded = loaded_by(module)
    assert needs in loaded
    assert does_without not in loaded
