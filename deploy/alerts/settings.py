"""What the relay is told: its secrets by file, everything else by its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from deploy.alerts.channels import Way, dingtalk, sms, wecom
from deploy.alerts.message import Places
from shared.process.config import SECRETS, mistakes_in, not_right, unread

Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=2_000)]
WAYS = ("wecom", "dingtalk", "sms")


class AlertsSettings(BaseSettings):
    """A way without its address sends nothing."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    http_host: str = "127.0.0.1"
    http_port: int = Field(ge=1, le=65535)
    public_url: str = Field(default="", description="Where the county's pages are, for links")
    runbooks_url: str = Field(default="", description="Where deploy/runbooks is read, for links")
    wecom_url: Address | None = Field(default=None, description="企业微信: the address of the group's robot")
    dingtalk_url: Address | None = Field(default=None, description="钉钉: the address of the group's robot")
    dingtalk_secret: str = Field(default="", description="钉钉: its secret, where it asks for 加签")
    sms_url: Address | None = Field(default=None, description="The SMS gateway's address, with $to and $text in it")
    sms_body: str = Field(default="", description="A form or JSON with $to and $text that is sent; else it only asks")
    sms_to: str = Field(default="", description="Whom, as the gateway wants it")

    @property
    def ways(self) -> Mapping[str, Way]:
        """Those that are set up."""
        found: dict[str, Way] = {}
        if self.wecom_url:
            found["wecom"] = wecom(self.wecom_url)
        if self.dingtalk_url:
            found["dingtalk"] = dingtalk(self.dingtalk_url, self.dingtalk_secret)
        if self.sms_url:
            found["sms"] = sms(self.sms_url, self.sms_to, self.sms_body)
        return found

    @property
    def places(self) -> Places:
        """Where a message leads."""
        return Places(self.public_url, self.runbooks_url)


def read_settings() -> AlertsSettings:
    """Or an end with a sentence; `ALERTS_SECRETS` is the folder of the files named as the settings."""
    secrets = Path(os.environ.get("ALERTS_SECRETS") or SECRETS)
    try:
        return AlertsSettings(_secrets_dir=secrets) if secrets.is_dir() else AlertsSettings()
    except ValidationError as error:
        not_right(mistakes_in(error))
    except SettingsError as error:
        not_right(unread(error, secrets))
