"""The static files of the pages, under the service's own path."""

from __future__ import annotations

from fastapi import APIRouter

from shared.identity.reading import PUBLIC
from shared.pages.templates import send_static
from shared.web.reading import reads

router = APIRouter()
router.add_api_route("/static/{digest}/{path:path}", send_static, methods=["GET", "HEAD"], dependencies=[reads(PUBLIC)])
