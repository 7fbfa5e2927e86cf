"""What a process is told by its environment, read once at its start; a mistake is one sentence and an end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from shared.bus.addresses import no_bus
from shared.calendar import china_day
from shared.database.lease import TERM_MS
from shared.hosts import Hosts
from shared.identity.access import Access
from shared.identity.loading import LoadingPass
from shared.pipeline.allowance import Allowance
from shared.process.lines import ending

CountyCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class Settings(BaseSettings):
    """The settings of one service process; nothing here has a default that could be a secret."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    nats_url: str = Field(description="The bus: nats://host:port; of several servers all, separated by commas")
    nats_creds: Path | None = Field(default=None, description="Who this process is on the bus: a credentials file")
    nats_ca: Path | None = Field(default=None, description="Who signs the bus's certificate; then TLS")
    mongo_url: str = Field(pattern=r"^mongodb(\+srv)?://", description="The database, a replica set")
    http_host: str = "127.0.0.1"
    http_port: int = Field(ge=1, le=65535)
    instance: str = Field(min_length=1, max_length=80, description="This copy's name, its own again after a restart")
    lease_ms: int = Field(default=TERM_MS, ge=5_000, description="For how long a lease is kept without prolonging it")
    county: CountyCode = Field(description="The county that it serves: its division code of six digits")
    token_secret: str | None = Field(
        default=None, min_length=32, description="What stations' HTTP tokens derive from; without it none is taken"
    )
    first_tokens_until: date | None = Field(
        default=None, description="The last day of tokens that were never issued for a time; none unless told"
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    live_from: date | None = Field(default=None, description="The day from which this county's clock ticks by itself")

    oldest_days: int = Field(
        default=400, ge=1, description="Days after which only the office above tells of what happened"
    )
    camera_hosts: str = Field(
        default="", description="Where a camera's link may lead: hosts, .domains and networks, separated by commas"
    )
    fonts: Path | None = Field(default=None, description="A folder with the county's own faces for its documents")
    public_url: str | None = Field(default=None, description="Where this county's pages are reached")
    oidc_client_id: str | None = Field(default=None, description="As whom the provider of unified identities knows us")
    oidc_secret_file: Path | None = Field(default=None, description="Where our secret at that provider lies, if any")
    oidc_claim: str = Field(default="sub", pattern=r"^[A-Za-z0-9_.:/-]{1,80}$", description="What names a person there")
    oidc_scope: str = Field(default="openid", pattern=r"^openid( [A-Za-z0-9_.:/-]+)*$", description="What it is asked")
    oidc_acr: str = Field(default="", max_length=200, description="What it says where a second factor was shown")
    oidc_authority: Path | None = Field(default=None, description="Who signs its certificate, where told")
    oidc_issuer: str | None = Field(
        default=None, pattern=r"^https://[^\s?#]+$", description="The provider of unified identities; none unless told"
    )

    otel_exporter_otlp_endpoint: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        description="A collector of traces (OTLP over HTTP); nothing is recorded unless told",
    )

    @field_validator("nats_url")
    @classmethod
    def _is_one_bus(cls, urls: str) -> str:
        if why := no_bus(urls):
            raise ValueError(why)
        return urls

    @field_validator("live_from")
    @classmethod
    def _is_near(cls, day: date | None) -> date | None:
        """A county whose clock begins in years closes no day until then, and nobody would notice."""
        if day and day > china_day(datetime.now(UTC)) + MOST_AHEAD:
            raise ValueError("is more than a year from now: until then no day and no period would be closed")
        return day

    @field_validator("oidc_issuer")
    @classmethod
    def _is_whole(cls, issuer: str | None, info: ValidationInfo) -> str | None:
        needed = ("oidc_client_id", "public_url")
        if issuer and (missing := [name.upper() for name in needed if not info.data.get(name)]):
            raise ValueError(f"needs {' and '.join(missing)} as well")
        return issuer

    @field_validator("camera_hosts")
    @classmethod
    def _are_hosts(cls, listed: str) -> str:
        Hosts.of(listed)
        return listed

    @property
    def allowed(self) -> Allowance:
        """What the operator allows."""
        own = urlsplit(self.public_url or "").hostname or ""
        loading = LoadingPass(self.token_secret) if self.token_secret else None
        return Allowance(timedelta(days=self.oldest_days), Hosts.of(self.camera_hosts, own), loading)

    @property
    def access(self) -> Access:
        """How this process enters the bus."""
        return Access(self.nats_creds, self.nats_ca)


