"""Which rule decides which submission; a module for each subject."""

from services.roster.appraisals.handlers import APPRAISALS
from services.roster.county.handlers import COUNTYS_OWN
from services.roster.duty.handlers import DUTY
from services.roster.enrolment.handlers import ENROLMENT
from services.roster.learning.handlers import LEARNING
from services.roster.meetings.handlers import MEETINGS
from services.roster.notices.handlers import NOTICES
from services.roster.organisations.handlers import ORGANISATIONS
from services.roster.party.handlers import PARTY
from services.roster.people.handlers import PEOPLE
from services.roster.tokens.handlers import TOKENS
from shared.events.withdrawals import WithdrawFromRoster
from shared.pipeline.corrections import nothing_more
from shared.pipeline.decisions import Handler, Handlers

HANDLERS: Handlers = {
    **ORGANISATIONS,
    **PARTY,
    **PEOPLE,
    **NOTICES,
    **COUNTYS_OWN,
    **DUTY,
    **MEETINGS,
    **LEARNING,
    **APPRAISALS,
    **ENROLMENT,
    **TOKENS,
    WithdrawFromRoster: Handler(nothing_more),
}
