"""What inspection is told beside what every service is told: where its photos lie, and for how long."""

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
    photos_kept_years: int = Field(
        default=0, ge=0, le=100, description="Years for which pictures are kept, the one in which they came not counted"
    )
    photos_back: bool = Field(
        default=False, description="Photos are brought back beside the ledgers, where release 0.1.0 looks for them"
    )


def is_going_back(settings: Settings) -> bool:
    """Whether photos are to lie beside the ledgers."""
    return isinstance(settings, InspectionSettings) and settings.photos_back


def years_kept(settings: Settings) -> int:
    """0 for ever."""
    return settings.photos_kept_years if isinstance(settings, InspectionSettings) else 0
