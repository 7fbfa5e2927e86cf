"""`lianban letters [list | again | close]`: what could not be decided, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable

from deploy.commands.speaker import Speaking
from deploy.embedded.trouble import Trouble
from services.feedback.operations.letters import line
from shared.pages.chinese import grouped

PATH = "/feedback/api/dead-letters"
NO_REASON = "请说明归档原因：lianban letters close 编号 --reason 原因。 Why is nothing more done?"
NONE = "没有第{}号报送，可能已超过保存期限；请用 lianban letters list 核对编号。 There is no such letter."


def listed(speaking: Speaking, every: bool) -> None:
    """Those that wait, oldest first; with `every` those that were driven again or closed too."""
    county = speaking()
    letters = list(county.lists(PATH if every else f"{PATH}?state=waiting"))
    units = {one["submitter"] for one in letters}
    names = {one["code"]: one["name"] for one in county.lists("/roster/api/organisations") if one["code"] in units}
    for one in (line(letter, names) for letter in letters):
        print(f"第{one.sequence}号  {one.time}  {one.service}  {one.submitter}  {one.state.word}")
        for said in (one.reason, one.why_zh, *one.since):
            if said:
                print(f"    {said}")
    print(f"共{grouped(len(letters))}件。" if letters else "没有待人工处理的报送。")


def again(speaking: Speaking, numbers: Iterable[int]) -> None:
    """Each goes once more to the subject by which it came."""
    county = speaking()
    for number in numbers:
        county.makes(f"{PATH}/{number}/again", {}, NONE.format(number))
        print(f"第{number}号报送已再办，办理结果稍后可查；再次失败的，仍列入待处理。")


def close(speaking: Speaking, numbers: Iterable[int], reason: str) -> None:
    """Nothing more is done with them; the reason is kept with each."""
    if not reason.strip():
        raise Trouble(NO_REASON)
    county = speaking()
    for number in numbers:
        letter = county.makes(f"{PATH}/{number}/close", {"reason": reason}, NONE.format(number))
        if letter["state"] != "closed":
            raise Trouble(f"第{number}号报送已经再办，无须归档。 It was driven again already.")
        print(f"第{number}号报送已归档，不再办理。")
