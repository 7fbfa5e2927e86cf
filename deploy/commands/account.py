"""`lianban account <name or id>`: a one-time code with which an administrator, or whoever is first, signs in."""

from __future__ import annotations

from datetime import date

from deploy.commands.speaker import NotDone, Speaking
from deploy.embedded.trouble import Trouble
from shared.pages.chinese import day_text

FIRST = (
    "首位人员由联合党委在网页登记：lianban token issue {} --holder 用途，用单位编号和所得口令登录，在“登记人员”中登记。"
    " The committee registers the first person on the pages."
)


def account(speaking: Speaking, person: str) -> None:
    """Prints the code, once; everything by which that person could sign in before is void."""
    if not person.strip():
        raise Trouble("请说明是谁：lianban account 姓名。 Whose account is it?")
    county = speaking()
    try:
        answered = county.makes("/roster/api/accounts/codes", {"person": person})
    except NotDone as no:
        if "unknown-person" not in no.slugs:
            raise
        raise Trouble(f"{no}{FIRST.format(county.county)}") from no
    if several := answered.get("several"):
        raise Trouble("有多位同名人员，请用人员编号：" + "；".join(f"{one['id']} {one['unit']}" for one in several))
    print(f"{answered['name']}（{answered['unit']}）")
    print(
        f"登录码：{answered['code']}（仅显示一次，{day_text(date.fromisoformat(answered['until']))}前有效，只能使用一次）"
    )
    print(f"登录地址：{(county.hub().url or county.url).rstrip('/')}/roster/sign-in")
