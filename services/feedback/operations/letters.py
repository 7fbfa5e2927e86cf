"""Dead letters as the office reads them: what could not be decided, why, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.events.refusals import REFUSALS
from shared.pages.chinese import NOTHING, SERVICES, grouped, time_text
from shared.pages.words import Choice, ShownState
from shared.pipeline.dead_letters import LetterState
from shared.pipeline.provenance import FORGED
from shared.web.told import Told

PAGE = "/feedback/dead-letters"
REASONS = {
    "service-error": "办理该报送时程序连续出错。请先修复程序，再点击“再办一次”。",
    FORGED: "这件报送经所列单位的渠道取来，却以其他单位的名义报送，未予办理，也不能再办。"
    "请核查该单位所在乡镇的服务器，查清后将本件归档。",
    "unreadable": "报送内容无法读取，再办一次一般仍然无效。请通知报送单位更正后重新报送，再将本件归档。",
}
"""What a sentence for the submitter does not tell the office."""
STATES = {
    LetterState.WAITING: ShownState("待处理", "warn"),
    LetterState.CLOSED: ShownState("已归档", ""),
    LetterState.DRIVEN: ShownState("已再办", "good"),
}
NOWHERE = "不知道它原来报送给谁，不能再办；请通知报送单位重新报送，再将本件归档。"
FAILED_AGAIN = ShownState("已再办，仍未成功", "bad")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One dead letter; `since` says in sentences what became of it."""

    sequence: str
    time: str
    service: str
    reason: str
    slug: str
    why: str
    why_zh: str
    subject: str
    submitter: str
    state: ShownState
    since: tuple[str, ...]
    url: str
    again_url: str
    waits: bool
    may_be_driven: bool


def line(letter: Mapping[str, Any], names: Mapping[str, str]) -> LetterLine:
    """A dead letter in words; the submitter by name when the roster knows it."""
    submitter, url, said = letter["submitter"], f"{PAGE}/{letter['id']}", reason(letter["reason"])
    return LetterLine(
        sequence=letter["id"],
        time=time_text(letter["received"]),
        service=SERVICES.get(letter["service"], letter["service"]),
        reason=said,
        slug=letter["reason"],
        why=letter["why"] or NOTHING,
        why_zh="" if letter["why_zh"] == said else letter["why_zh"],
        subject=letter["subject"] or NOTHING,
        submitter=names.get(submitter, submitter),
        state=FAILED_AGAIN if letter["failed_again_as"] else STATES[LetterState(letter["state"])],
        since=tuple(_since(letter, names)),
        url=url,
        again_url=f"{url}/again",
        waits=letter["state"] == LetterState.WAITING,
        may_be_driven=letter["state"] != LetterState.DRIVEN and letter["may_be_driven"],
    )


def _since(letter: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What was before it, and what became of it, in the order of time."""
    before, closed, after = letter["again"], letter["closed"], letter["failed_again_as"]
    sentences = [f"第{before}号再办后仍未成功，转为本件。"] if before else []
    if closed:
        by = names.get(closed["by"], closed["by"])
        sentences.append(f"{time_text(closed['at'])}由{by}归档，原因：{closed['reason']}")
    if letter["driven"]:
        sentences.append(f"{time_text(letter['driven'])}再办。" + (f"仍未成功，见第{after}号。" if after else ""))
    return sentences


def reason(slug: str) -> str:
    """The sentence of a reason; one whose details are not known here stands without them."""
    if slug in REASONS:
        return REASONS[slug]
    zh = REFUSALS.get(slug, ("未列入目录的原因。", ""))[0]
    return zh if "{" not in zh else zh.split("{")[0].rstrip("(（“") + "……"


def lines(letters: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[LetterLine, ...]:
    """In the order of their numbers: what came first is seen to first."""
    return tuple(line(letter, names) for letter in letters)


def choices(counts: Mapping[str, int], chosen: LetterState) -> tuple[Choice, ...]:
    """One list for each state, with how many are in it."""
    return tuple(
        Choice(f"{STATES[state].word} {grouped(counts[state])}", f"{PAGE}?state={state}", state is chosen)
        for state in LetterState
    )


def after_driving(sequence: int, letter: Mapping[str, Any] | None) -> Told:
    """What is said after the button was pressed: what is so, whoever pressed it and however often."""
    called = f"第{sequence}号报送"
    if letter is None:
        return Told(f"没有{called}", "bad", ("可能已超过保存期限，请在下列清单中核对编号。",))
    if not letter["driven"]:
        return Told(f"{called}尚未再办", "bad", (NOWHERE,))
    at = f"{time_text(letter['driven'])}再办。"
    if letter["failed_again_as"]:
        return Told(f"{called}已再办，仍未成功", "bad", (f"{at}再次失败，见第{letter['failed_again_as']}号。",))
    return Told(f"{called}已再办", "good", (f"{at}办理结果稍后可查；再次失败的，仍列入待处理。",))


def after_closing(sequence: int, letter: Mapping[str, Any] | None) -> Told:
    """What is said after a letter was closed: what is so."""
    called = f"第{sequence}号报送"
    if letter is None or not letter["closed"]:
        return Told(f"{called}没有归档", "bad", ("已经再办的无须归档；请在清单中核对编号。",))
    return Told(f"{called}已归档", "good", (f"不再办理，原因：{letter['closed']['reason']}",))
