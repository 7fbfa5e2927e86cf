"""`station enrol | run | submit | status | doctor | bring`: what a person types on the PC of a station."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError, URLError

from services.station.commands import bringing, enrolment
from services.station.commands.doctor import examine
from services.station.commands.enrolment import NotEnrolled, enrol, look
from services.station.commands.running import PortTaken, listening, parts_of, serve
from services.station.commands.status import status
from services.station.commands.submitting import submit
from services.station.folder import AlreadyRunning, Folder, at_home, private
from services.station.line.troubles import SENTENCES, explained
from services.station.outbox.failures import NotSaved
from services.station.outbox.repair import Salvage
from shared.process.lines import only_json, say

PORT, PROGRAM = 8300, "station"


class Impossible(Exception):
    """What was asked for cannot be done; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it was done, 1 with a sentence when it was not."""
    asked = _parser().parse_args(arguments)
    _log()
    try:
        return COMMANDS[asked.command](Folder(asked.data), asked)
    except KeyboardInterrupt:
        return 0
    except (Impossible, NotEnrolled, NotSaved, PortTaken) as no:
        print(no, file=sys.stderr)
    except AlreadyRunning:
        print("本机的报送程序已在运行，无须再次启动。", file=sys.stderr)
    return 1


def _log() -> None:
    """In words for a person at a terminal; in a container, or into a file, a line of JSON each."""
    if sys.stderr.isatty():
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    else:
        only_json(PROGRAM, sys.stderr)


def _enrol(folder: Folder, asked: argparse.Namespace) -> int:
    if asked.ca:
        private(folder.invited_by, _read(asked.ca).decode(errors="replace"))
    try:
        if not _agreed(look(folder, asked.hub, asked.code), asked.yes):
            raise Impossible("没有登记，登记码仍然有效。")
        enrolled = enrol(folder, asked.hub, asked.code, asked.former)
    except (HTTPError, URLError, OSError) as error:
        trouble = explained(error)
        raise Impossible(f"{trouble.zh.what}{trouble.zh.do}（{trouble.detail}）") from error
    print(enrolment.in_words(enrolled))
    return 0


def _agreed(warning: str, yes: bool) -> bool:
    """A person is asked before another PC is shut out; a program is told."""
    if not warning:
        return True
    print(warning)
    return yes or not sys.stdin.isatty() or input("继续登记请输入 y：").strip().lower() == "y"


def _bring(folder: Folder, asked: argparse.Namespace) -> int:
    hub = folder.hub()
    if hub is None:
        raise Impossible("".join(SENTENCES["not-enrolled"][0]))
    print(bringing.in_words(bringing.bring(folder, hub.station, asked.folder)))
    return 0


def _run(folder: Folder, asked: argparse.Namespace) -> int:
    hub = folder.hub()
    if hub is None:
        raise Impossible("".join(SENTENCES["not-enrolled"][0]))
    with parts_of(folder, hub) as (parts, salvage):
        if salvage:
            say(PROGRAM, in_words(salvage))
        with closing(listening(asked.host, asked.port)) as own:
            say(PROGRAM, f"{hub.name}的报送页面：http://{asked.host}:{asked.port}/（按 Ctrl-C 停止）")
            asyncio.run(serve(parts, folder, own, [asked.host, *asked.name]))
    return 0


def in_words(salvage: Salvage) -> str:
    """What became of a damaged outbox."""
    lost = f"，有{salvage.lost}件无法读出，请核对报送记录后重新填报" if salvage.lost else ""
    return (
        f"报送库文件已损坏：读出{salvage.saved}件（其中待发送{salvage.pending}件），已存入新的报送库{lost}。"
        f"损坏的文件留存为{salvage.kept}。"
    )


def _submit(folder: Folder, asked: argparse.Namespace) -> int:
    return submit(folder, asked.type, asked.about, _read(asked.data_file), asked.wait)


def _read(place: str | Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
    except OSError as error:
        raise Impossible(f"文件{place}无法读取：{error.strerror}。") from error


def _status(folder: Folder, asked: argparse.Namespace) -> int:
    print(status(folder), end="")
    return 0


def _doctor(folder: Folder, asked: argparse.Namespace) -> int:
    findings = asyncio.run(examine(folder))
    for finding in findings:
        print(finding.english() if asked.en else finding.chinese())
    if not findings:
        print("Everything is in order." if asked.en else "一切正常。")
    return 1 if findings else 0


COMMANDS: Mapping[str, Callable[[Folder, argparse.Namespace], int]] = {
    "enrol": _enrol,
    "run": _run,
    "submit": _submit,
    "status": _status,
    "doctor": _doctor,
    "bring": _bring,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="station", description="联办村级便民服务站报送程序")
    parser.add_argument("--data", type=Path, default=at_home(), help="数据文件夹（默认 ~/.lianban-station）")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("enrol", help="凭登记码登记本机")
    one.add_argument("--hub", required=True, help="县服务器网址，如 https://lianban.example.org")
    one.add_argument("--ca", type=Path, help="县服务器的证书文件")
    one.add_argument("--former", action="store_true", help="只为送出本机原编号名下的内容，本机现在的单位不变")
    one.add_argument("--yes", action="store_true", help="已有电脑将停用的，不再询问")
    one.add_argument("code", help="登记码")
    one = commands.add_parser("run", help="启动报送和本机页面")
    one.add_argument("--port", type=int, default=PORT)
    one.add_argument("--host", default="127.0.0.1", help="其他设备也要打开本页的，填写本机地址")
    one.add_argument("--name", action="append", default=[], help="打开本页所用的其他主机名")
    one = commands.add_parser("submit", help="报送一件")
    one.add_argument("type", help="类型，如 log-inspection")
    one.add_argument("--about", help="所涉单位编号（默认本单位）")
    one.add_argument("--data", dest="data_file", required=True, help="JSON文件，- 为标准输入")
    one.add_argument("--wait", type=float, nargs="?", const=30.0, help="等待办理结果的秒数（默认30）")
    commands.add_parser("status", help="报送情况")
    one = commands.add_parser("bring", help="转入另一台电脑上待发送的内容")
    one.add_argument("folder", type=Path, help="那台电脑的数据文件夹（或其副本）")
    one = commands.add_parser("doctor", help="检查故障")
    one.add_argument("--en", action="store_true", help="in English")
    return parser
