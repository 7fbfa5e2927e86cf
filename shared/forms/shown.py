"""A form as finished values for the template: its fields with what was entered, and what is wrong at each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shared.countys_own import in_own_words
from shared.events.envelope import MAX_GROUND
from shared.events.photos import MOST_BYTES
from shared.events.vocabulary import FIRST_YEAR
from shared.forms.bounds import bounds_of
from shared.forms.declared import Context, Form, Kind, Photos, Remark, most_photos
from shared.forms.entered import GROUNDS, WHEN, Entered
from shared.forms.hints import hint, hint_of_ticks
from shared.forms.inputs import Box, Input, Option
from shared.forms.layout import FormEntry, Section, ShownPart, sections
from shared.forms.sentences import Confirming
from shared.forms.ticked import THERE, TicksEntry
from shared.forms.unseen import unseen
from shared.pages.chinese import ONE_PHOTO, PHOTOS

PLACEHOLDERS = {True: "请选择", False: "不选择"}
"""What nothing is called among what may be chosen, where something has to be and where not."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the template prints of one form."""

    key: str
    title: str
    button: str
    lead: str
    action: str
    notice: str
    wrongs: tuple[tuple[str, str], ...]
    """Sentences, each with the id of its field; without one where it is about none."""
    hidden: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    has_photos: bool
    draft: str = ""
    """By which a browser keeps what is filled in; empty for what it does not keep."""
    is_again: bool = False
    """What was entered has just come back: it is newer than anything that a browser kept."""
    confirming: Confirming | None = None
    """In the place of the fields; where it has come back, under what is wrong with it."""

    @property
    def notice_has_focus(self) -> bool:
        """Where no field has it: further down a page nobody would see that anything is wrong."""
        return bool(self.wrongs) and not any(one.has_focus for box in self.boxes for one in box.inputs)


def shown(
    form: Form,
    action: str,
    context: Context = None,
    entered: Entered | None = None,
    carried: Mapping[str, str] | None = None,
    draft: str = "",
) -> Shown:
    """An empty form, or one with what was entered; `carried` goes along unseen; `draft` where the action is no name."""
    entered = entered or Entered()
    boxes = _focused((*_boxes(form, context, entered), *_grounds(form, entered), *_questions(form, entered)))
    fields = {one.name: one.id for box in boxes for one in box.inputs if one.kind not in ("hidden", "remark")}
    return Shown(
        key=form.key,
        title=in_own_words(form.title),
        button=in_own_words(form.button),
        lead=in_own_words(form.lead),
        action=action,
        notice=entered.notice or (f"有{len(entered.wrongs)}处需要更正" if entered.wrongs else ""),
        draft=draft or action,
        is_again=bool(entered.wrongs),
        confirming=entered.confirming,
        wrongs=tuple((one.sentence, fields.get(one.name, "")) for one in entered.wrongs),
        hidden=(*unseen(entered), *(carried or {}).items(), *_unseen(boxes)),
        boxes=tuple(_seen(box) for box in boxes if any(one.kind != "hidden" for one in box.inputs)),
        has_photos=form.photos is not None,
    )


def _grounds(form: Form, entered: Entered) -> list[Box]:
    """Why it is corrected, where that is asked for."""
    if entered.grounds is None:
        return []
    wrong = next((one.sentence for one in entered.wrongs if one.name == GROUNDS), "")
    limit, id = f"不超过{MAX_GROUND}字。", f"{form.key}-{GROUNDS}"
    return [Box("", (Input(id, GROUNDS, "更正理由", "text", entered.grounds, (), limit, is_needed=True, wrong=wrong),))]


def _questions(form: Form, entered: Entered) -> list[Box]:
    """The question stands before the button, with the reason why nothing was taken yet."""
    if (asked := entered.question) is None:
        return []
    wrong = next((one.sentence for one in entered.wrongs if one.name == asked.field), "")
    options = tuple(Option(value, name) for value, name in asked.choices.items())
    id = f"{form.key}-{asked.field}"
    return [Box("", (Input(id, asked.field, "请选择", "radios", "", options, is_needed=True, wrong=wrong),))]


def _boxes(form: Form, context: Context, entered: Entered) -> list[Box]:
    wrongs: dict[str, str] = {}
    for one in entered.wrongs:
        wrongs.setdefault(one.name, one.sentence)
    before = [Box("", (_when(form, entered, wrongs.get(WHEN, "")),))] if form.asks_when else []
    return before + [
        _box(form, section, context, entered, wrongs) for section in sections(form, context, entered.values)
    ]


