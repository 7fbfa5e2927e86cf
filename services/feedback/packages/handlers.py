"""Which rule decides what is said of annual packages, and what it needs to look at."""

from __future__ import annotations

from services.feedback.packages import receiving, sending
from shared.events.packages import AdoptPackage, ReceivePackage, ReturnPackage, SendAnnualPackage
from shared.pipeline.decisions import Handler, Handlers, at_any_time

PACKAGES: Handlers = {
    SendAnnualPackage: Handler(
        sending.send_annual_package,
        sending.package_needs,
        sending.undo_sending,
        sending.sending_undone_needs,
        at_any_time,
        by_roster=sending.documents_needed,
    ),
    ReceivePackage: Handler(receiving.receive_package, receiving.package_needed),
    ReturnPackage: Handler(receiving.return_package, receiving.package_needed),
    AdoptPackage: Handler(receiving.adopt_package, receiving.package_needed),
}
