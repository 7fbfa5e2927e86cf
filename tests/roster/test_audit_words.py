"""What became of an account stands in the audit in the auditor's words, whatever the program calls it."""

from __future__ import annotations

import re
from pathlib import Path

from deploy.embedded.settings import ROOT
from services.roster.accounts.noted import NOT_CONFIRMED, NOT_IN
from services.roster.accounts.security_pages import MEASURES
from services.roster.audit.lines import ACCOUNTS

SAID = re.compile(r'\b(?:noted|voided)\(.*"([a-z ]+)"|what = "([a-z ]+)" if .* else "([a-z ]+)"')
OTHERWISE = {"account locked", NOT_IN, NOT_CONFIRMED}


def said() -> set[str]:
    found = [one for path in Path(ROOT, "services/roster").rglob("*.py") for one in SAID.findall(path.read_text())]
    return {word for words in found for word in words if word}


def test_each_has_words() -> None:
    everything = said() | OTHERWISE | {f"account {measure}" for measure in MEASURES}
    assert {"signed in", "code given", "password changed", "second factor replaced"} <= everything
    assert [one for one in sorted(everything) if one.replace(" ", "-") not in ACCOUNTS] == []
