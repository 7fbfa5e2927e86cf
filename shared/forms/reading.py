"""From what was entered to the submission that it becomes, or to all that is wrong with it; and back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from shared.calendar import CHINA
from shared.events import Submission
from shared.events.envelope import MAX_GROUND
from shared.events.refusals import reason
from shared.events.vocabulary import AHEAD, FIRST_YEAR
from shared.forms.bounds import ANY, bounds_of
from shared.forms.declared import Context, Form, Kind, Marks, Photos, Ticks, kind_of, most_photos
from shared.forms.entered import GROUNDS, WHEN, Entered, Values
from shared.forms.entries import CHOSEN, EntryOutcome, Taken, taken, taken_of_many, text_of
from shared.forms.layout import FormEntry, Path, name_of, overfull, sections, unfilled
from shared.forms.sentences import (
    NOT_IN_A_FIELD,
    Wrong,
    missing,
    no_time,
    not_as_it_should_be,
    not_yet,
    too_early,
    too_long,
    too_many_photos,
    too_many_rows,
)
from shared.forms.ticked import TicksEntry, ticked
from shared.forms.tickets import happened_at


@dataclass(frozen=True, slots=True)
class UnfitForm:
    """It cannot be taken as it is: every reason, in the order of the fields; never none."""

    wrongs: tuple[Wrong, ...]


class ReadForm(NamedTuple):
    """A submission as it was entered, and when it happened."""

    data: Submission
    happened: datetime


Placed = Mapping[Path, FormEntry | TicksEntry]
"""Entries by where their values are in the data: rows that were left empty are not counted there."""


def read_all(
    form: Form,
    entered: Entered,
    context: Context = None,
    given: Mapping[str, Any] | None = None,
    no_photos: Sequence[str] = (),
    now: datetime | None = None,
) -> ReadForm | UnfitForm:
    """Of the whole form; `no_photos` says why pictures that were chosen are not among those that it has.

    `now` is what time it is as far as is known; by this machine unless told.
    """
    happened = _happened(form, entered, now or datetime.now(CHINA))
    data = read(form, entered.values, context, given, entered.photos)
    wrongs: tuple[Wrong, ...] = (happened,) if isinstance(happened, Wrong) else ()
    wrongs += data.wrongs if isinstance(data, UnfitForm) else ()
    if entered.grounds is not None and not entered.why:
        wrongs += (Wrong(missing("“更正理由”", is_chosen=False), GROUNDS),)
    if len(entered.why) > MAX_GROUND:
        wrongs += (Wrong(too_long("“更正理由”", MAX_GROUND, len(entered.why)), GROUNDS),)
    if form.photos is not None and no_photos:
        others = tuple(one for one in wrongs if one.name != form.photos.path)
        wrongs = (*others, *(Wrong(sentence, form.photos.path) for sentence in no_photos))
    if wrongs or isinstance(data, UnfitForm) or isinstance(happened, Wrong):
        return UnfitForm(wrongs)
    refused = _foreseen(form, context, data, happened)
    return UnfitForm((refused,)) if refused else ReadForm(data, happened)


def _foreseen(form: Form, context: Context, data: Submission, happened: datetime) -> Wrong | None:
    """What would be refused is said at its field, in the same words."""
    no = form.foresees(context, data, happened) if form.foresees else None
    return Wrong(reason(no.slug, **no.details)["zh"], name_of(tuple(no.path.split(".")))) if no else None


def read(
    form: Form,
    values: Values,
    context: Context = None,
    given: Mapping[str, Any] | None = None,
    photos: Sequence[str] = (),
) -> Submission | UnfitForm:
    """`given` are the values that the page knows, by path; `photos` those that were sent or saved with the form."""
    placed = dict(_placed(form, context, values))
    outcomes = {path: _taken(entry, values) for path, entry in placed.items()}
    wrong = [one for one in outcomes.values() if isinstance(one, Wrong)]
    wrong += (Wrong(too_many_rows(rows.title, most)) for rows, most in overfull(form, context, values))
    wrong += (
        Wrong(missing(f"“{rows.title}”", entry.kind in CHOSEN), entry.name)
        for rows, entry in unfilled(form, context, values)
    )
    if wrongs := (*wrong, *_too_many(form, photos)):
        return UnfitForm(wrongs)
    entered = {path: one.value for path, one in outcomes.items() if isinstance(one, Taken)}
    entered |= {tuple(path.split(".")): value for path, value in (given or {}).items()}
    if form.photos is not None and photos:
        is_one = most_photos(form, form.photos) == 1
        entered[tuple(form.photos.path.split("."))] = photos[0] if is_one else list(photos)
    data = _data(entered)
    if form.complete is not None:
        data = _merged(data, form.complete(context, data))
    found = _validated(form, data, placed)
    return found if isinstance(found, UnfitForm) else _become(form, context, found)


def _taken(entry: FormEntry | TicksEntry, values: Values) -> EntryOutcome:
    return taken_of_many(entry, values) if isinstance(entry, TicksEntry) else taken(entry, values.get(entry.name, ""))


def values_of(form: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """What was entered, from the body of a submission that is to be corrected."""
    found: dict[str, str] = {}
    for part, path in form.places():
        if isinstance(part, Photos):
            continue
        if isinstance(part, Ticks):
            found |= ticked(path, [str(one) for _, one in _all_at(body, (*path.split("."), ANY))])
            continue
        kind = Kind.RADIOS if isinstance(part, Marks) else kind_of(part, bounds_of(form.model, path))
        found |= {name_of(at): text_of(kind, value) for at, value in _all_at(body, tuple(path.split(".")))}
    return found


def _happened(form: Form, entered: Entered, now: datetime) -> datetime | Wrong:
    """Neither before anything was reported nor later than now, but for what clocks differ."""
    if not form.asks_when:
        return datetime.fromisoformat(entered.ticket.time)
    at = happened_at(entered.values.get(WHEN, ""))
    if at is None:
        return Wrong(no_time(form.asks_when), WHEN)
    if at.year < FIRST_YEAR:
        return Wrong(too_early(form.asks_when, FIRST_YEAR), WHEN)
    return Wrong(not_yet(form.asks_when, at, now), WHEN) if at > now + AHEAD else at


def _too_many(form: Form, photos: Sequence[str]) -> Iterator[Wrong]:
    if form.photos is None:
        return
    most = most_photos(form, form.photos)
    if most is not None and len(photos) > most:
        yield Wrong(too_many_photos(form.photos.label, most, len(photos)), form.photos.path)


def _placed(form: Form, context: Context, values: Values) -> Iterator[tuple[Path, FormEntry | TicksEntry]]:
    """Of rows, those in which something was entered."""
    rows: Counter[Path] = Counter()
    for section in sections(form, context, values):
        if section.row and not section.is_touched(values):
            continue
        above = section.row[:-1]
        for entry in section.filled:
            yield ((*above, rows[above], *entry.path[len(section.row) :]) if section.row else entry.path), entry
        rows[above] += 1


def _data(entered: Mapping[Path, Any]) -> dict[str, Any]:
    """As the model reads it: steps that are numbers make a list."""
    data: dict[Any, Any] = {}
    for path, value in entered.items():
        within = data
        for step in path[:-1]:
            within = within.setdefault(step, {})
        within[path[-1]] = value
    listed: dict[str, Any] = _listed(data)
    return listed


def _listed(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    if data and all(isinstance(key, int) for key in data):
        return [_listed(data[key]) for key in sorted(data)]
    return {key: _listed(value) for key, value in data.items()}


def _merged(data: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Maps within maps are merged, anything else takes the place of what was there."""
    within = [key for key in data.keys() & more.keys() if isinstance(data[key], dict) and isinstance(more[key], dict)]
    return {**data, **more, **{key: _merged(data[key], more[key]) for key in within}}


