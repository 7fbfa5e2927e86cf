"""CloudEvents 1.0 in binary mode on NATS: attributes are headers, the body is the data alone.

`submit.<service>.<type>.<submitter>` carries a submission, `fact.<type>.<organisation>` a fact. Reading never
raises: what cannot be read comes back as `Unreadable`, so that a bad message never takes its neighbours along.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import quote, unquote

from pydantic import ValidationError

from shared.calendar import china_day
from shared.events.encodings import NoUtf8, in_utf8
from shared.events.misread import Unfit, misread, missing_header, unlike
from shared.events.registry import EventData, Fact, Submission, UnknownType
from shared.events.text import in_one_line
from shared.events.vocabulary import CODE_PATTERN, TIME_PATTERN, UUID_PATTERN

D = TypeVar("D", bound=EventData, covariant=True)
E = TypeVar("E", bound=EventData)

TYPE_PATTERN = r"^[a-z]+(-[a-z]+){0,9}$"
FACT_ID_PATTERN = r"^[a-z]+/[0-9A-Z-]{6,13}/[0-9a-f-]{36}/[0-9]{1,6}$"
IS_UUID = re.compile(UUID_PATTERN).fullmatch
IS_CODE = re.compile(CODE_PATTERN).fullmatch
IS_FACT_ID = re.compile(FACT_ID_PATTERN).fullmatch
IS_TYPE = re.compile(TYPE_PATTERN).fullmatch
IS_TIME = re.compile(TIME_PATTERN).fullmatch
VISIBLE = "!#$&'()*+,-./0123456789:;<=>?@[]^_`{|}~"
"""What CloudEvents leaves as it is in a header; space, quotation mark, percent and all beyond ASCII are encoded."""
BROKEN = "\ufffd"
"""Stands for bytes that are no character."""
NO_TIME = "应当写明日期、时间和时区，年份在1970年至2999年之间"
MAX_ACTOR = 200
MAX_REASON = 300
"""Characters: a reason quotes the sender's own field names, and goes out again in a bounded message."""


@dataclass(frozen=True, slots=True)
class Event(Generic[D]):
    """One event as it was read: who says it, about whom, when it happened, and what.

    `id` is unique together with the submitter; `key` is both. `body` is the JSON as it came, `digest` its SHA-256.
    The data of a type that the service does not know is `UnknownType`.
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
    day: date = field(init=False)
    """The calendar day in China on which it happened: rules ask for it again and again."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", china_day(self.time))

    @property
    def digest(self) -> str:
        """Same key with another digest is another content under a used id."""
        attributes = repr((self.type, self.organisation, self.time.isoformat(), self.actor))
        return hashlib.sha256(attributes.encode() + self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A message that is no event: why, and whose it was as far as that could be read."""

    reason: str
    submitter: str = ""
    id: str = ""
    zh: str = ""
    """Why, to a person."""

    @property
    def key(self) -> str:
        """Empty when the id could not be read: then nobody can be answered."""
        return f"{self.submitter}/{self.id}" if self.submitter and self.id else ""


def read_submission(subject: str, headers: Mapping[str, str] | None, body: bytes) -> Event[Any] | Unreadable:
    """The submission in a message; its subject's last token and `ce-source` name the same submitter."""
    tokens = subject.split(".")
    submitter = tokens[3] if len(tokens) == 4 and IS_CODE(tokens[3]) else ""
    given = headers or {}
    event_id = given.get("ce-id", "")
    try:
        return _submission(tokens, given, body)
    except Unfit as no:
        return Unreadable(str(no)[:MAX_REASON], submitter, event_id if IS_UUID(event_id) else "", no.zh[:MAX_REASON])


def _submission(tokens: list[str], headers: Mapping[str, str], body: bytes) -> Event[Any]:
    if len(tokens) != 4 or not IS_CODE(tokens[3]):
        raise Unfit("subject is not submit.<service>.<type>.<submitter>", "报送地址有误")
    _, service, type_name, submitter = tokens
    event_id = _attribute(headers, "ce-id", IS_UUID, "a lower-case UUID", "应当是由小写字母和数字组成的标准编号")
    _expect(headers, "ce-specversion", "1.0")
    _attribute(headers, "ce-type", IS_TYPE, "the name of a type", "格式不正确")
    _expect(headers, "ce-type", type_name)
    _expect(headers, "ce-source", submitter)
    kind = Submission.registry.get(type_name)
    known = kind is not None and kind.service == service
    return Event(
        id=event_id,
        key=f"{submitter}/{event_id}",
        type=type_name,
        submitter=submitter,
        organisation=_attribute(headers, "ce-subject", IS_CODE, "an organisation's code", "不是单位编号"),
        time=_time(headers),
        data=_data(kind, body) if kind is not None and known else UnknownType(),
        body=body,
        actor=_actor(headers),
    )


def read_fact(subject: str, headers: Mapping[str, str] | None, body: bytes) -> Event[Fact] | Unreadable:
    """The fact in a message; its id is `<service>/<submitter>/<submission id>/<n>`."""
    given = headers or {}
    try:
        return _fact(subject.split("."), given, body)
    except Unfit as no:
        return Unreadable(str(no)[:MAX_REASON], zh=no.zh[:MAX_REASON])


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
        data=_data(kind, body),
        body=body,
        path=headers.get("ce-path", ""),
        cause=headers.get("ce-cause", ""),
    )


