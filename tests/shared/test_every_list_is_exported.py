"""Every list of the four services is taken along as a workbook; what is not says here why not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from deploy.embedded.settings import ROOT
from shared.services import SERVICES

SHARED = ("shared/web/records", "shared/web/boards.py")
NO_TABLE = {
    "services/greenchannel/channels.py": "open cases are acted on there; the list of cases has its table",
}
"""Where a list in pages has no table."""
SHORT = {
    "services/inspection/patrols/adopted.py": "plans and checklists in force, a handful, each a page of its own",
    "services/inspection/patrols/checklist_page.py": "the versions and items of one checklist",
    "services/inspection/patrols/plan_page.py": "how one plan was changed",
    "services/inspection/supervision/grants.py": "how one grant was changed; the list of grants has its table",
    "services/feedback/reports/scheme.py": "the versions of one scheme",
    "services/feedback/documents/scheme.py": "the versions of one scheme",
    "services/roster/meetings/guide.py": "the eight lists of the guide; its items have their table",
    "services/roster/meetings/guide_item.py": "how one item's limit was changed",
    "services/roster/meetings/issue.py": "what one meeting resolved",
    "services/roster/organisations/registering.py": "a choice of what to register",
}
"""Where lines stand on one page however many there are, of one thing or never more than a few."""
TEMPLATES = {
    "account.html": "one's own sessions and devices, which are ended there",
    "blocks.html": "a part of documents, which are given in other formats as well",
    "changes.html": "the figures of one report",
    "dead_letters.html": "administrators work on it letter by letter; read from the bus a page at a time",
    "glance.html": "drawings, each with its list",
    "health.html": "the system's condition as of now",
    "lines.html": "a part of the directory, which has its table, and of one unit's page",
    "moved.html": "what is to be counted anew, and the buttons that do it",
    "organisation.html": "one organisation",
    "sheet.html": "one report or its draft, filed as a document",
    "channels.html": "sums of a year, limits, and open cases, whose list has its table",
    "excellence.html": "has its tables: incidents, and windows",
    "excellence_window.html": "one window",
    "import_rows.html": "a part of the pages of a table that somebody brought",
    "incident.html": "one incident",
    "incidents.html": "a part of those two pages",
    "inspection.html": "one inspection",
    "patrol.html": "what is to be patrolled now, to be acted on",
    "patrols.html": "has its table: all that is due on the day",
    "rectification.html": "one rectification",
    "rectifications.html": "has its table; beside it sums by township",
    "stations.html": "has its table; beside it the last ten days in sums",
    "supervision.html": "has its table of who looked; devices are buttons",
    "calendar.html": "the years, each a page of its own",
    "held_posts.html": "a part of the pages of one person and one unit",
    "organisations.html": "has its table; beside it the few that ended",
    "party.html": "has its table",
    "party_one.html": "how one is called",
    "branch.html": "one branch",
    "people.html": "has its table",
    "people_of.html": "one unit's, which the list of persons has by unit",
    "person.html": "one person",
    "turns.html": "what goes on now; turns, issues, items and lessons have lists with tables",
    "records.html": "has its table",
}
"""Pages that write a table by themselves."""


def sources(*parts: str) -> Iterator[tuple[str, ast.Module]]:
    for part in parts:
        found = ROOT / part
        for path in sorted(found.rglob("*.py")) if found.is_dir() else [found]:
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for one in ast.walk(tree):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == name:
            yield one


def says(call: ast.Call, place: int, name: str) -> bool:
    """Whether an argument is given, by its place or by name."""
    return len(call.args) > place or name in {one.arg for one in call.keywords}


def without_table(tree: ast.Module) -> bool:
    """Whether a list in pages reads only one of them."""
    return any(not says(call, 3, "every") for call in calls(tree, "paging"))


def on_one_page(tree: ast.Module) -> bool:
    """Whether a board has all its lines on one page."""
    return any(not says(call, 4, "paging") for call in calls(tree, "Board"))


PLACES = (*(f"services/{one}" for one in SERVICES), *SHARED)


def test_what_has_pages_has_a_table_of_all_of_them() -> None:
    assert {path for path, tree in sources(*PLACES) if without_table(tree)} == {*NO_TABLE}


def test_what_has_no_pages_is_short_and_says_why() -> None:
    assert {path for path, tree in sources(*PLACES) if on_one_page(tree)} == {*SHORT}


def test_a_page_that_writes_a_table_by_itself_says_what_of_it_is_taken_along() -> None:
    folders = [*(ROOT / f"services/{one}/pages" for one in SERVICES), ROOT / "shared" / "pages"]
    parts = {"parts.html", "boards.html", "forms.html"}
    assert {path.name for folder in folders for path in templates(folder)} - parts == {*TEMPLATES}


def templates(folder: Path) -> Iterator[Path]:
    for path in folder.glob("*.html"):
        if re.search(r"<table|parts\.records\(", path.read_text(encoding="utf-8")):
            yield path


def test_a_list_without_a_table_is_found() -> None:
    plain = "paging(stretch, '条', url)\nBoard('清单', HEADS, lines, '')"
    whole = "paging(stretch, '条', url, every)\nBoard('清单', HEADS, lines, '', paging=under)"
    assert [(without_table(one), on_one_page(one)) for one in map(ast.parse, (plain, whole))] == [
        (True, True),
        (False, False),
    ]
