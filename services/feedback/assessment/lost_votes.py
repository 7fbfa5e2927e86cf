"""Votes on a period's list that were not carried, as its page shows them: a list, and what its course says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.feedback.assessment.model import Assessment, LostVote
from services.feedback.assessment.voting_down import NOT_CARRIED
from services.feedback.assessment.words import vote_text
from services.feedback.documents.model import HandStep
from shared.pages.boards import ON_SCREEN, Board
from shared.pages.cells import Cells, day_cell, number_cell, time_cell
from shared.pages.chinese import NOTHING
from shared.web.boards import Address, lines_at_hand
from shared.web.subjects import record_cell
from shared.web.visit import Visit

HEADS = {
    "会议日期": "tight",
    "稿次": "number",
    "到会": "number",
    "赞成": "number",
    "反对": "number",
    "弃权": "number",
    "登记": "tight",
    "报送记录": ON_SCREEN,
}
MOST = 100


def lost_votes(here: Visit, one: Assessment, at: str) -> Iterator[Board]:
    """The last first; a list that was never voted down has no such board."""
    if one.votes_lost:
        lines = [_line(here, each) for each in reversed(one.votes_lost)]
        shown, paging = lines_at_hand(lines, 1, Address(at), "次", MOST, "lost")
        yield Board("未通过的表决", HEADS, shown, "", paging)


def _line(here: Visit, one: LostVote) -> Cells:
    vote = one.vote
    return (
        day_cell(vote.held_on),
        number_cell(one.edition, "稿"),
        number_cell(vote.present, "人"),
        *(number_cell(n, "票") for n in (vote.in_favour, vote.against, vote.abstained)),
        time_cell(one.entered),
        record_cell(here, one.submission),
    )


def noted(step: HandStep, lost: Sequence[LostVote]) -> str:
    """What was said with a step, or how was voted, of a vote that was withdrawn as well."""
    if step.what != NOT_CARRIED:
        return step.note or NOTHING
    return next((vote_text(one.vote) for one in lost if one.entered == step.at), NOTHING)
