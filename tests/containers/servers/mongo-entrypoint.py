"""What the official mongo image's entry point does on an empty folder, as far as compose.yml leans on it.

MONGO_INITDB_ROOT_USERNAME_FILE and MONGO_INITDB_ROOT_PASSWORD_FILE name the first administrator, who is made through a
mongod of one's own on loopback before the real one listens; without a name nobody is made.
"""

import os
import subprocess
import sys
from pathlib import Path

from pymongo import MongoClient

DATA = Path("/data/db")


def secret(name: str) -> str:
    """A variable's value, from the file that its `_FILE` names."""
    return Path(os.environ[f"{name}_FILE"]).read_text().strip()


def make_administrator() -> None:
    """Once: a folder that holds a database already has one."""
    alone = subprocess.Popen(["mongod", "--dbpath", str(DATA), "--bind_ip", "127.0.0.1", "--port", "27018"])
    try:
        client: MongoClient[dict[str, object]]
        with MongoClient("127.0.0.1", 27018, directConnection=True) as client:
            name, password = secret("MONGO_INITDB_ROOT_USERNAME"), secret("MONGO_INITDB_ROOT_PASSWORD")
            client.admin.command("createUser", name, pwd=password, roles=["root"])
    finally:
        alone.terminate()
        alone.wait()


if os.environ["MONGO_INITDB_ROOT_USERNAME_FILE"] and not (DATA / "WiredTiger").exists():
    make_administrator()
arguments = sys.argv[1:] if sys.argv[1:2] == ["mongod"] else ["mongod", *sys.argv[1:]]
os.execvp("mongod", [*arguments, "--dbpath", str(DATA)])
