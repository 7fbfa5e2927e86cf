"""Why inspection says no in e-supervision (电子监察)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

SUPERVISION: Mapping[str, Sentences] = {
    "camera-elsewhere": (
        "画面地址{host}不在允许范围内（限内网地址和系统管理员列出的地址），请核对地址，或者请系统管理员列入。",
        "Links may not lead to {host}: only to private addresses and to the hosts that the operator lists; check it.",
    ),
    "device-already-registered": (
        "设备“{title}”已有相同或者更新的登记，请核对设备和登记时间。",
        "Device {device} is already registered so, or was registered anew later; check device and time.",
    ),
    "role-elsewhere": (
        "{organisation}不能授予“{role}”查看权限：部门负责人限部门（国有企业），乡镇分管负责人限乡镇（街道），"
        "纪检人员限县。",
        "{role} is not held at {organisation}: heads are a department's, deputies a township's, officers the county's.",
    ),
    "unknown-device": (
        "{organisation}没有登记该设备，请从列表中选择。",
        "No device {device} is registered for {organisation}; check its name.",
    ),
    "viewing-already-granted": (
        "该人员已有{organisation}的该项查看权限，无须重复授权。",
        "{person} of {organisation} already may look; nothing is left to do.",
    ),
    "viewing-not-granted": (
        "该人员当日没有查看{organisation}设备的权限，请报请联合党委授权。",
        "{person} may not look at devices of {organisation} on that day; ask the committee for a grant.",
    ),
}
