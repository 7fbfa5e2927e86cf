"""The forms of one's own account."""

from __future__ import annotations

from collections.abc import Sequence

from services.roster.accounts.model import Account
from services.roster.accounts.proving import proof_inputs
from services.roster.accounts.step_forms import beside_others, new_password_inputs, plain_form, secret_input
from shared.forms import Shown, Wrong

PAGE = "/roster/account"


def password_form(wrongs: Sequence[Wrong]) -> Shown:
    """By the old one."""
    inputs = (secret_input("old", "原密码", "", "current-password", wrongs), *new_password_inputs(wrongs))
    return plain_form("password", f"{PAGE}/password", "修改密码", inputs, wrongs)


def second_form(account: Account, wrongs: Sequence[Wrong]) -> Shown:
    """A second factor in the place of the one that is, or the first."""
    button = "更换动态口令" if account.totp else "设置动态口令"
    return beside_others(plain_form("second", f"{PAGE}/second", button, proof_inputs(account, wrongs), wrongs))


def unified_form(account: Account, wrongs: Sequence[Wrong]) -> Shown:
    """Before a unified identity opens the account, too."""
    button = "换绑统一身份" if account.unified else "绑定统一身份"
    return beside_others(plain_form("unified", f"{PAGE}/unified", button, proof_inputs(account, wrongs), wrongs))
