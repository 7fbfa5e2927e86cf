"""What a person may change about the embedded run."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Read once, in `__main__`; an empty variable counts as one that is not set."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, populate_by_name=True)

    data: Path = Field(default=ROOT / ".data", validation_alias="LIANBAN_DATA")
    year: bool = Field(default=True, validation_alias="LIANBAN_YEAR")
    nats_url: str | None = Field(default=None, validation_alias="NATS_URL")
    nats_creds: Path | None = Field(default=None, validation_alias="NATS_CREDS")
    nats_ca: Path | None = Field(default=None, validation_alias="NATS_CA")
    mongo_url: str | None = Field(default=None, validation_alias="MONGO_URL")