def submission_headers(
    event_id: str,
    data: Submission,
    submitter: str,
    organisation: str,
    time: datetime,
    actor: str = "",
    corrects: str = "",
) -> dict[str, str]:
    """The headers under which a submission is published; the message id makes resending harmless.

    `corrects` is the id of the refused submission whose place it takes; a service decides it like any other.
    """
    headers = _headers(event_id, data.type, submitter, organisation, time)
    headers["Nats-Msg-Id"] = f"{submitter}/{event_id}"
    if actor:
        headers["ce-actor"] = quote(actor, safe=VISIBLE)
    if corrects:
        headers["ce-corrects"] = corrects
    return headers


def fact_headers(fact_id: str, type_name: str, organisation: str, time: str, path: str, cause: str) -> dict[str, str]:
    """The headers under which a fact is published; `path` is the organisation's place in the tree at that time."""
    return {
        "Nats-Msg-Id": fact_id,
        "ce-specversion": "1.0",
        "ce-id": fact_id,
        "ce-type": type_name,
        "ce-source": fact_id.split("/", 1)[0],
        "ce-subject": organisation,
        "ce-time": time,
        "ce-path": path,
        "ce-cause": cause,
        "content-type": "application/json",
    }


def _headers(event_id: str, type_name: str, source: str, subject: str, time: datetime) -> dict[str, str]:
    return {
        "ce-specversion": "1.0",
        "ce-id": event_id,
        "ce-type": type_name,
        "ce-source": source,
        "ce-subject": subject,
        "ce-time": time.isoformat(),
        "content-type": "application/json",
    }


def _attribute(headers: Mapping[str, str], name: str, fits: Callable[[str], object], should: str, zh: str) -> str:
    value = headers.get(name, "")
    if not fits(value):
        raise unlike(name, should, zh) if value else missing_header(name)
    return value


def _expect(headers: Mapping[str, str], name: str, value: str) -> None:
    if headers.get(name) != value:
        raise unlike(name, value, "与报送地址或者接口规范不一致")


def _time(headers: Mapping[str, str]) -> datetime:
    """RFC 3339 with an offset: a local time without one could be anybody's."""
    text = _attribute(headers, "ce-time", IS_TIME, "RFC 3339 with an offset such as +08:00", NO_TIME)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unfit("ce-time is no time", "“发生时间”不是有效的日期和时间") from error


def _actor(headers: Mapping[str, str]) -> str:
    """As it is meant, in one line; never what only looks like it."""
    quoted = headers.get("ce-actor")
    if not quoted:
        return ""
    actor = str(in_one_line(unquote(quoted)))
    if BROKEN in actor:
        raise unlike("ce-actor", "UTF-8", "的文字编码有误，应当是UTF-8编码")
    if len(actor) > MAX_ACTOR:
        raise Unfit(f"ce-actor is longer than {MAX_ACTOR} characters", f"“经办人”不得超过{MAX_ACTOR}字")
    return actor


def _data(kind: type[E], body: bytes) -> E:
    """What is no JSON is looked at once more: it may be in another encoding."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        plain = _plain(body)
        if plain != body:
            return _data(kind, plain)
        raise misread(error) from error


def _plain(body: bytes) -> bytes:
    try:
        return in_utf8(body)
    except NoUtf8 as no:
        raise Unfit(f"body: Invalid JSON: {no.named}", str(no).rstrip("。")) from no
