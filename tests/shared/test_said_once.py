"""Who acted is called by unit and post, and what one ends and the other begins with is said once."""

from __future__ import annotations

import pytest

from shared.web.persons import said_once


@pytest.mark.parametrize(
    ("unit", "post", "said"),
    [
        ("某县政务服务联合党委", "联合党委书记", "某县政务服务联合党委书记"),
        ("中共某县委组织部", "组织部经办", "中共某县委组织部经办"),
        ("某县民政局", "窗口首席代表", "某县民政局窗口首席代表"),
        ("冬村", "村代办员", "冬村村代办员"),
    ],
)
def test_a_word_is_not_said_twice(unit: str, post: str, said: str) -> None:
    assert said_once(unit, post) == said