def _validated(form: Form, data: dict[str, Any], placed: Placed) -> BaseModel | UnfitForm:
    try:
        entered = form.model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return UnfitForm(tuple(dict.fromkeys(_said(form, one, placed) for one in found)))
    return entered


def _become(form: Form, context: Context, entered: BaseModel) -> Submission | UnfitForm:
    found = form.becomes(context, entered) if form.becomes else entered
    if isinstance(found, Wrong):
        return UnfitForm((found,))
    assert isinstance(found, Submission)
    return found


def _said(form: Form, error: Any, placed: Placed) -> Wrong:
    """At the field that it is about; a rule of the model that says why in Chinese is believed."""
    entry = next((one for path, one in placed.items() if path == tuple(error["loc"][: len(path)])), None)
    if entry is None and form.photos is not None and error["loc"] == tuple(form.photos.path.split(".")):
        return Wrong(missing(f"“{form.photos.label}”", True), form.photos.path)
    if entry is None:
        why = str(error.get("ctx", {}).get("error", ""))
        return Wrong(why if any("一" <= letter <= "鿿" for letter in why) else NOT_IN_A_FIELD)
    if error["type"] == "missing":
        return Wrong(missing(entry.named, isinstance(entry, TicksEntry) or entry.kind in CHOSEN), entry.name)
    return Wrong(not_as_it_should_be(entry.named), entry.name)


def _all_at(node: Any, path: tuple[str, ...], above: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each value that a path names, with the way to it; what is not there is passed over."""
    if not path or node is None:
        if node is not None:
            yield above, node
        return
    step, *rest = path
    for key, value in _steps(node, step):
        yield from _all_at(value, tuple(rest), (*above, key))


def _steps(node: Any, step: str) -> Iterator[tuple[str | int, Any]]:
    if step == ANY:
        yield from enumerate(node) if isinstance(node, list) else node.items()
    elif step in node:
        yield step, node[step]
