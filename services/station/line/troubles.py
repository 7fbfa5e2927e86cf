"""What can be wrong between a station and its county, in words, each with what to do about it."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Mapping
from typing import NamedTuple
from urllib.error import HTTPError, URLError

import nats.errors

from services.station.line.line import HungUp
from services.station.outbox.failures import Damaged, DiskFull, NotSaved
from shared.identity.access import NoEntry

FORMER_TO_DO = (
    "这些内容不影响现编号的报送，也不会丢失。请联系乡镇：原编号仍在使用的，领取它的登记码，"
    "在本机运行 station enrol --former --hub 网址 登记码；原编号已撤销的，请由乡镇或者承接单位补报。"
)
FORMER_TO_DO_EN = (
    "Nothing is lost, and nothing of the present code is held up. While the old code is in use ask the township for a"
    " code for it and run station enrol --former --hub URL CODE here; otherwise whoever follows it reports instead."
)


class Words(NamedTuple):
    """What is wrong and what to do, in one language."""

    what: str
    do: str


class Trouble(NamedTuple):
    """One thing that is wrong; `detail` is as the system said it."""

    slug: str
    detail: str = ""

    @property
    def zh(self) -> Words:
        return SENTENCES[self.slug][0]

    @property
    def en(self) -> Words:
        return SENTENCES[self.slug][1]


SENTENCES: Mapping[str, tuple[Words, Words]] = {
    "not-enrolled": (
        Words("本机尚未登记。", "请向乡镇或者联合党委领取登记码，运行 station enrol --hub 网址 登记码。"),
        Words(
            "This PC is not enrolled.", "Ask the township or the committee for a code: station enrol --hub URL CODE."
        ),
    ),
    "name-not-resolved": (
        Words("找不到县服务器的地址（域名无法解析）。", "请检查网线和DNS设置，核对网址是否正确。"),
        Words("The county's name cannot be resolved.", "Check the network cable, the DNS settings and the address."),
    ),
    "unreachable": (
        Words("本机没有连到网络，或者到县服务器的线路不通。", "请检查网线、路由器；其他网站也打不开的，请报修线路。"),
        Words(
            "There is no route to the county.", "Check cable and router; if nothing else opens either, report the line."
        ),
    ),
    "refused": (
        Words("县服务器拒绝连接（端口没有开放）。", "请核对网址和端口；无误的，请告知县系统管理员服务没有启动。"),
        Words(
            "The county's server refuses connections.",
            "Check address and port; else tell the county it is not running.",
        ),
    ),
    "no-answer": (
        Words("县服务器没有应答。", "线路可能拥堵或者被防火墙拦截，请稍后再试；已保存的内容会自动报送。"),
        Words("The county does not answer.", "The line may be slow or blocked; what is saved is sent by itself later."),
    ),
    "certificate-unknown": (
        Words(
            "县服务器的证书不是本机信任的机构签发的。",
            "请勿继续使用该网络；核对网址，并向联合党委索取新的证书文件ca.pem。",
        ),
        Words("The county's certificate is signed by nobody known here.", "Use another network; ask for a new ca.pem."),
    ),
    "certificate-expired": (
        Words(
            "县服务器的证书已过有效期，或者本机日期不对。", "请先核对本机日期；日期正确的，请告知县系统管理员更换证书。"
        ),
        Words(
            "The county's certificate has expired, or the date here is wrong.", "Check the date; else tell the county."
        ),
    ),
    "certificate-name": (
        Words("县服务器的证书与网址不符。", "请核对网址是否正确；无误的，请告知县系统管理员。"),
        Words("The county's certificate is for another name.", "Check the address; else tell the county."),
    ),
    "not-permitted": (
        Words("本机的密钥已被注销或者没有报送权限。", "请联系乡镇或者联合党委，领取新的登记码后重新登记。"),
        Words(
            "This PC's key is revoked or may not submit.", "Ask the township or the committee for a new code and enrol."
        ),
    ),
    "replaced": (
        Words(
            "本站已改由另一台电脑报送，本机的密钥已停用。",
            "本机待发送的内容仍保存在本机，没有丢失：请把本机的数据文件夹复制到新电脑，"
            "在新电脑上运行 station bring 文件夹，即由新电脑继续报送。请勿在本机重新登记，否则新电脑又会停用。",
        ),
        Words(
            "Another PC has taken this one's place; this PC's key is void.",
            "Nothing is lost: copy this PC's data folder to the new PC and run station bring FOLDER there."
            " Do not enrol here again, or the new PC is shut out.",
        ),
    ),
    "former-key-ended": (
        Words("原单位编号的密钥已停用，其名下待发送的内容没有送出。", FORMER_TO_DO),
        Words("The key of a code that this PC had before is void; what waits under it is not sent.", FORMER_TO_DO_EN),
    ),
    "former-key-gone": (
        Words("原单位编号的密钥已不在本机，其名下待发送的内容没有送出。", FORMER_TO_DO),
        Words(
            "The key of a code that this PC had before is not here; what waits under it is not sent.", FORMER_TO_DO_EN
        ),
    ),
    "token-refused": (
        Words("县服务器不认可本机的程序口令。", "请联系乡镇或者联合党委，领取新的登记码后重新登记。"),
        Words("The county does not accept this PC's token.", "Ask for a new code and enrol again."),
    ),
    "county-ill": (
        Words("县服务器暂时不能受理。", "无须操作，已保存的内容会自动报送；持续一天以上的，请告知县系统管理员。"),
        Words("The county's server cannot take anything now.", "Nothing to do: what is saved is sent later by itself."),
    ),
    "county-busy": (
        Words(
            "此前的报送县服务器还没有办完，暂不接收更多。",
            "无须操作，已保存的内容会自动报送；持续一天以上的，请告知县系统管理员。",
        ),
        Words(
            "The county still has earlier submissions to decide and takes no more now.",
            "Nothing to do: what is saved is sent later by itself; if it stays for a day, tell the county.",
        ),
    ),
    "clock-off": (
        Words("本机时钟与县服务器相差超过一分钟。", "请校准本机日期、时间和时区，并打开自动对时。"),
        Words("This PC's clock is more than a minute off.", "Set date, time and time zone; switch automatic time on."),
    ),
    "disk-full": (
        Words("磁盘空间已满，无法保存新的内容。", "请清理磁盘；此前已保存的内容不受影响。"),
        Words("The disk is full, nothing new can be saved.", "Free some space; what was saved before is safe."),
    ),
    "disk-nearly-full": (
        Words("磁盘剩余空间不足200MB。", "请尽快清理磁盘，以免无法保存。"),
        Words("Less than 200 MB of the disk are free.", "Free some space soon."),
    ),
    "outbox-damaged": (
        Words("报送库文件已损坏。", "可读的内容已存入新的报送库，损坏的文件留在原处。请核对报送记录，缺少的重新填报。"),
        Words(
            "The outbox is damaged.", "What could be read is in a new one; look through it and enter again what lacks."
        ),
    ),
    "outbox-damaged-in-use": (
        Words("报送库文件已损坏，且正由运行中的程序使用。", "请先停止 station run，再运行 station doctor 修复。"),
        Words("The outbox is damaged and in use.", "Stop station run, then run station doctor again."),
    ),
    "not-saved": (
        Words("报送库无法写入。", "请检查磁盘空间和文件夹权限。"),
        Words("The outbox cannot be written.", "Check the disk's space and the folder's permissions."),
    ),
    "unexpected": (
        Words("发生了未预料的错误，稍后自动重试。", "持续出现的，请将下列说明告知县系统管理员。"),
        Words("Something unexpected happened; it is tried again.", "If it stays, tell the county what it says."),
    ),
}

EXPIRED = {9, 10}
"""OpenSSL's codes of a certificate that is not valid yet, or no more."""
WRONG_NAME = {62, 64}
NOT_PERMITTED = ("authorization", "authentication", "permissions violation", "account")
"""In what the bus says when it will not have somebody."""
REFUSALS = {401: "token-refused", 403: "token-refused"}


