"""The form by which the county says that nothing more is done with a dead letter (归档), and why."""

from __future__ import annotations

from collections.abc import Sequence

from shared.events.vocabulary import MOST_NOTE
from shared.forms import Shown, Wrong
from shared.forms.inputs import Box, Input
from shared.forms.sentences import missing, too_long

NAME = "reason"
LABEL = "“归档原因”"


def wrongs_in(reason: str) -> tuple[Wrong, ...]:
    """Why it cannot be taken: nobody closes without saying why."""
    if not reason:
        return (Wrong(missing(LABEL, is_chosen=False), NAME),)
    return (Wrong(too_long(LABEL, MOST_NOTE, len(reason)), NAME),) if len(reason) > MOST_NOTE else ()


def closing_form(action: str, reason: str = "", wrongs: Sequence[Wrong] = ()) -> Shown:
    """With what was entered, and what is wrong at it."""
    wrong = wrongs[0].sentence if wrongs else ""
    entry = Input(
        "close-reason",
        NAME,
        "归档原因",
        "long",
        reason,
        hint=f"例如：已通知报送单位更正后重新报送。不超过{MOST_NOTE}字。",
        is_needed=True,
        wrong=wrong,
        has_focus=bool(wrong),
    )
    return Shown(
        key="close",
        title="不再办理（归档）",
        button="归档",
        lead="归档后不再列入待处理；原件和原因保存一年，需要时仍可再办。",
        action=action,
        notice="未能归档" if wrongs else "",
        wrongs=tuple((one.sentence, entry.id) for one in wrongs),
        hidden=(),
        boxes=(Box("", (entry,)),),
        has_photos=False,
    )
