"""Questions between services: for whom they were sealed, about what, and while they are fresh."""

from __future__ import annotations

import pytest

from shared.asks.sealed import opened_question, sealed_question
from shared.events.roster.people import Post
from shared.identity.acting import Acting
from shared.todo.asking import TodoQuestion
from shared.todo.tasks import Tab
from tests.submitters import moment

AT, SUBJECT = moment("2018-03-05"), "ask.roster.todo"


@pytest.mark.parametrize("posts", [None, frozenset(), frozenset({Post.TOWNSHIP_CLERK, Post.PARTY_LIAISON})])
def test_a_question_over_the_bus_is_for_whom_it_was_sealed(posts: frozenset[Post] | None) -> None:
    acting = Acting("150424100", "P1", posts)
    question = TodoQuestion(acting=acting, now=AT, tab=Tab.ALL, only="verify", most=25, with_tabs=True)
    sealed = sealed_question(question, SUBJECT, "secret")
    assert opened_question(sealed, SUBJECT, "secret", TodoQuestion) == question
    assert opened_question(sealed, SUBJECT, "another secret", TodoQuestion) is None
    changed = b"y" if sealed[5:6] == b"x" else b"x"
    assert opened_question(sealed[:5] + changed + sealed[6:], SUBJECT, "secret", TodoQuestion) is None
    assert opened_question(b"", SUBJECT, "secret", TodoQuestion) is None


def test_a_question_is_none_under_another_subject() -> None:
    sealed = sealed_question(TodoQuestion(acting=Acting("150424"), now=AT), SUBJECT, "secret")
    assert opened_question(sealed, "ask.roster.search", "secret", TodoQuestion) is None


def test_a_question_that_was_kept_on_the_way_is_none_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = sealed_question(TodoQuestion(acting=Acting("150424"), now=AT), SUBJECT, "secret")
    monkeypatch.setattr("shared.asks.sealed.FRESH", -1)
    assert opened_question(sealed, SUBJECT, "secret", TodoQuestion) is None