def explained(error: BaseException) -> Trouble:
    """What an error of the line, of the county or of the disk means for a person."""
    if isinstance(error, HTTPError):
        return Trouble(REFUSALS.get(error.code, "county-ill"), f"HTTP {error.code}")
    if isinstance(error, URLError) and isinstance(error.reason, BaseException):
        return explained(error.reason)
    return Trouble(_slug(error), str(error) or type(error).__name__)


def _slug(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error.verify_code)
    if isinstance(error, nats.errors.NoRespondersError):
        return "county-ill"
    if isinstance(error, nats.errors.Error) and _is_denied(error):
        return "not-permitted"
    return next((slug for kinds, slug in SLUGS if isinstance(error, kinds)), "unexpected")


def _is_denied(error: Exception) -> bool:
    return isinstance(error, (nats.errors.AuthorizationError, HungUp)) or any(
        mark in str(error).lower() for mark in NOT_PERMITTED
    )


def _certificate(code: int) -> str:
    if code in EXPIRED:
        return "certificate-expired"
    return "certificate-name" if code in WRONG_NAME else "certificate-unknown"


SLUGS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (socket.gaierror, "name-not-resolved"),
    (ConnectionRefusedError, "refused"),
    ((TimeoutError, asyncio.TimeoutError, nats.errors.TimeoutError), "no-answer"),
    (Damaged, "outbox-damaged-in-use"),
    (NoEntry, "not-permitted"),
    (DiskFull, "disk-full"),
    (NotSaved, "not-saved"),
    ((nats.errors.Error, ConnectionError, ssl.SSLError, EOFError), "no-answer"),
    (OSError, "unreachable"),
)
"""In the order in which they are looked at: the particular before the general."""
