"""A record of which no form is known still says what it reported, and nothing that only programs call so."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest

from deploy.contract.published import samples
from shared.dates import day_text
from shared.events import Event, Fact, Submission, read_fact
from shared.pipeline.decisions import Consequence, Original
from shared.web.records.by_facts import by_facts
from tests.asking import COUNTY, OFFICE, moment, roster

SLUG = re.compile(r"[A-Za-z]{2}")
KNOWN = roster()
NAMES = {one.history[-1].name for one in KNOWN}
NAME = KNOWN.standing(OFFICE, moment("2018-03-05").date())


def of_sample(type_name: str, fact_name: str, **changed: Any) -> list[tuple[str, str]]:
    """What the record says of whose facts this is the first."""
    return said(type_name, sampled(fact_name, **changed))


def sampled(fact_name: str, **changed: Any) -> Fact:
    """The fact of its golden sample."""
    sample = samples(fact_name)["plain"]
    event = read_fact(sample["subject"], sample["headers"], json.dumps({**sample["data"], **changed}).encode())
    assert isinstance(event, Event), event
    return event.data


def said(type_name: str, *facts: Fact) -> list[tuple[str, str]]:
    at = datetime.fromisoformat("2018-03-05T10:00:00+08:00")
    consequences = tuple(Consequence(one, COUNTY, at, COUNTY) for one in facts)
    return by_facts(Original("id", f"{COUNTY}/id", type_name, COUNTY, COUNTY, at, True, consequences), KNOWN, at.date())


@pytest.mark.parametrize(
    ("type_name", "fact_name", "lines"),
    [
        ("publish-checklist", "checklist-published", {"名称": "大厅设施检查表"}),
        ("grant-award", "award-granted", {"表彰名称": "县级十佳服务标兵"}),
        ("extend-rectification", "rectification-extended", {"整改期限": ""}),
        (
            "grant-excellence-mark",
            "excellence-mark-granted",
            {"季度": "2018年第三季度", "环境得分": "", "廉洁得分": ""},
        ),
        ("accept-rectification", "rectification-accepted", {}),
    ],
)
def test_what_its_facts_say_is_read_by_the_names_of_its_fields(
    type_name: str, fact_name: str, lines: dict[str, str]
) -> None:
    found = dict(of_sample(type_name, fact_name))
    assert {label: found[label] if text else "" for label, text in lines.items()} == lines


def test_an_organisation_is_registered_under_its_number() -> None:
    found = dict(of_sample("register-organisation", "organisation-registered"))
    assert found["单位编号"] == samples("organisation-registered")["plain"]["data"]["code"]


def test_days_and_organisations_are_read_as_people_say_them() -> None:
    assert NAME is not None
    found = dict(of_sample("dissolve-organisation", "organisation-dissolved", followed_by=[OFFICE]))
    last = datetime.fromisoformat(samples("organisation-dissolved")["plain"]["data"]["last_day"]).date()
    assert (found["最后一天"], found["承接单位"]) == (day_text(last), NAME.name)


def test_of_no_type_and_no_fact_anything_is_said_that_only_programs_call_so() -> None:
    for fact_name in sorted(Fact.registry):
        fact = sampled(fact_name)
        for type_name in Submission.registry:
            lines = said(type_name, fact)
            assert not [
                line for line in lines if not all(line) or (SLUG.search("".join(line)) and line[1] not in NAMES)
            ], (type_name, fact_name)
