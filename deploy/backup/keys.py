"""The key that backups are encrypted to (age, X25519), and the one that opens them, which lies elsewhere.

Saving needs no secret, so that it may be done by a clock; who has an archive and not the offline key has nothing.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pyrage import IdentityError, x25519

from deploy.embedded.trouble import Trouble
from deploy.identity.files import kept, written
from shared.calendar import CHINA

RECIPIENT, IDENTITY = Path("backup") / "recipient", Path("offline") / "backup.key"
"""Below the folder of all secrets: what encrypts, and what opens."""
NAME_IT = "请用 --key（make restore 用 KEY=）指明备份密钥 backup.key"
UNREAD = f"密钥文件{{}}无法读取，{NAME_IT}。 The key cannot be read."
NO_KEY = f"文件{{}}不是备份密钥，{NAME_IT}。 No key is in it."


def recipient(secrets: Path) -> x25519.Recipient:
    """Whom archives are for; made the first time, with the key that opens them."""
    return x25519.Recipient.from_str(kept(secrets / RECIPIENT, lambda: _made(secrets)).strip())


def _made(secrets: Path) -> str:
    """The opening half first: an archive that nobody can open is none."""
    identity = x25519.Identity.generate()
    lines = f"# Opens the county's backups: keep it off this machine. {datetime.now(CHINA).isoformat('T', 'seconds')}\n"
    written(secrets / IDENTITY, f"{lines}# public key: {identity.to_public()}\n{identity}\n")
    return f"{identity.to_public()}\n"


def identity(place: Path) -> x25519.Identity:
    """As its file says; `Trouble` where there is none in it."""
    try:
        lines = place.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(UNREAD.format(place)) from error
    try:
        return x25519.Identity.from_str(next(line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")))
    except (StopIteration, IdentityError) as error:
        raise Trouble(NO_KEY.format(place)) from error
