"""The passwords that are tried first, in small letters: those of published lists, and of such offices."""

from __future__ import annotations

TRIED_FIRST = """
password passw0rd p@ssword p@ssw0rd pass@word admin administrator admin123 admin@123 admin888 root toor guest test
test123 test@123 user welcome welcome1 letmein login master monkey dragon sunshine princess football baseball shadow
superman batman michael jordan harley ranger hunter buster soccer hockey killer george andrew charlie thomas robert
qwerty qwerty123 qwertyuiop qwer1234 1qaz2wsx 1qaz@wsx zaq12wsx asdfghjkl asdf1234 zxcvbnm qazwsxedc abcd1234 abc123
abc12345 abcdefgh abcdefghij a123456 a1234567 a12345678 a123456789 aa123456 aa123456789 aa12345678 q123456789 woaini
woaini1314 woaini520 iloveyou iloveyou1 5201314 520520 1314520 7758521 123456 1234567 12345678 123456789 1234567890
0123456789 9876543210 123123123 123321123 1122334455 11223344 147258369 741852963 987654321 666666 888888 88888888
66666666 000000 0000000000 1111111111 111222333 112233 abc123456 zhang123 wang123 li123456 zhongguo china beijing
lianban lianban123 lianban@123 zhengwu zhengwu123 zwfw zwfw123
dangwei changeme changeme123 default secret secret123 huawei huawei123 huawei@123 lenovo windows computer internet
"""
COMMON = frozenset(TRIED_FIRST.split())
