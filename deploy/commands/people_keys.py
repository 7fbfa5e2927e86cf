"""`lianban people-keys`: under which keys particulars and sheets of appraisals lie, and how many wait for a newer."""

from __future__ import annotations

from deploy.commands.speaker import Speaking


def people_keys(speaking: Speaking) -> None:
    """One line for each key; after a rotation until only the newest is left."""
    answered = speaking().asks("/roster/api/people/keys")
    newest, under = answered["newest"], answered["sealed_under"]
    for id, persons in sorted(under.items()):
        print(f"密钥{id}：{persons}份" + ("（现用）" if id == newest else "（待换用新密钥）"))
    left = sum(persons for id, persons in under.items() if id != newest)
    print(f"还有{left}份信息待换用新密钥。" if left else "全部信息已使用现用密钥。")
