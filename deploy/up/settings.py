"""The settings of a county in containers lie in one file, made once: `deploy/county.env`.

A shell is a way to say one the first time, no place to keep it: what the file says holds, what it does not say yet is
noted there, and where a shell says something else that is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[1]
COMPOSE_FILE = DEPLOY / "compose.yml"
OF_SEVERAL = DEPLOY / "compose.cluster.yml"
"""What is laid over it where any part may be lost, and told by the same file."""
EXAMPLE = DEPLOY / "county.env.example"
USUAL = DEPLOY / "county.env"
BEFORE = DEPLOY / ".env"
"""Where compose looks by itself: what an earlier release noted, from then on a link to the file."""
CLUSTER = "CLUSTER"
"""Whether the second is laid over the first: true."""
OF_COMPOSE = frozenset({"COMPOSE_PROFILES", CLUSTER})
OF_ONE_COMMAND = frozenset({"REVISION", "DROP_HOST", "REPLICAS_MAY_FALL"})
"""What is built now, and what is agreed to once, are no settings; which image runs is noted when it does."""
ALIKE = 0.8
"""From which likeness on a name in the file is taken for a setting that was mistyped."""

_ASKED = re.compile(r"\$\{([A-Z][A-Z0-9_]*)")
_SAID = re.compile(r"^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$")
_PLAIN = re.compile(r"^[A-Za-z0-9_./:@,+%=-]*$")


class WrongSettings(Exception):
    """Nothing can be started with what the file or the shell says: the sentence names it."""


@dataclass(frozen=True)
class CountyFile:
    """The lines of the file; comments stay where they are."""

    place: Path
    lines: tuple[str, ...]

    @property
    def values(self) -> dict[str, str]:
        """What it says; an empty value counts as one that is not said."""
        found = (said for line in self.lines if (said := _SAID.match(line.strip())))
        return {one[1]: value for one in found if (value := _value(one[2]))}

    @property
    def is_several(self) -> bool:
        """Whether any part of the county may be lost."""
        return self.values.get(CLUSTER) == "true"

    @property
    def names_its_image(self) -> bool:
        """Whether the image is one that was made elsewhere: then none is built."""
        return "LIANBAN_IMAGE" in self.values

    def saying(self, name: str, value: str) -> CountyFile:
        """With one more setting, in the place of its line or of the comment that shows it, else at the end."""
        line = f"{name}={_quoted(value)}"
        for start in (f"{name}=", f"# {name}=", f"#{name}="):
            for at, held in enumerate(self.lines):
                if held.startswith(start):
                    return replace(self, lines=(*self.lines[:at], line, *self.lines[at + 1 :]))
        return replace(self, lines=(*self.lines, line))

    def write(self) -> None:
        """Replaced as a whole."""
        draft = self.place.with_name(f"{self.place.name}.new")
        draft.write_text("\n".join(self.lines) + "\n", encoding="utf-8")
        draft.replace(self.place)


def place(environment: Mapping[str, str]) -> Path:
    """LIANBAN_SETTINGS names another file: of a second county on one host."""
    return Path(environment.get("LIANBAN_SETTINGS") or USUAL)


def read(at: Path) -> CountyFile | None:
    """None where there is no such file yet."""
    return CountyFile(at, tuple(at.read_text(encoding="utf-8").splitlines())) if at.exists() else None


def begun(at: Path, before: CountyFile | None = None) -> CountyFile:
    """The example, every setting in a comment; what an earlier release noted beside compose.yml is taken over."""
    file = CountyFile(at, tuple(EXAMPLE.read_text(encoding="utf-8").splitlines()))
    for name, value in before.values.items() if before else ():
        file = file.saying(name, value)
    return file


def link(at: Path, before: Path = BEFORE) -> None:
    """Whoever types `docker compose` by himself in that folder is given the same settings."""
    if at.parent == before.parent and not before.is_symlink():
        before.unlink(missing_ok=True)
        before.symlink_to(at.name)


def names() -> frozenset[str]:
    """Every setting that the county's compose files ask for."""
    asked = (_ASKED.findall(file.read_text(encoding="utf-8")) for file in (COMPOSE_FILE, OF_SEVERAL))
    return (frozenset(chain(*asked)) | OF_COMPOSE) - OF_ONE_COMMAND


def noted(file: CountyFile, shell: Mapping[str, str], known: Collection[str]) -> tuple[CountyFile, list[str]]:
    """The file with what only the shell says, and the names of that."""
    said = file.values
    more = [name for name in sorted(known) if shell.get(name) and name not in said]
    for name in more:
        file = file.saying(name, shell[name])
    return file, more


def differing(file: CountyFile, shell: Mapping[str, str], known: Collection[str]) -> list[str]:
    """A sentence for each setting of which the shell says something else than the file, which holds."""
    said = file.values
    return [
        f"{name}：本次命令给的是{shell[name]}，{file.place}里是{said.get(name, '默认值')}；以文件为准，要改请改文件。 "
        f"The file holds."
        for name in sorted(known)
        if shell.get(name) and shell[name] != said.get(name)
    ]


def mistakes(file: CountyFile, known: Collection[str]) -> list[str]:
    """Lines that nobody can read, and names that are almost a setting's."""
    every = {*known, *OF_ONE_COMMAND}
    unread = [
        f"{file.place}第{number}行看不懂：{line.strip()[:60]}。 It is neither NAME=value nor a comment."
        for number, line in enumerate(file.lines, 1)
        if line.strip() and not line.lstrip().startswith("#") and not _SAID.match(line.strip())
    ]
    almost = ((name, get_close_matches(name, every, 1, ALIKE)) for name in sorted(set(file.values) - every))
    misspelt = [
        f"{file.place}里的{name}不是设置项，是否应为{close[0]}？ It is no setting." for name, close in almost if close
    ]
    several = file.values.get(CLUSTER, "true")
    unknown = [f"{CLUSTER}只能是true，现在是{several}：单台运行的，请去掉这一行。 It is true, or not said."]
    return unread + misspelt + (unknown if several != "true" else [])


def within(shell: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """The environment of compose: a setting reaches it through the file alone."""
    return {name: value for name, value in shell.items() if name not in known}


def _value(text: str) -> str:
    """As compose reads a line: quotes are taken off, and from a blank and a # on it is a comment."""
    text = text.strip()
    for quote in "'\"":
        if text.startswith(quote) and (end := text.find(quote, 1)) > 0:
            return text[1:end]
    return re.split(r"\s+#", text, maxsplit=1)[0].strip() if not text.startswith("#") else ""


def _quoted(value: str) -> str:
    if _PLAIN.match(value):
        return value
    if "'" in value or "\n" in value:
        raise WrongSettings(f"设置里不能有单引号和换行：{value} A setting holds no quote and no line's end.")
    return f"'{value}'"
