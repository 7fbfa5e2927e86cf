"""The provider as the operator's settings say, read once when a process begins."""

from __future__ import annotations

from pathlib import Path

from services.roster.unified.asked import Registered
from services.roster.unified.flow import PATH
from services.roster.unified.provider import Provider
from shared.process.config import Settings, not_right


def provider_configured(settings: Settings) -> Provider | None:
    """None where there is none; a file that cannot be read ends the process with a sentence."""
    if settings.oidc_issuer is None:
        return None
    secret = _said_in("OIDC_SECRET_FILE", settings.oidc_secret_file)
    _said_in("OIDC_AUTHORITY", settings.oidc_authority)
    registered = Registered(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id or "",
        secret=secret,
        returns_to=f"{(settings.public_url or '').rstrip('/')}{PATH}/return",
        claim=settings.oidc_claim,
        scope=settings.oidc_scope,
        acr=settings.oidc_acr,
        authority=settings.oidc_authority,
    )
    return Provider(registered)


def _said_in(name: str, place: Path | None) -> str:
    try:
        return place.read_text().strip() if place else ""
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "is no text"
        not_right(f"{name}: {place}: {why}")
