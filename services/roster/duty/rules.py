"""Rules of the duty: turns of a few months that follow one another, and what their holders do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from services.roster.duty.model import Duty, Idea, PlannedTurn, Turn, TurnWork
from shared.events import Event, Fact
from shared.events.roster import (
    DutyRotated,
    IdeaSubmitted,
    PlanTurn,
    RecordTurnWork,
    RotateDuty,
    SubmitIdea,
    TurnBegun,
    TurnPlanned,
    TurnWorkRecorded,
)
from shared.events.vocabulary import Catalogue
from shared.pipeline.catalogues import not_offered
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import Roster, county_of, of_county


def last_day(begins: date, months: int) -> date:
    """The last day of a term of whole months: three from 1 January end on 31 March."""
    years, month = divmod(begins.month - 1 + months, 12)
    return begins.replace(year=begins.year + years, month=month + 1, day=1) - timedelta(days=1)


def plan(state: State, event: Event[PlanTurn]) -> Verdict:
    """A turn begins with a month, its holders are known, and no two turns share a day; one planned late begins now."""
    asked = event.data
    duty = state.get(Duty, county_of(event.organisation)) or Duty(id=county_of(event.organisation))
    ends = last_day(asked.begins, asked.months)
    if asked.begins.day != 1:
        return Refused("turn-not-on-the-first", turn=asked.turn, day=asked.begins)
    before = state.get(Turn, of_county(event.organisation, asked.turn))
    if before and not before.cancelled:
        return Refused("turn-already-planned", turn=asked.turn)
    if stranger := next((code for code in asked.holders if not state.roster.path(code, asked.begins)), None):
        return Refused("unknown-holder", organisation=stranger)
    if other := duty.overlapping(asked.begins, ends):
        return Refused("turn-overlaps", turn=asked.turn, other_turn=other.turn)
    turn = Turn(
        id=of_county(event.organisation, asked.turn),
        version=before.version if before else 0,
        county=duty.id,
        holders=tuple(asked.holders),
        begins=asked.begins,
        ends=ends,
        months=asked.months,
        theme=asked.theme,
    )
    planned = PlannedTurn(turn=asked.turn, holders=tuple(asked.holders), begins=asked.begins, ends=ends)
    fact = TurnPlanned(turn=asked.turn, holders=asked.holders, begins=asked.begins, ends=ends)
    duty, rotated = taken_over(duty.having(planned=(*duty.planned, planned)), event.day, state.roster)
    return Accepted((turn, duty), (fact, *rotated))


def rotate(state: State, event: Event[RotateDuty]) -> Verdict:
    """The turn of the due day takes over, also when its own tick found it not planned yet; never a second time."""
    asked = event.data
    duty = state.get(Duty, county_of(event.organisation))
    if duty is None or duty.on(asked.due) is None:
        return Refused("no-turn-due", day=asked.due)
    after, rotated = taken_over(duty, asked.due, state.roster)
    return Accepted((after,), rotated) if rotated else Accepted()


def taken_over(duty: Duty, day: date, roster: Roster) -> tuple[Duty, tuple[Fact | About, ...]]:
    """The duty as it stands on a day, with the facts when its turn had not begun; an earlier turn never comes back.

    Each holder is told of its own turn beside the county, that what it held is found with it.
    """
    turn = duty.on(day)
    if turn is None or duty.is_begun(turn):
        return duty, ()
    holders = holders_on(roster, turn.holders, day)
    rotated = DutyRotated(
        turn=turn.turn, holders=list(holders), before=duty.holding, begins=turn.begins, ends=turn.ends
    )
    begun = TurnBegun(turn=turn.turn, others=len(holders) - 1, begins=turn.begins, ends=turn.ends)
    return duty.having(holding=turn.turn), (rotated, *(About(holder, begun) for holder in holders))


def record_work(state: State, event: Event[RecordTurnWork]) -> Verdict:
    """Only a holder or who answers for one that has ended, and only within its term."""
    asked = event.data
    turn = state.get(Turn, of_county(event.organisation, asked.turn))
    if (no := not_at_work(turn, asked.turn, event.organisation, event.day, state.roster)) or turn is None:
        return no or Refused("unknown-turn", turn=asked.turn)
    if no := not_offered(state, event, Catalogue.WORK, asked.work):
        return no
    work = {**turn.work, asked.work: turn.work.get(asked.work, 0) + asked.quantity}
    fact = TurnWorkRecorded(turn=asked.turn, work=asked.work, quantity=asked.quantity)
    done = TurnWork(id=event.key, organisation=event.organisation, day=event.day, **asked.model_dump())
    return Accepted((turn.having(work=work), done), (fact,))


def not_at_work(turn: Turn | None, name: str, organisation: str, day: date, roster: Roster) -> Refused | None:
    """Why an organisation has done nothing in a turn on a day."""
    if (no := outside(turn, name, day)) or turn is None:
        return no
    if organisation not in holders_on(roster, turn.holders, day):
        return Refused("not-your-turn", turn=name, organisation=organisation)
    return None


def holders_on(roster: Roster, holders: Iterable[str], day: date) -> tuple[str, ...]:
    """Who holds a turn on a day: in place of one that has ended, who answers for it."""
    return tuple(dict.fromkeys(roster.answering(code, day) for code in holders))


def submit_idea(state: State, event: Event[SubmitIdea]) -> Verdict:
    """Anybody may suggest while the turn lasts."""
    asked = event.data
    turn = state.get(Turn, of_county(event.organisation, asked.turn))
    if (no := outside(turn, asked.turn, event.day)) or turn is None:
        return no or Refused("unknown-turn", turn=asked.turn)
    idea = Idea(id=event.key, organisation=event.organisation, turn=asked.turn, title=asked.title, day=event.day)
    fact = IdeaSubmitted(turn=asked.turn, idea=event.id, title=asked.title)
    return Accepted((idea, turn.having(ideas=turn.ideas + 1)), (fact,))


def outside(turn: Turn | None, asked: str, day: date) -> Refused | None:
    """Why nothing is done in a turn on a day."""
    if turn is None or turn.cancelled:
        return Refused("unknown-turn", turn=asked)
    return None if turn.begins <= day <= turn.ends else Refused("outside-the-turn", turn=asked, day=day)
