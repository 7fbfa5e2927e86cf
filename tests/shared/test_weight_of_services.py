"""What only some answers need is not loaded when a service starts: each of its processes would hold it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deploy.embedded.settings import ROOT
from shared.services import SERVICES

RARELY = ("PIL", "xlsxwriter", "openpyxl")
"""What decodes photos, writes and reads workbooks."""


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_starts_without_what_few_answers_need(service: str) -> None:
    loaded = loaded_by(f"services.{service}.app")
    assert "pydantic" in loaded
    assert not loaded & set(RARELY)


@pytest.mark.parametrize(
    ("module", "needs", "does_without"),
    [("services.inspection.photos.work", "PIL", "motor"), ("shared.tables.work", "openpyxl", "motor")],
)
def test_what_looks_at_foreign_bytes_loads_what_it_needs_before_it_is_confined(
    module: str, needs: str, does_without: str
) -> None:
    """And no driver of the database: nothing there could use it."""
    loaded = loaded_by(module)
    assert needs in loaded
    assert does_without not in loaded
