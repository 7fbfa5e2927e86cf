"""A county is called what its name says: all of a banner is 全旗, and what people wrote stays as they wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from jinja2 import Environment

from shared.countys_own import OWN, CommitteeName, CountysOwn, in_own_words, kind_of_county
from shared.pages.own_words import ASKED_FOR, OwnWords, kind_here


@contextmanager
def answering(place: str) -> Iterator[None]:
    before = OWN.set(lambda: CountysOwn(place=place))
    try:
        yield
    finally:
        OWN.reset(before)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("安平县", "县"),
        ("北山蒙古族自治县", "县"),
        ("巴林右旗", "旗"),
        ("北山自治旗", "旗"),
        ("红山区", "区"),
        ("北山特区", "区"),
        ("北山市", "市"),
        ("北山林场", "县"),
        ("", "县"),
    ],
)
def test_a_county_s_kind_is_the_last_word_of_its_name(place: str, kind: str) -> None:
    assert kind_of_county(place) == kind


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ("巴林右旗", "全县概况", "全旗概况"),
        ("红山区", "县直单位和窗口", "区直单位和窗口"),
        ("北山市", "荣誉由本县自定，县里的职务；先登记县本级", "荣誉由本市自定，市里的职务；先登记市本级"),
        ("安平县", "全县概况", "全县概况"),
        ("巴林右旗", "县委组织部会同安平县民政局", "县委组织部会同安平县民政局"),
    ],
)
def test_a_text_is_said_in_the_countys_own_words(place: str, text: str, said: str) -> None:
    with answering(place):
        assert in_own_words(text) == said


def test_where_the_name_is_not_known_that_of_its_committee_says_it() -> None:
    assert CountysOwn(CommitteeName(name="巴林右旗政务服务联合党委")).kind == "旗"
    assert CountysOwn().kind == "县"


def test_a_template_asks_when_it_is_shown_and_leaves_alone_what_it_prints_of_others() -> None:
    templates = Environment(autoescape=True, extensions=[OwnWords])
    templates.globals[ASKED_FOR] = kind_here
    source = """{% macro head(said, more="") %}<h1>{{ said }}{{ more }}</h1>{% endmacro %}
{{ head("各月和全县平均", "虚线是全县。") }}<p>全县政务服务，本县自定，{{ theme }}</p>"""
    page = templates.from_string(source)
    for place, kind in (("巴林右旗", "旗"), ("安平县", "县")):
        with answering(place):
            shown = page.render(theme="<全县>一家亲")
        assert f"<h1>各月和全{kind}平均虚线是全{kind}。</h1>" in shown
        assert f"<p>全{kind}政务服务，本{kind}自定，&lt;全县&gt;一家亲</p>" in shown
