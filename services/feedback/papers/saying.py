"""What a document says of a period: sentences whose numbers lead to their facts, and what is to be put right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from services.feedback.measures.catalogue import Measures
from services.feedback.measures.words import Names, text
from services.feedback.papers.sheet import Item, Paragraph, Run
from services.feedback.reports.listed import in_a_sentence
from services.feedback.reports.model import Report
from services.feedback.reports.sentences import numbers, sentences
from shared.dates import day_text

NUMBER = re.compile(r"\{([a-z-]+)\}")
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "管理": (
        "self-check-rate",
        "patrol-rate",
        "score",
        "findings",
        "rectified-on-time",
        "rectifications-open",
        "receipts-on-time",
        "replies-on-time",
    ),
    "办件和服务": ("cases-on-time", "incidents-upheld"),
    "党建和轮值": ("turns-held", "joint-turns-held", "lesson-attendance"),
}
"""Under which heading of a quarter's or a year's document a sentence stands, by the measure that it is about."""


OF_DUE = {
    "due": "rectified-on-time",
    **{f"{steps}-{part}": f"{steps}-on-time" for steps in ("receipts", "replies") for part in ("due", "late")},
}
"""Numbers that are a part of a measure, by the measure whose facts they count."""
WORDS = ("now", "last", "rank", "receipts-days", "replies-days")
"""What fills a sentence and is no number of facts."""


def said(report: Report, link: Callable[[str], str], among: tuple[str, ...] = ()) -> tuple[Run, ...]:
    """All sentences, or those about some measures; each number leads to where its facts are listed."""
    filled = numbers(report)
    found = [sentence for name, sentence in sentences(report) if not among or name in among]
    return paragraph(*(run for sentence in found for run in _runs(sentence, filled, link))).runs


def _runs(sentence: str, filled: Mapping[str, str], link: Callable[[str], str]) -> Iterator[Run]:
    for n, part in enumerate(NUMBER.split(sentence)):
        if n % 2:
            yield Run(text=filled[part], link="" if part in WORDS else link(OF_DUE.get(part, part)))
        elif part:
            yield Run(text=part)


def paragraph(*runs: Run) -> Paragraph:
    """Runs of the same kind one after the other are one."""
    joined: list[Run] = []
    for run in runs:
        if joined and not run.link and not joined[-1].link:
            joined[-1] = Run(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return Paragraph(runs=tuple(joined))


PROBLEMS: tuple[tuple[str, str], ...] = (
    ("self-checks-missed", "漏自查{self-checks-missed}次（{self-checks-missed-at}）。"),
    ("patrols-missed", "应当开展的巡查漏巡{patrols-missed}次（{patrols-missed-at}）。"),
    ("rectifications-overdue", "整改曾逾期{rectifications-overdue}项次，超期完成整改{rectified-late}项。"),
    (
        "rectifications-open",
        "截至{last}尚未销号{rectifications-open}项，其中逾期{rectifications-open-overdue}项。",
    ),
    ("repeat-findings", "90日内重复发现问题{repeat-findings}项。"),
    ("incidents-upheld", "查实事故、差评和投诉{incidents-upheld}起。"),
    ("incidents-unanswered", "逾期未答复的事故、差评和投诉{incidents-unanswered}起。"),
)


LISTED = ("rectifications-overdue", "rectifications-open")
"""What a list of problems says one by one."""


def problems(measures: Measures, last: date, called: Names, without: tuple[str, ...] = ()) -> tuple[Item, ...]:
    """What went wrong in a period as far as its figures tell, up to its last day."""
    filled = {name: text(name, value, called) for name, value in measures.items()} | {"last": day_text(last)}
    return tuple(
        Item(text=NUMBER.sub(lambda found: filled[found[1]], sentence))
        for name, sentence in PROBLEMS
        if name not in without and measures.get(name) and {*NUMBER.findall(sentence)} <= filled.keys()
    )


def listed(report: Report) -> Iterator[Item]:
    """Each finding that is not put right, or was too late; each leads to itself."""
    for one in report.problems or ():
        yield Item(text=in_a_sentence(one, report.name), link=f"/inspection/rectifications/{one.problem}")
    if report.problems_left:
        yield Item(text=f"另有{report.problems_left}项，见系统中的整改台账。")
