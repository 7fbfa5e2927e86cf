"""CloudEvents 1.0 in binary mode on NATS: attributes are headers, the body is the data alone.

`submit.<service>.<type>.<submitter>` carries a submission, `fact.<type>.<organisation>` a fact. Reading never
raises: what cannot be read comes back as `Unreadable`, so that a bad message never takes its neighbours along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from shared.calendar import china_day
from shared.events.bodies import data_in
from shared.events.digests import content_digest, corrected_key, digest_of
from shared.events.misread import Unfit, missing_header, unlike
from shared.events.registry import EventData, Fact, Submission, UnknownType
from shared.events.text import in_one_line
from shared.events.vocabulary import CODE_PATTERN, TIME_PATTERN, UUID_PATTERN

D = TypeVar("D", bound=EventData, covariant=True)

TYPE_PATTERN = r"^[a-z]+(-[a-z]+){0,9}$"
FACT_ID_PATTERN = r"^[a-z]+/[0-9A-Z-]{6,13}/[0-9a-f-]{36}/[0-9]{1,6}$"
IS_UUID = re.compile(UUID_PATTERN).fullmatch
IS_CODE = re.compile(CODE_PATTERN).fullmatch
IS_FACT_ID = re.compile(FACT_ID_PATTERN).fullmatch
IS_TYPE = re.compile(TYPE_PATTERN).fullmatch
IS_TIME = re.compile(TIME_PATTERN).fullmatch
IS_KEY = re.compile(f"({CODE_PATTERN.strip('^$')})/({UUID_PATTERN.strip('^$')})").fullmatch
"""A submission as ledgers know it: `<submitter>/<ce-id>`."""
VISIBLE = "!#$&'()*+,-./0123456789:;<=>?@[]^_`{|}~"
"""What CloudEvents leaves as it is in a header; space, quotation mark, percent and all beyond ASCII are encoded."""
BROKEN = "\ufffd"
"""Stands for bytes that are no character."""
AGAINST = "与报送地址或者接口规范不一致"
NO_TIME = "应当写明日期、时间和时区，年份在1970年至2999年之间"
MAX_ACTOR = 200
MAX_GROUND = 200
"""Characters of the reason that a correction gives."""
MAX_REASON = 300
"""Characters: a reason quotes the sender's own field names, and goes out again in a bounded message."""


@dataclass(frozen=True, slots=True)
class Event(Generic[D]):
    """One event as it was read: who says it, about whom, when it happened, and what.

    `id` is unique together with the submitter; `key` is both. `body` is the JSON as it came, `digest` its SHA-256.
    The data of a type that the service does not know is `UnknownType`. `corrects` is the key of the submission whose
    place it takes, `reason` why; `undoes` the fact that a fact takes back.
    """

    id: str
    key: str
    type: str
    submitter: str
    organisation: str
    time: datetime
    data: D
    body: bytes
    actor: str = ""
    path: str = ""
    cause: str = ""
    corrects: str = ""
    reason: str = ""
    undoes: str = ""
    day: date = field(init=False)
    """The calendar day in China on which it happened: rules ask for it again and again."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", china_day(self.time))

    @property
    def digest(self) -> str:
        """Same key with another digest is another content under a used id."""
        said = (self.type, self.organisation, self.time.isoformat(), self.actor)
        return digest_of(said, (self.corrects, self.reason), self.body)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A message that is no event: why, and whose it was as far as that could be read.

    `reason` and `zh` are for the sender, whose own names for things they quote; `others` and `others_zh` for others.
    """

    reason: str
    submitter: str = ""
    id: str = ""
    zh: str = ""
    """Why, to a person."""
    digest: str = ""
    others: str = ""
    others_zh: str = ""

    @property
    def key(self) -> str:
        """Empty when the id could not be read: then nobody can be answered."""
        return f"{self.submitter}/{self.id}" if self.submitter and self.id else ""


class Forged(Unreadable):
    """A message in the name of another than it came from: nobody is answered, and no id is used."""


def read_submission(subject: str, headers: Mapping[str, str] | None, body: bytes) -> Event[Any] | Unreadable:
    """The submission in a message; its subject's last token and `ce-source` name the same submitter."""
    tokens = subject.split(".")
    submitter = tokens[3] if len(tokens) == 4 and IS_CODE(tokens[3]) else ""
    given = headers or {}
    event_id = given.get("ce-id", "")
    try:
        return _submission(tokens, given, body)
    except Unfit as no:
        id = event_id if IS_UUID(event_id) else ""
        return _unreadable(no, submitter, id, content_digest(given, body))


def _unreadable(no: Unfit, submitter: str = "", id: str = "", digest: str = "") -> Unreadable:
    said, others = (str(no)[:MAX_REASON], no.zh[:MAX_REASON]), no.others
    return Unreadable(said[0], submitter, id, said[1], digest, str(others)[:MAX_REASON], others.zh[:MAX_REASON])


