"""How a problem that a document names reads."""

from __future__ import annotations

from services.feedback.reports.model import ListedProblem
from shared.dates import day_text


def how_it_stands(one: ListedProblem) -> str:
    """逾期2个工作日完成; 尚未销号，已逾期2个工作日."""
    if one.done:
        return f"逾期{one.late}个工作日完成"
    return f"尚未销号，已逾期{one.late}个工作日" if one.late else "尚未销号"


def in_a_sentence(one: ListedProblem, organisation: str) -> str:
    """2018年3月12日，向阳村，公示栏未更新，整改期限2018年3月15日，尚未销号。

    Where it was found at the recipient itself, no place is named.
    """
    where = [one.where] if one.where != organisation else []
    due = [f"整改期限{day_text(one.due)}"] if one.due else []
    return "，".join([day_text(one.found), *where, one.what.rstrip("。"), *due, how_it_stands(one)]) + "。"
