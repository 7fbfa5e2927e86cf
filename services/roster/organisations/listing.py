"""The list of those that stand: narrowed by kind, by who is above them, and by name or code."""

from __future__ import annotations

from collections.abc import Sequence

from services.roster.organisations.lines import OrganisationLine
from shared.events.vocabulary import OrganisationKind
from shared.pages.boards import Board, Cell, Narrowing, narrowing
from shared.pages.words import kind_word
from shared.web.boards import Address, lines_at_hand

HEADS = {"单位": "", "单位编号": "tight", "类别": "", "上级": ""}


def standing_board(standing: Sequence[OrganisationLine], address: Address, page: int) -> Board:
    """A page of it."""
    asked = address.by
    kind, above, words = asked.get("category") or "", asked.get("above") or "", asked.get("words") or ""
    found = [
        one
        for one in standing
        if (not kind or one.kind == kind_word(OrganisationKind(kind)))
        and (not above or above in (one.above_code, one.code))
        and (words in one.name or words in one.code)
    ]
    every = [(Cell(one.name, one.url), Cell(one.code), Cell(one.kind), Cell(one.above)) for one in found]
    lines, under = lines_at_hand(every, page, address, "个单位")
    words_of = {one.value: kind_word(one) for one in OrganisationKind}
    kinds = {key: name for key, name in words_of.items() if any(one.kind == name for one in standing)}
    townships = {one.above_code: one.above for one in sorted(standing, key=lambda one: one.above_code)}
    narrowings = (
        narrowing("category", "类别", kind, kinds),
        narrowing("above", "上级", above, {code: name for code, name in townships.items() if code}),
        Narrowing("words", "查找", words),
    )
    empty = "还没有登记单位。由联合党委登录后登记。"
    return Board("在册单位", HEADS, lines, empty, under, narrowings)