def _submission(tokens: list[str], headers: Mapping[str, str], body: bytes) -> Event[Any]:
    if len(tokens) != 4 or not IS_CODE(tokens[3]):
        raise Unfit("subject is not submit.<service>.<type>.<submitter>", "报送地址有误")
    _, service, type_name, submitter = tokens
    event_id = _attribute(headers, "ce-id", IS_UUID, "a lower-case UUID", "应当是由小写字母和数字组成的标准编号")
    _expect(headers, "ce-specversion", "1.0")
    kind = Submission.registry.get(type_name)
    if kind is None or headers.get("ce-type") != type_name:
        _attribute(headers, "ce-type", IS_TYPE, "the name of a type", "格式不正确")
        if headers.get("ce-type") != type_name:
            raise unlike("ce-type", type_name if kind else "the type that its subject names", AGAINST)
    _expect(headers, "ce-source", submitter)
    known = kind is not None and kind.service == service
    corrects = _corrects(headers, submitter)
    if kind is not None and kind.withdraws and not corrects:
        raise missing_header("ce-corrects")
    return Event(
        id=event_id,
        key=f"{submitter}/{event_id}",
        type=type_name,
        submitter=submitter,
        organisation=_concerned(headers, submitter),
        time=_time(headers),
        data=data_in(kind, body) if kind is not None and known else UnknownType(),
        body=body,
        actor=_text(headers, "ce-actor", "经办人", MAX_ACTOR),
        corrects=corrects,
        reason=_text(headers, "ce-reason", "更正理由", MAX_GROUND),
    )


def read_fact(subject: str, headers: Mapping[str, str] | None, body: bytes) -> Event[Fact] | Unreadable:
    """The fact in a message; its id is `<service>/<submitter>/<submission id>/<n>`."""
    given = headers or {}
    try:
        return _fact(subject.split("."), given, body)
    except Unfit as no:
        return _unreadable(no)


def _fact(tokens: list[str], headers: Mapping[str, str], body: bytes) -> Event[Fact]:
    if len(tokens) != 3 or not IS_CODE(tokens[2]):
        raise Unfit("subject is not fact.<type>.<organisation>", "报送地址有误")
    _, type_name, organisation = tokens
    fact_id = _attribute(headers, "ce-id", IS_FACT_ID, "a fact's id", "格式不正确")
    _expect(headers, "ce-specversion", "1.0")
    _expect(headers, "ce-type", type_name)
    _expect(headers, "ce-source", fact_id.split("/")[0])
    _expect(headers, "ce-subject", organisation)
    kind = Fact.registry.get(type_name)
    if kind is None:
        raise Unfit(f"no fact is called {type_name}", "没有这一类型")
    return Event(
        id=fact_id,
        key=fact_id,
        type=type_name,
        submitter=fact_id.split("/")[1],
        organisation=organisation,
        time=_time(headers),
        data=data_in(kind, body),
        body=body,
        path=headers.get("ce-path", ""),
        cause=headers.get("ce-cause", ""),
        undoes=headers.get("ce-undoes", ""),
    )


def _attribute(headers: Mapping[str, str], name: str, fits: Callable[[str], object], should: str, zh: str) -> str:
    value = headers.get(name, "")
    if not fits(value):
        raise unlike(name, should, zh) if value else missing_header(name)
    return value


def _concerned(headers: Mapping[str, str], submitter: str) -> str:
    """Mostly the submitter itself, whose code is known to be one."""
    if headers.get("ce-subject") == submitter:
        return submitter
    return _attribute(headers, "ce-subject", IS_CODE, "an organisation's code", "不是单位编号")


def _expect(headers: Mapping[str, str], name: str, value: str) -> None:
    if headers.get(name) != value:
        raise unlike(name, value, AGAINST)


def _time(headers: Mapping[str, str]) -> datetime:
    """RFC 3339 with an offset: a local time without one could be anybody's."""
    text = _attribute(headers, "ce-time", IS_TIME, "RFC 3339 with an offset such as +08:00", NO_TIME)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unfit("ce-time is no time", "“发生时间”不是有效的日期和时间") from error


def _text(headers: Mapping[str, str], name: str, called: str, most: int) -> str:
    """As it is meant, in one line; never what only looks like it."""
    quoted = headers.get(name)
    if not quoted:
        return ""
    text = str(in_one_line(unquote(quoted)))
    if BROKEN in text:
        raise unlike(name, "UTF-8", "的文字编码有误，应当是UTF-8编码")
    if len(text) > most:
        raise Unfit(f"{name} is longer than {most} characters", f"“{called}”不得超过{most}字")
    return text


def _corrects(headers: Mapping[str, str], submitter: str) -> str:
    """The key of what is corrected: of the submitter's own the id alone is said."""
    named = headers.get("ce-corrects")
    if not named:
        return ""
    if not IS_KEY(key := corrected_key(named, submitter)):
        raise unlike("ce-corrects", "the id of a submission", "不是报送编号")
    return key
