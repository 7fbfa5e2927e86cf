"""What is looked at before a county in containers starts: each thing is right, worth a look, or stops the start."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from deploy.up.compose import NoCompose, program

GB = 1_000_000_000
LEAST_FREE = 2 * GB
"""Bytes without which an image cannot be unpacked, or a year of the county be kept."""
DECLARED = 12 * GB
"""What the bus's streams may hold together, at BUS_ROOM=1 (`shared/bus/streams.py`); a test compares."""
DATABASE = 10 * GB
"""What the database of some years takes, its oplog beside it."""
PATIENCE = 20
"""Seconds for an answer of the engine, or of whoever keeps images."""
PORTS = {
    "BUS_PORT": "4222",
    "GATEWAY_PORT": "8080",
    "GATEWAY_TLS_PORT": "8443",
    "PROMETHEUS_PORT": "9090",
    "ALERTMANAGER_PORT": "9093",
}
"""Of the host, as compose.yml has them where nothing is said."""
IMAGES = ("NATS_IMAGE", "MONGO_IMAGE", "CADDY_IMAGE", "PROMETHEUS_IMAGE", "ALERTMANAGER_IMAGE")
"""Of the servers that every county has."""
BASE, OURS = "BASE_IMAGE", "LIANBAN_IMAGE"
"""What our own image is built of, and that image where it is made already."""


class Level(Enum):
    """As the line begins."""

    FINE = "正常"
    MIND = "注意"
    STOPS = "不行"


@dataclass(frozen=True)
class CheckLine:
    """A line: what was looked at, how it is, and what to do where something is to be done."""

    level: Level
    what: str
    do: str = ""

    def __str__(self) -> str:
        return f"{self.level.value}  {self.what}" + (f"\n      {self.do}" if self.do else "")


EngineSays = tuple[int, str]
AsksEngine = Callable[[Sequence[str]], EngineSays]


def run(words: Sequence[str]) -> EngineSays:
    """The exit status and all that was said; what is not there, or takes too long, has failed."""
    try:
        done = subprocess.run(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE, check=False
        )
    except FileNotFoundError as error:
        return 127, str(error)
    except subprocess.TimeoutExpired:
        return 124, f"{' '.join(words)} does not answer within {PATIENCE} s"
    return done.returncode, done.stdout.strip()


def engine(run: AsksEngine = run) -> Iterator[CheckLine]:
    """Docker answers and has its compose plugin."""
    status, said = run(("docker", "version", "--format", "{{.Server.Version}}"))
    if status == 127:
        yield CheckLine(
            Level.STOPS,
            "没有安装Docker No Docker here",
            "请安装Docker（apt-get install docker.io docker-compose-v2）。",
        )
    elif status:
        todo = "请启动Docker（systemctl start docker）；没有权限的，用root执行，或者把本用户加入docker组。"
        yield CheckLine(Level.STOPS, f"Docker没有应答 The engine does not answer：{_last(said)}", todo)
    else:
        yield CheckLine(Level.FINE, f"Docker {said}")
    try:
        yield CheckLine(Level.FINE, f"compose：{' '.join(program())}")
    except NoCompose as why:
        yield CheckLine(Level.STOPS, str(why))


def ports(values: Mapping[str, str], runs: bool, is_free: Callable[[int], bool] | None = None) -> Iterator[CheckLine]:
    """Numbers, each once, and nobody else's: those of a county that runs already are its own."""
    asked = {name: values.get(name, usual) for name, usual in PORTS.items()}
    for name, port in asked.items():
        if not re.fullmatch(r"[1-9][0-9]{0,4}", port) or int(port) > 65535:
            yield CheckLine(Level.STOPS, f"{name}={port}不是端口号 It is no port", "请改为1到65535之间的数。")
        elif list(asked.values()).count(port) > 1:
            yield CheckLine(
                Level.STOPS, f"{name}={port}与另一项用了同一个端口 Two of them are the same", "请改其中一项。"
            )
        elif not runs and not (is_free or _is_free)(int(port)):
            todo = f"请查明是哪个程序（ss -ltnp 'sport = :{port}'）并停用它，或者在county.env里改{name}。"
            yield CheckLine(Level.STOPS, f"{name}={port}已被其他程序占用 The port is taken", todo)
        else:
            yield CheckLine(Level.FINE, f"端口 {name} {port}")


