"""What inspection is told beside what every service is told: where its photos lie."""

from __future__ import annotations

from pydantic import Field

from shared.process.config import Settings


class InspectionSettings(Settings):
    """Photos lie beside everything else of the county unless they are told to lie elsewhere."""

    photos_url: str | None = Field(
        default=None,
        pattern=r"^mongodb(\+srv)?://",
        repr=False,
        description="The database of photos where it is another than MONGO_URL's, with user and password",
    )
    photos_back: bool = Field(
        default=False, description="Photos are brought back beside the ledgers, where release 0.1.0 looks for them"
    )


def is_going_back(settings: Settings) -> bool:
    """Whether photos are to lie beside the ledgers."""
    return isinstance(settings, InspectionSettings) and settings.photos_back
