"""A fifth service in a copy of the tree: its own folder and events (`OWN`), and a line here and there (`LINES`)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from deploy.embedded.settings import ROOT
from shared.services import Listed

LIBRARY = Listed("library", "农家书屋", "Books lent at stations.", 8105)
SHOWN = '    "library": (ShownPage(55, "library", "农家书屋"),),\n'

OWN = {
    "services/library/__init__.py": '"""The village library: books lent."""\n',
    "services/library/__main__.py": "from services.library.app import main\n\nmain()\n",
    "services/library/app.py": '''
from services.library.handlers import HANDLERS
from services.library.web import pages
from shared.pipeline.loops import loops
from shared.process.clock import no_time
from shared.process.config import Settings, read_settings
from shared.process.service import Service, serve

LOOPS = loops("library", HANDLERS)


def main() -> None:
    """Reads the settings and serves."""
    serve(read_settings(Settings), Service("library", LOOPS, pages, no_time))
''',
    "services/library/model.py": '''
from typing import ClassVar

from shared.database.documents import Document


class Loan(Document):
    """A book that was lent."""

    collection: ClassVar[str] = "loans"

    organisation: str
    book: str
''',
    "services/library/rules.py": '''
from services.library.model import Loan
from shared.events import Event
from shared.events.library import BookLent, LendBook
from shared.pipeline.decisions import Accepted, State, Verdict


def lend(state: State, event: Event[LendBook]) -> Verdict:
    """Whoever asks is lent the book."""
    loan = Loan(id=event.key, organisation=event.organisation, book=event.data.book)
    return Accepted((loan,), (BookLent(book=event.data.book),))
''',
    "services/library/handlers.py": """
from services.library import rules
from shared.events.library import LendBook
from shared.pipeline.decisions import Handler, Handlers

HANDLERS: Handlers = {LendBook: Handler(rules.lend)}
""",
    "services/library/store.py": """
from services.library.model import Loan
from shared.database.indexes import LEDGER_INDEXES

INDEXES = {"ledger": LEDGER_INDEXES, "leases": [], Loan.collection: []}
""",
    "services/library/web.py": '''
from pathlib import Path

from fastapi import FastAPI

from shared.pages.rendering import Pages
from shared.process.running import Running
from shared.web.answering import answer

PAGES = Pages("library", Path(__file__).parent / "pages")


def pages(app: FastAPI, parts: Running) -> None:
    """What every service answers."""
    answer(app, parts, PAGES)
''',
    "shared/events/library.py": '''
from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Slug


class LendBook(Submission, service="library"):
    """A book is asked for."""

    book: Slug


class BookLent(Fact, service="library"):
    """A book was lent."""

    book: Slug
''',
}

SERVICE = """\
  library:
    <<: *service
    environment: {<<: *environment, SERVICE: library, INSTANCE: library-1}
    volumes: ["${LIANBAN_SECRETS:-./secrets}/library:/run/secrets:ro"]

  gateway:
"""
SCRAPED = '      - {targets: ["library:8100"], labels: {service: library, __metrics_path__: /library/metrics}}\n'
LINES = (
    ("shared/services.py", ")\nSERVICES =", f"    {LIBRARY!r},\n)\nSERVICES ="),
    ("shared/shown_pages.py", "ShownPage, ...]] = {\n", f"ShownPage, ...]] = {{\n{SHOWN}"),
    ("shared/events/__init__.py", "    inspection,\n", "    inspection,\n    library,\n"),
    ("shared/events/__init__.py", '    "inspection",\n', '    "inspection",\n    "library",\n'),
    ("deploy/gateway/Caddyfile", "\tredir / ", "\timport service library {$LIBRARY_ADDRESS:library:8105}\n\tredir / "),
    ("deploy/compose.yml", "  gateway:\n", SERVICE),
    ("deploy/compose.yml", "      XDG_DATA_HOME:", "      LIBRARY_ADDRESS: library:8100\n      XDG_DATA_HOME:"),
    ("deploy/compose.yml", "greenchannel, feedback]", "greenchannel, feedback, library]"),
    ("deploy/prometheus/prometheus.yml", "    honor_labels:", f"{SCRAPED}    honor_labels:"),
    ("pyproject.toml", '"services/roster/**"]', '"services/roster/**", "services/library/**"]'),
    ("pyproject.toml", "(feedback) | (station)", "(feedback) | (library) | (station)"),
)
"""File, what stands there, and what then stands there."""


def with_a_fifth(folder: Path) -> Path:
    """The tree with a library in it, its schemas not yet written."""
    for part in ("services", "shared", "deploy"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    for name, text in OWN.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name, before, after in LINES:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, (name, before)
        (folder / name).write_text(text.replace(before, after), encoding="utf-8")
    _samples(folder / "shared" / "events" / "samples")
    return folder


def _samples(folder: Path) -> None:
    """Golden samples of both events, after the green channel's."""
    for kind, like in (("lend-book", "open-case"), ("book-lent", "case-opened")):
        text = (folder / f"{like}.json").read_text(encoding="utf-8")
        sample: dict[str, Any] = json.loads(text.replace(like, kind).replace("greenchannel", "library"))
        written = json.dumps({**sample, "data": {"book": "farming"}}, ensure_ascii=False)
        (folder / f"{kind}.json").write_text(written, encoding="utf-8")
