"""The photos of a record: how far each is, why the county does not have one, and where another is sent in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.rows import Saved, State
from services.station.page.forms import REPLACED
from services.station.page.putting_right import Link, named, replaced_by
from shared.events.inspection import LogInspection, SubmitRectification

WORDS = {
    State.PENDING: ("待发送", "warn"),
    State.DELIVERED: ("已送达", ""),
    State.ACCEPTED: ("县里已收", "good"),
    State.REFUSED: ("未被接收", "bad"),
}
EVIDENCE = (LogInspection.type, SubmitRectification.type)
"""Records of which the county lets a photo be replaced."""
MOST = 20
"""Records that are looked at for one photo."""


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """One photo; `replace_at` is where another may be sent in its place, `url` the record by which that was done."""

    sha256: str
    name: str
    word: str
    level: str
    why: str = ""
    replace_at: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RefusedPhoto:
    """A photo that the county does not have, and the record in which it can be replaced."""

    name: str
    url: str
    why: str


def photos_of(row: Saved) -> tuple[str, ...]:
    """What it names as its photos: several, or the one that it sends in the place of another."""
    body = json.loads(row.body)
    return (*body.get("photos", ()), *([body["photo"]] if "photo" in body else []))


def photo_lines(row: Saved, outbox: Outbox, pictures: Pictures) -> list[PhotoLine]:
    """Each of its photos, and behind it what was sent in its place."""
    return list(_lines(row, outbox, pictures))


def _lines(row: Saved, outbox: Outbox, pictures: Pictures) -> Iterator[PhotoLine]:
    digests, reasons = photos_of(row), dict(pictures.refused())
    states = pictures.states(digests)
    for n, sha256 in enumerate(digests, 1):
        state, later = states.get(sha256, State.ACCEPTED), replacements(row, sha256, outbox)
        is_open = state is State.REFUSED and _waits(row, later, outbox, pictures)
        at = f"/form/{REPLACED.key}?{urlencode({'record': row.id, 'missing': sha256})}" if is_open else ""
        yield PhotoLine(sha256, f"照片{n}", *WORDS[state], reasons.get(sha256, ""), at)
        for one in later[::-1]:
            (added,) = photos_of(one)
            how = pictures.states([added]).get(added, State.ACCEPTED)
            yield PhotoLine(added, f"照片{n}（补传）", *WORDS[how], reasons.get(added, ""), url=f"/sent/{one.id}")


def _waits(row: Saved, later: list[Saved], outbox: Outbox, pictures: Pictures) -> bool:
    """For another photo in the place of one that was refused: a record that stands, and nothing sent since does."""
    may = row.type in EVIDENCE and row.state is State.ACCEPTED
    return may and standing(later, pictures) is None and replaced_by(outbox, row.id) is None


def naming(outbox: Outbox, sha256: str) -> list[Saved]:
    """The records in which a photo is named, as their own or as the one that is replaced; the newest first."""
    return outbox.newest("instr(body, ?) > 0", (sha256,), MOST)


def replacements(row: Saved, sha256: str, outbox: Outbox) -> list[Saved]:
    """The records by which a photo of this one was replaced, and that stand; the newest first."""
    return _replacing(row, sha256, naming(outbox, sha256), outbox) if row.type in EVIDENCE else []


def _replacing(row: Saved, sha256: str, named_in: list[Saved], outbox: Outbox) -> list[Saved]:
    mine = [one for one in named_in if one.type == REPLACED.submission.type and _replaces(one, row, sha256)]
    return [one for one in mine if one.state is not State.REFUSED and replaced_by(outbox, one.id) is None]


def _replaces(one: Saved, row: Saved, sha256: str) -> bool:
    body = json.loads(one.body)
    return bool(body["missing"] == sha256 and body["of"] == evidence_id(row))


def standing(later: list[Saved], pictures: Pictures) -> str | None:
    """The newest photo in the place of another that was not refused itself."""
    digests = [sha256 for one in later for sha256 in photos_of(one)]
    states = pictures.states(digests) if digests else {}
    return next((one for one in digests if states.get(one) is not State.REFUSED), None)


def evidence_id(row: Saved) -> str:
    """What the county calls what the photos belong to."""
    return str(json.loads(row.body).get("rectification") or row.id)


def replacing(outbox: Outbox, asked: Mapping[str, str]) -> dict[str, str] | None:
    """What the form carries for the photo in its address; None when there is no such photo here."""
    row, missing = outbox.one(asked.get("record", "")), asked.get("missing", "")
    if row is None or row.type not in EVIDENCE or missing not in photos_of(row):
        return None
    about = row.headers["ce-subject"]
    return {"about": about, "of": evidence_id(row), "sender": row.headers["ce-source"], "missing": missing}


def before_replacing(values: Mapping[str, str], outbox: Outbox, pictures: Pictures) -> str:
    """Above the form: which photo of which record it is, and why the county does not have it."""
    missing = values.get("missing", "")
    if (row := _evidence(values, outbox)) is None:
        return ""
    why = dict(pictures.refused()).get(missing, "")
    return f"补传{_missing_one(row, missing)}。{f'原照片未被接收的原因：{why}' if why else ''}"


def replaces(row: Saved, outbox: Outbox) -> list[Link]:
    """Which photo of which record it is sent in the place of; nothing of other records."""
    if row.type != REPLACED.submission.type:
        return []
    body = json.loads(row.body)
    found = _evidence(body, outbox)
    return [Link("补传的是", _missing_one(found, body["missing"]), f"/sent/{found.id}")] if found else []


def _evidence(values: Mapping[str, str], outbox: Outbox) -> Saved | None:
    named_in = naming(outbox, values.get("missing", ""))
    return next((row for row in named_in if row.type in EVIDENCE and evidence_id(row) == values.get("of")), None)


def _missing_one(row: Saved, missing: str) -> str:
    return f"{named(row)}的照片{photos_of(row).index(missing) + 1}"


def carried(row: Saved, outbox: Outbox, pictures: Pictures) -> tuple[str, ...]:
    """The photos that go along when it is corrected: of what was refused, what was sent in its place."""
    refused = {sha256 for sha256, _ in pictures.refused()}
    found = [standing(replacements(row, one, outbox), pictures) if one in refused else one for one in photos_of(row)]
    return tuple(one for one in found if one)


def refused_photos(outbox: Outbox, pictures: Pictures) -> list[RefusedPhoto]:
    """Those that can be replaced, the newest first: what belongs to no record, or was replaced, waits for nobody."""
    found = list[RefusedPhoto]()
    for sha256, why in pictures.refused():
        named_in = naming(outbox, sha256)
        for row in (row for row in named_in if row.type in EVIDENCE and sha256 in photos_of(row)):
            if _waits(row, _replacing(row, sha256, named_in, outbox), outbox, pictures):
                name = f"{named(row)}：照片{photos_of(row).index(sha256) + 1}"
                found.append(RefusedPhoto(name, f"/sent/{row.id}", why))
    return found
