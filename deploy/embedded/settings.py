"""What a person may change about the embedded run."""

from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.embedded.trouble import NotRight, Trouble
from shared.process.config import CountyCode, mistakes_in

HOST = "127.0.0.1"
HOST_PATTERN = r"^[A-Za-z0-9.:-]{1,253}$"
ROOT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Read once, in `__main__`; an empty variable counts as one that is not set."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, populate_by_name=True)

    county: CountyCode | None = Field(default=None, validation_alias="COUNTY")
    """What the first run is told; from then on the folder says it (`county.folder.county_of`)."""
    data: Path = Field(default=ROOT / ".data", validation_alias="LIANBAN_DATA")
    year: bool = Field(default=True, validation_alias="LIANBAN_YEAR")
    nats_url: str | None = Field(default=None, validation_alias="NATS_URL")
    nats_creds: Path | None = Field(default=None, validation_alias="NATS_CREDS")
    nats_ca: Path | None = Field(default=None, validation_alias="NATS_CA")
    mongo_url: str | None = Field(default=None, validation_alias="MONGO_URL")
    first_tokens_until: date | None = Field(default=None, validation_alias="FIRST_TOKENS_UNTIL")
    """The last day of tokens that were never issued for a time."""
    gateway_host: str = Field(default=HOST, validation_alias="GATEWAY_HOST")
    """Where the gateway listens: 0.0.0.0 lets other machines in, over TLS."""
    gateway_name: str = Field(default=HOST, pattern=HOST_PATTERN, validation_alias="GATEWAY_NAME")
    """The name or address by which others reach it; the certificate bears it, HTTP is sent on to it."""
    gateway_tls: Path | None = Field(default=None, validation_alias="GATEWAY_TLS")
    """A folder of the operator's own: server.pem with its chain, server.key and, of an authority that not everybody
    knows, ca.pem."""


def read_settings() -> Settings:
    """As the environment says; `Trouble` names each mistake."""
    try:
        return Settings()
    except ValidationError as error:
        raise not_right(mistakes_in(error)) from error


def not_right(mistakes: str) -> Trouble:
    """What a person is told who has set something that cannot be."""
    return NotRight(f"Settings are not right, nothing is started: {mistakes}")
