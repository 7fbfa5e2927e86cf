"""What an operator does next, by how far the county is."""

from __future__ import annotations

from deploy.commands.place import Place, speaker_at
from deploy.embedded.trouble import Trouble

START = "接下来：启动联办，make run（本机）或 make up COUNTY=县编号（容器）。 Next: start a county."
WAIT = "接下来：{}"
GO_ON = (
    "接下来：lianban token issue {} --holder 用途（联合党委登录网页、登记人员），"
    "lianban account 姓名（管理员首次登录），lianban invite 单位编号（站点登记）。 Next: let them in."
)


def next_step(place: Place | None) -> str:
    """One sentence; what keeps the county from answering is its own."""
    if place is None:
        return START
    try:
        county = speaker_at(place)
        county.asks(f"/roster/api/organisations/{county.county}")
    except Trouble as trouble:
        return WAIT.format(trouble)
    return GO_ON.format(county.county)
