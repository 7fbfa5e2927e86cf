"""Passwords are kept as argon2id (19 MiB, two passes) and looked at two at a time, beside the loop."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pwdlib.hashers.argon2 import Argon2Hasher

AT_ONCE = 2
T = TypeVar("T")
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
"""OWASP's least for argon2id: one takes a twentieth of a second of one processor."""


@cache
def _hasher() -> Argon2Hasher:
    """Loaded when somebody signs in: the process that decides never does."""
    from pwdlib.hashers.argon2 import Argon2Hasher

    return Argon2Hasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_urlsafe())


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, "passwords")


async def _beside(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)


async def hashed(password: str) -> str:
    """As it is kept."""
    return await _beside(lambda: _hasher().hash(password))


async def fits(password: str, kept: str) -> bool:
    """Whether it is the one; without one that is kept it takes as long to say no."""
    return await _beside(lambda: _hasher().verify(password, kept or _nobodys())) and bool(kept)
