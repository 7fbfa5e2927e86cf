"""The forms that keep e-supervision: devices are registered and removed, viewing is granted and withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from services.inspection.supervision.rules import HELD_AT
from shared.events.inspection import GrantViewing, RegisterDevice, RemoveDevice, ViewingRole, WithdrawViewing
from shared.events.reasonable import Unreasonable
from shared.events.text import in_one_line
from shared.events.vocabulary import OrganisationKind
from shared.forms import Field, Form, Kind
from shared.hosts import Hosts


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whose cameras may be shown at all, and by name who of an organisation may be granted viewing."""

    cameras: Hosts = field(default_factory=Hosts)
    people: Mapping[str, str] = field(default_factory=dict)


def role_at(kind: OrganisationKind) -> ViewingRole | None:
    """The role that is held at such an organisation; there is none at a village or in the hall."""
    return next((role for role, kinds in HELD_AT.items() if kind in kinds), None)


def number_of(name: str) -> str:
    """Of a device within its organisation: the same of the same name, so that nobody has to think one up."""
    return f"d-{hashlib.sha256(str(in_one_line(name)).encode()).hexdigest()[:10]}"


def _numbered(_: Any, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"device": number_of(entered["name"])}


def _elsewhere(known: Keeping | None, asked: RegisterDevice, _: datetime) -> Unreasonable | None:
    if known is None or known.cameras.have(asked.link):
        return None
    return Unreasonable("link", "camera-elsewhere", {"host": urlsplit(asked.link).netloc})


_LINK = Field(
    "link",
    "画面地址",
    Kind.TEXT,
    hint="监控平台上该设备的网址，以https://开头。只有经授权查看的人员在查看时能看到。",
    sentence="画面地址应当以https://开头，不含空格和中文，也不能写用户名和口令，请核对。",
)
REGISTER = Form(
    RegisterDevice,
    "register",
    "登记监控设备",
    "登记",
    (Field("name", "设备名称", hint="例如“服务台”“候办区”，同一单位的设备不能同名。"), _LINK),
    completed=("device",),
    complete=_numbered,
    foresees=_elsewhere,
)
CHANGE = Form(
    RegisterDevice,
    "change",
    "更改设备登记",
    "更改",
    (Field("name", "设备名称"), _LINK),
    given=("device",),
    foresees=_elsewhere,
)
REMOVE = Form(
    RemoveDevice,
    "remove",
    "停用设备",
    "停用",
    given=("device",),
    lead="停用后不能再查看，历次查看记录仍然保留；重新启用的，再次登记。",
)
GRANT = Form(
    GrantViewing,
    "grant",
    "授权查看",
    "授权",
    (Field("person", "查看人", Kind.CHOICE, lambda known: known.people if known else {}),),
    given=("role",),
)
WITHDRAW = Form(WithdrawViewing, "withdraw", "收回授权", "收回授权", given=("person",))
