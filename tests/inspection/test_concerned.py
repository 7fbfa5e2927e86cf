"""From the record of what was accepted one comes to the page of what it is about."""

from __future__ import annotations

import json

import pytest

from deploy.contract.published import samples
from services.inspection.concerned import subject_of
from shared.events import Event, read_fact
from shared.pipeline.decisions import Consequence, Original
from tests.asking import STATION, moment

AT = moment("2018-03-05")
KEY = f"{STATION}/0160b569-8eba-7e67-be1a-206fc80ad701"


def original(type_name: str, fact_name: str, **changed: str) -> Original:
    """Accepted, with this fact."""
    sample = samples(fact_name)["plain"]
    event = read_fact(sample["subject"], sample["headers"], json.dumps({**sample["data"], **changed}).encode())
    assert isinstance(event, Event), event
    return Original("id", KEY, type_name, STATION, STATION, AT, True, (Consequence(event.data, STATION, AT, STATION),))


@pytest.mark.parametrize(
    ("type_name", "fact_name", "changed", "label", "url"),
    [
        ("log-inspection", "inspection-logged", {}, "巡查记录", f"/inspection/inspections/{KEY}"),
        ("accept-rectification", "rectification-accepted", {}, "整改事项", f"/inspection/rectifications/{STATION}/"),
        ("verify-rectification", "rectification-verified", {}, "整改事项", f"/inspection/rectifications/{STATION}/"),
        ("publish-checklist", "checklist-published", {}, "检查表", "/inspection/checklists/"),
        ("replace-photo", "photo-replaced", {"of": KEY.split("/")[1]}, "巡查记录", "/inspection/inspections/"),
        ("replace-photo", "photo-replaced", {"of": f"{KEY.split('/')[1]}/0"}, "整改事项", "/0"),
    ],
)
def test_a_record_leads_to_what_it_is_about(
    type_name: str, fact_name: str, changed: dict[str, str], label: str, url: str
) -> None:
    subject = subject_of(original(type_name, fact_name, **changed))
    assert subject is not None
    assert (subject.label, url in subject.url) == (label, True)


def test_what_has_no_page_of_its_own_leads_nowhere() -> None:
    assert subject_of(original("grant-viewing", "viewing-granted")) is None
