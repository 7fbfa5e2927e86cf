"""The rules of accounts: who needs a second factor, which password is none, how long what is good."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import timedelta

from services.roster.accounts.common_passwords import COMMON
from shared.events.roster.people import Post
from shared.roster.posts import BY_TWO, POSTS

CODE_GOOD_FOR = timedelta(days=7)
DEVICE_GOOD_FOR = timedelta(days=30)
LOCKED_FOR = timedelta(minutes=30)
MOST_FAILURES = 10
"""Of one account within a day; then it is locked."""
LEAST, LEAST_OF_ANY, MOST = 10, 16, 128
"""Letters of a password: of three kinds, of any, and the most that is looked at."""
KINDS = tuple(re.compile(one) for one in (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]"))
TOO_SHORT = f"密码至少{LEAST}个字符，含大写字母、小写字母、数字、符号中的三种；或者不少于{LEAST_OF_ANY}个字符。"
TOO_LONG = f"密码不超过{MOST}个字符。"
TOO_COMMON = "这个密码过于常见，容易被猜中，请另设一个。"
TOO_NEAR = "密码不能含有本人姓名、手机号码或者登录码。"
NOT_THE_SAME = "两次填写的密码不一致，请重新填写。"


def needs_second(posts: Collection[Post]) -> bool:
    """Whether a password alone is not enough."""
    return bool(BY_TWO & {*posts})


def is_of_security(posts: Collection[Post]) -> bool:
    """Whether the security administrator alone looks after such an account."""
    return needs_second(posts) or any(POSTS[post].by_committee for post in posts)


def fault_of_password(password: str, named: Collection[str], codes: Collection[str] = (), county: str = "") -> str:
    """Why it is none, in a sentence; empty when it is one. `named` are a person's name and numbers.

    `county` is its name in pinyin.
    """
    if len(password) > MOST:
        return TOO_LONG
    kinds = sum(bool(kind.search(password)) for kind in KINDS)
    if len(password) < LEAST or (kinds < 3 and len(password) < LEAST_OF_ANY):
        return TOO_SHORT
    plain = as_typed(password).casefold()
    if any(one and as_typed(one).casefold() in plain for one in (*named, *codes)):
        return TOO_NEAR
    return TOO_COMMON if is_common(plain) or is_of_county(plain, county) else ""


LEVELS = frozenset({"", "xian", "qu", "shi", "qi", "zwfw", "lianban"})
"""What is put behind a county's name."""


def is_of_county(plain: str, county: str) -> bool:
    """Whether nothing but the county's name is in it, with a word of offices and a few signs behind."""
    stem = re.sub(r"[^a-z]+$", "", plain)
    return bool(county) and stem.startswith(county) and re.sub(r"[^a-z]", "", stem[len(county) :]) in LEVELS


def is_common(plain: str) -> bool:
    """One of those that are tried first, also with a few signs behind it, or hardly more than one letter."""
    stem = re.sub(r"[^a-z]+$", "", plain)
    return plain in COMMON or re.sub(r"\W+$", "", plain) in COMMON or len(set(plain)) < 4 or stem in COMMON


def as_typed(text: str) -> str:
    """As it is meant: full-width letters and spaces of an input method make no difference."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