MOST_AHEAD = timedelta(days=366)
"""Of the day from which a county's clock ticks."""
S = TypeVar("S", bound=Settings)
SECRETS = Path("/run/secrets")
"""Where containers find what no environment should hold: a file named as the setting, `mongo_url`."""
NOT_LET_IN = 78
"""The exit status of a service that its settings keep from starting, or out of bus or database (EX_CONFIG)."""
OTHERS = "OTEL_"
"""How names begin that OpenTelemetry reads itself, of which many are alike."""
ALIKE = 0.8
"""From which likeness on a name in the environment is taken for a setting that was mistyped."""


def read_settings(kind: type[S], secrets: Path = SECRETS) -> S:
    """The settings, or an end with a sentence that names each mistake."""
    if strange := mistyped(os.environ, kind):
        not_right(strange)
    try:
        settings = kind(_secrets_dir=secrets) if secrets.is_dir() else kind()
    except ValidationError as error:
        not_right(mistakes_in(error))
    except SettingsError as error:
        not_right(unread(error, secrets))
    if settings.token_secret is None and (secrets / "mongo_url").exists():
        not_right(f"TOKEN_SECRET: {secrets / 'token_secret'} is not there, and without it nobody can sign in")
    return settings


def unread(error: SettingsError, secrets: Path = SECRETS) -> str:
    """Why secrets are not known, and who should be able to read them."""
    place, why = getattr(error.__cause__, "filename", None), getattr(error.__cause__, "strerror", None)
    return f"{place or secrets} cannot be read by the user that this runs as ({why or error})."


def mistakes_in(error: ValidationError) -> str:
    """Each setting that is not right, by its name in the environment, and why."""
    found = error.errors(include_url=False)
    return "; ".join(f"{'_'.join(str(part) for part in one['loc']).upper()}: {one['msg']}" for one in found)


def would_refuse(environment: Mapping[str, str], kind: type[Settings]) -> str:
    """Why a service that is started here would not start, but for what whoever starts it says."""
    if strange := mistyped(environment, kind):
        return strange
    given: dict[str, Any] = {
        "nats_url": "nats://given",
        "mongo_url": "mongodb://given",
        "token_secret": "0" * 32,
        "county": environment.get("COUNTY") or "0" * 6,
        "public_url": "https://given",
    }
    try:
        kind(http_port=1, instance="given", **given)
    except ValidationError as error:
        return mistakes_in(error)
    return ""


def not_right(mistakes: str) -> NoReturn:
    """Ends a service that was told something that cannot be: with one sentence, and `NOT_LET_IN`."""
    sentence = f"Settings are not right, the service does not start: {mistakes}"
    print(ending(os.environ.get("SERVICE", ""), sentence), file=sys.stderr, flush=True)
    sys.exit(NOT_LET_IN)


def mistyped(environment: Iterable[str], kind: type[Settings]) -> str:
    """What to do about names that are almost a setting's: what is mistyped would otherwise silently not be set."""
    known = {name.upper() for name in kind.model_fields}
    said = {name for name in environment if not name.startswith(OTHERS)}
    almost = ((name, get_close_matches(name, known, 1, ALIKE)) for name in sorted(said - known))
    return "; ".join(f"{name} is no setting, is {close[0]} meant?" for name, close in almost if close)
