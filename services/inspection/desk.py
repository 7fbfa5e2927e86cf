"""The pages of inspection; a module for each subject."""

from __future__ import annotations

from services.inspection.excellence import incident_pages as incidents
from services.inspection.excellence import pages as excellence
from services.inspection.patrols import adopted, checklist_page, plan_page, round_pages, spot_check
from services.inspection.patrols import on_the_spot as patrol
from services.inspection.patrols import pages as patrols
from services.inspection.photos import uploading as photos
from services.inspection.places import PAGES
from services.inspection.rectifications import pages as rectifications
from services.inspection.stations import pages as stations
from services.inspection.supervision import devices, grants
from services.inspection.supervision import pages as supervision

ROUTERS = (
    stations.router,
    patrols.router,
    patrol.router,
    spot_check.router,
    round_pages.router,
    adopted.router,
    plan_page.router,
    checklist_page.router,
    excellence.router,
    incidents.router,
    supervision.router,
    devices.router,
    grants.router,
    rectifications.router,
    photos.router,
)

__all__ = ["PAGES", "ROUTERS"]
