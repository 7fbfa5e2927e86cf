"""Which post may do what: every type that a person sends stands in the table, and every post is said there."""

from __future__ import annotations

from itertools import product

import pytest

from shared.events import Submission
from shared.events.roster.people import Post
from shared.events.vocabulary import OrganisationKind
from shared.identity.acting import Acting
from shared.identity.no_right import no_right
from shared.identity.rights import (
    CONSISTS_OF,
    READS_ONLY,
    RIGHTS,
    WORK_OF,
    Job,
    may,
    may_correct,
    may_submit,
    who_may,
    works,
)
from shared.roster.posts import ADMINISTRATORS, POSTS, in_one_hand
from tests.asking import standing
from tests.shared.test_forms_for_all import BY_A_PROGRAM, BY_THE_CLOCK, ON_EVERY_RECORD
from tests.submitters import COUNTY, office

SENT_BY_PERSONS = {*Submission.registry} - {*BY_THE_CLOCK, *BY_A_PROGRAM, *ON_EVERY_RECORD}
OF_NO_SUBMISSION = {Job.AMEND, Job.OPERATE, Job.ACCOUNTS}


def somebody(*posts: Post) -> Acting:
    return Acting(COUNTY, "P1", frozenset(posts))


def test_every_type_that_a_person_may_send_is_some_work_and_no_other_is() -> None:
    assert set(WORK_OF) == SENT_BY_PERSONS, "say in shared/identity/rights.py of which work it is"
    assert sum(len(names.split()) for names in CONSISTS_OF.values()) == len(WORK_OF), "a type is of one work"
    assert set(CONSISTS_OF) | OF_NO_SUBMISSION == set(Job)


def test_every_work_is_somebodys_and_every_post_works_or_only_reads() -> None:
    assert set(RIGHTS) == set(Post) == set(POSTS)
    assert works(Post) == set(Job)
    assert {post for post in Post if not RIGHTS[post]} == READS_ONLY


@pytest.mark.parametrize("name", sorted(WORK_OF))
def test_an_organisation_by_its_token_may_all_and_a_person_what_its_posts_do(name: str) -> None:
    assert may_submit(Acting(COUNTY), name)
    assert may_submit(None, name)
    assert not may_submit(somebody(), name)
    for post in Post:
        assert may_submit(somebody(post), name) is (post in who_may(name))
    assert may_submit(somebody(*Post), name)


def test_what_only_the_clock_or_a_program_sends_no_post_does() -> None:
    for name, post in product([*BY_THE_CLOCK, *BY_A_PROGRAM, "unheard-of"], Post):
        assert not may_submit(somebody(post), name)


def test_whoever_watches_over_others_decides_nothing() -> None:
    assert RIGHTS[Post.DISCIPLINE_OFFICER] == {Job.LOOK}, "a look through a camera decides nothing, and is recorded"
    assert RIGHTS[Post.PERSONNEL_CLERK] == {Job.RECEIVE_PACKAGE}, "it signs for what is addressed to it"
    for post in (Post.MONITOR, Post.AUDITOR):
        assert not any(may_correct(somebody(post), name) for name in WORK_OF)


def test_the_three_administrators_share_no_work_and_are_three_persons() -> None:
    for one, other in product(ADMINISTRATORS, ADMINISTRATORS):
        if one is not other:
            assert not RIGHTS[one] & RIGHTS[other]
            assert not in_one_hand(one, other)
    assert may(somebody(Post.SYSTEM_ADMIN), Job.OPERATE)
    assert not may(somebody(Post.SECURITY_ADMIN, Post.OFFICE_DIRECTOR), Job.OPERATE)


def test_what_others_reported_is_put_right_by_the_office_and_the_township_too() -> None:
    amends = {post for post in Post if may_correct(somebody(post), "record-green-service")}
    assert amends - set(who_may("record-green-service")) == {
        Post.COMMITTEE_SECRETARY,
        Post.COMMITTEE_DEPUTY,
        Post.OFFICE_DIRECTOR,
        Post.OFFICE_CLERK,
    }


def test_whoever_may_not_reads_its_post_and_whose_it_is() -> None:
    clerk = Acting(office.code, "P1", frozenset({Post.WINDOW_CLERK}))
    stands = standing(OrganisationKind.DEPARTMENT, COUNTY, due_in_hall=True, committee_member=True)
    assert no_right(clerk, "accept-rectification", stands)["zh"] == (
        "您的职务（窗口工作人员）不能办理“整改领办”，请由本单位成员党组织书记、成员党组织联络员、窗口首席代表办理。"
    )
    assert no_right(clerk, "plan-turn", stands) == no_right(clerk, "plan-turn", None)
    assert no_right(clerk, "plan-turn", stands)["zh"] == "“轮值安排”不是本单位各职务办理的事项，请报请上级单位办理。"
    assert no_right(Acting(office.code, "P1", frozenset()), "open-case", stands)["slug"] == "no-post"
