"""What a form says where nothing can be chosen, because nobody has entered anything to choose from yet."""

from __future__ import annotations

from typing import NamedTuple

OFFICE = "联合党委办公室"


class Lack(NamedTuple):
    """What is missing and on which page it is entered, with its title; `by` says who may."""

    what: str
    title: str
    url: str
    by: str = OFFICE

    @property
    def hint(self) -> str:
        """Under the choice; the page's title stands behind it, as a link."""
        return f"还没有设置可选的{self.what}，由{self.by}登记以后再选："

    @property
    def refusal(self) -> str:
        """When it is sent all the same: nothing that was entered is lost."""
        return f"还没有设置可选的{self.what}，不能提交，请联系{self.by}登记。填写的内容还在本页。"