def disk(values: Mapping[str, str], root: Path | None) -> Iterator[CheckLine]:
    """Room where the engine keeps volumes; an engine elsewhere is not seen from here."""
    if root is None or not root.exists():
        return
    free, wanted = shutil.disk_usage(root).free, _room(values) * DECLARED + DATABASE
    said = f"磁盘 {root} 剩余{free / GB:.1f} GB"
    if free < LEAST_FREE:
        yield CheckLine(
            Level.STOPS,
            f"{said}，至少需要{LEAST_FREE / GB:.0f} GB The disk is nearly full",
            "请清理磁盘或者换用更大的磁盘。",
        )
    elif free < wanted:
        todo = f"总线和数据库几年内最多需要{wanted / GB:.0f} GB：请扩大磁盘，或者在county.env里把BUS_ROOM改小。"
        yield CheckLine(Level.MIND, f"{said} Less than may be needed", todo)
    else:
        yield CheckLine(Level.FINE, f"{said}（最多需要{wanted / GB:.0f} GB）")


def clock(run: AsksEngine = run) -> Iterator[CheckLine]:
    """A server whose clock is slow takes every station for one that is ahead."""
    status, said = run(("timedatectl", "show", "--property=NTPSynchronized", "--value"))
    if status:
        yield CheckLine(
            Level.MIND,
            "时钟是否校准无法查明 Whether the clock is right is not known",
            "请核对服务器时间，并启用chrony或者systemd-timesyncd。",
        )
    elif said.strip() == "yes":
        yield CheckLine(Level.FINE, "时钟已与时间服务器同步")
    else:
        yield CheckLine(
            Level.MIND,
            "时钟没有与时间服务器同步 The clock is not synchronised",
            "请启用chrony或者systemd-timesyncd，指向单位的时间服务器。",
        )


def images(values: Mapping[str, str], asked: Mapping[str, str], run: AsksEngine = run) -> Iterator[CheckLine]:
    """Each image lies here or can be had from where it is said to be; the base only where something is built of it."""
    for name in (*IMAGES, OURS if values.get(OURS) else BASE):
        image = values.get(name) or asked.get(name, "")
        if not image or run(("docker", "image", "inspect", "-f", "{{.Id}}", image))[0] == 0:
            yield CheckLine(Level.FINE, f"镜像 {image or name}")
        elif run(("docker", "manifest", "inspect", image))[0] == 0:
            yield CheckLine(Level.FINE, f"镜像 {image}（启动时下载）")
        else:
            yield CheckLine(Level.STOPS, f"镜像 {image} 本机没有，也下载不到 The image cannot be had", mirror(name))


def mirror(name: str = "") -> str:
    """What to do where no registry is reached."""
    which = name or "、".join((*IMAGES, BASE))
    return f"请用docker load导入，或者在county.env里用{which}写明单位自己的镜像仓库。"


def usual_images(compose: str) -> dict[str, str]:
    """The image behind each name where the file says none."""
    return dict(re.findall(r"\$\{([A-Z]+_IMAGE):-([^}\"]+)\}", compose))


def _room(values: Mapping[str, str]) -> float:
    try:
        return float(values.get("BUS_ROOM", "1"))
    except ValueError:
        return 1


def _is_free(port: int) -> bool:
    """Free means nobody listens on any address of the host."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("0.0.0.0", port))
        except OSError:
            return False
        return True


def _last(said: str) -> str:
    return said.splitlines()[-1][:200] if said else ""
