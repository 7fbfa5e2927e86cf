"""HTML pages: one layout, one stylesheet, a strict content security policy, and static files that may be kept for ever.

A template receives finished values; a name it does not know is an error, everything it prints is escaped. Nothing here
needs more than Starlette: a station's agent shows its pages by it too.
"""

from __future__ import annotations

import hashlib
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from shared.countys_own import in_own_words, own
from shared.pages.own_words import ASKED_FOR, OwnWords, kind_here

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
STYLE = FOLDER / "style"
SECURITY = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
"""With every page: nothing inline, nothing from elsewhere, in nobody's frame."""
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


LETTERS: ContextVar[str] = ContextVar("letters", default="")
"""The size that whoever looks has chosen: `large`, or empty for the usual."""


ASKED: ContextVar[str] = ContextVar("asked", default="")
"""The path of the request that is answered."""


class Way(NamedTuple):
    """An entry of the navigation as a page shows it; on a phone those at hand stay in sight."""

    name: str
    url: str
    icon: str
    is_at_hand: bool = False
    is_current: bool = False


class StaticFile(NamedTuple):
    """A file and the digest of its content, which is part of its address."""

    body: bytes
    type: str
    digest: str


@lru_cache(maxsize=1)
def static_files() -> dict[str, StaticFile]:
    """Everything a page may load, by path below the static folder; read once.

    The style is written in several files and asked for as one, `pages.css`.
    """
    found = (path for path in sorted(STATIC.rglob("*")) if path.suffix in TYPES)
    bodies = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in found}
    bodies["pages.css"] = b"".join(path.read_bytes() for path in sorted(STYLE.glob("*.css")))
    return {path: _static(path, body) for path, body in bodies.items()}


def _static(path: str, body: bytes) -> StaticFile:
    return StaticFile(body, TYPES[Path(path).suffix], hashlib.sha256(body).hexdigest()[:12])


class Templates:
    """Templates of a folder in the shared layout; static files below an address of their own."""

    def __init__(self, folder: Path, static: str, home: str) -> None:
        """`static` and `home` are addresses."""
        self._static = static
        self._environment = Environment(
            loader=FileSystemLoader([folder, FOLDER]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[OwnWords],
        )
        self._environment.filters["own_words"] = in_own_words
        self._environment.globals[ASKED_FOR] = kind_here
        self._environment.globals.update(
            static=self.static,
            home=home,
            ways=(),
            own_path="",
            signed_in=None,
            waiting=None,
            help_url="",
        )

    def static(self, path: str) -> str:
        """The address of a static file; it changes when the content does."""
        return f"{self._static}/{static_files()[path].digest}/{path}"

    def render(self, template: str, here: str = "", status: int = 200, **finished: Any) -> HTMLResponse:
        """A page with the security headers; `here` is its key in the navigation.

        What a page shows takes no name of the layout's: two values of one name are an error.
        """
        called = own().called
        of_layout = {"letter_size": LETTERS.get(), "committee": called.name, "brand": called.brand}
        text = self._environment.get_template(template).render(here=here, **of_layout, **finished)
        return HTMLResponse(text, status, {**SECURITY, "Cache-Control": "no-cache"})


async def send_static(digest: str, path: str) -> Response:
    """A file to be kept for ever; under an address of an older content it is sent, but not to be kept."""
    file = static_files().get(path)
    if file is None:
        raise HTTPException(404)
    keep = FOR_EVER if digest == file.digest else "no-cache"
    return Response(
        file.body, media_type=file.type, headers={"Cache-Control": keep, "X-Content-Type-Options": "nosniff"}
    )
