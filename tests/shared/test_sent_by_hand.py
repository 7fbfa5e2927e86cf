"""What sends submissions beside the one way of forms has to ask rights and tell the audit by itself: each is named."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
BY_ITSELF = {
    "services/inspection/patrols/round_pages.py": "several at once: declares does(LogInspection), tells the audit each",
    "services/roster/people/importing/entering.py": "several at once: a row is looked through by rights, told each",
    "services/inspection/stations/watch.py": "the county's own watch; nobody asks for it",
    "services/roster/enrolment/api.py": "a station's program, by its one-time code",
    "services/roster/tokens/api.py": "a program that renews its own token",
}
"""Why each may, and how it does what `shared/web/forms.py` does for all others."""


def sends(path: Path) -> bool:
    """Whether it makes messages of submissions."""
    names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
    return "submission_message" in names


def test_whatever_sends_submissions_by_itself_is_named_with_its_reason() -> None:
    files = (path for path in (ROOT / "services").rglob("*.py") if "station" not in path.relative_to(ROOT).parts[1])
    assert {str(path.relative_to(ROOT)) for path in files if sends(path)} == {*BY_ITSELF}