def _box(form: Form, section: Section, context: Context, entered: Entered, wrongs: Mapping[str, str]) -> Box:
    inputs = tuple(_part(form, section, part, context, entered, wrongs) for part in section.parts)
    is_wrong = any(one.wrong for one in inputs)
    if section.is_brief:
        said = inputs[0].value
        return Box(f"{section.title}：{said}" if said else section.title, inputs, section.note, True, is_wrong)
    is_open = section.row[-1:] == (0,) or section.is_touched(entered.values) or is_wrong
    return Box(section.title, inputs, section.note, bool(section.row), is_open)


def _part(
    form: Form,
    section: Section,
    part: ShownPart,
    context: Context,
    entered: Entered,
    wrongs: Mapping[str, str],
) -> Input:
    match part:
        case Remark():
            return Input("", "", part.text, "remark")
        case Photos():
            return _photos(form, part, entered, wrongs.get(part.path, ""))
        case TicksEntry():
            return _ticks(form, part, entered.values, wrongs.get(part.name, ""))
        case FormEntry():
            return _input(form, section, part, entered.values, wrongs.get(part.name, ""))


def _input(form: Form, section: Section, entry: FormEntry, values: Mapping[str, str], wrong: str) -> Input:
    value = values.get(entry.name, entry.field.default)
    unit = f"（{entry.field.unit}）" if entry.field.unit else ""
    return Input(
        id=f"{form.key}-{entry.name}",
        name=entry.name,
        label=f"{in_own_words(entry.field.label)}{unit}",
        kind=entry.kind.value,
        value=value,
        options=_options(entry, value, bool(section.row)),
        hint=in_own_words(hint(entry)),
        leads_to=(entry.lack.title, entry.lack.url) if entry.lack else None,
        is_needed=entry.is_needed and not section.row,
        is_optional=not entry.is_needed and not section.row,
        wrong=wrong,
    )


def _options(entry: FormEntry, value: str, is_in_row: bool) -> tuple[Option, ...]:
    """Nothing is chosen before a person chooses; what was chosen from a list that has changed since stays.

    In a row nothing can be chosen again: a row is taken away by emptying it.
    """
    names, is_emptied = dict(entry.choices), is_in_row and not entry.field.default
    if entry.kind is Kind.CHOICE and (not entry.is_needed or is_emptied or value not in names):
        names = {"": in_own_words(entry.field.empty) or PLACEHOLDERS[entry.is_needed], **names}
    if entry.is_open and entry.kind is Kind.CHOICE:
        names.setdefault(value, entry.called(value))
    return tuple(Option(one, name, one == value) for one, name in names.items())


def _ticks(form: Form, entry: TicksEntry, values: Mapping[str, str], wrong: str) -> Input:
    """What is ticked and offered no more stays, as everything that was entered does."""
    chosen = set(entry.shown_ticked(values))
    boxes = (Option(key, name, key in chosen, remark) for key, name, remark in entry.shown_items(values))
    return Input(
        id=f"{form.key}-{entry.name}",
        name=entry.name,
        label=entry.ticks.label,
        kind="ticks",
        value=THERE,
        options=tuple(boxes),
        hint=hint_of_ticks(entry) if entry.items else entry.ticks.empty,
        is_optional=not entry.bounds.required,
        wrong=wrong,
    )


def _photos(form: Form, part: Photos, entered: Entered, wrong: str) -> Input:
    kept = tuple(Option(sha256, f"照片{n}", True) for n, sha256 in enumerate(entered.photos, 1))
    is_one, is_needed = most_photos(form, part) == 1, bounds_of(form.model, part.path).required
    return Input(
        f"{form.key}-{part.path}",
        part.path,
        part.label,
        "photos",
        options=kept,
        hint=f"{ONE_PHOTO if is_one else PHOTOS}。",
        is_needed=is_needed,
        is_optional=not is_needed,
        wrong=wrong,
        most=str(MOST_BYTES),
        upload=part.upload,
        is_one=is_one,
    )


def _when(form: Form, entered: Entered, wrong: str) -> Input:
    value = entered.values.get(WHEN, entered.ticket.time[:16])
    ends = (f"{FIRST_YEAR}-01-01T00:00", f"{entered.ticket.time[:10]}T23:59")
    shown = Input(f"{form.key}-{WHEN}", WHEN, form.asks_when, "when", value, is_needed=True, wrong=wrong)
    return replace(shown, least=ends[0], most=ends[1])


def _focused(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The first field that is wrong."""
    first = next((one for box in boxes for one in box.inputs if one.wrong and one.kind != "hidden"), None)
    return tuple(
        replace(box, inputs=tuple(replace(one, has_focus=True) if one is first else one for one in box.inputs))
        for box in boxes
    )


def _unseen(boxes: Sequence[Box]) -> list[tuple[str, str]]:
    return [(one.name, one.value) for box in boxes for one in box.inputs if one.kind == "hidden"]


def _seen(box: Box) -> Box:
    return replace(box, inputs=tuple(one for one in box.inputs if one.kind != "hidden"))
