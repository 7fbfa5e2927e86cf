"""Settles the county's file, looks whether anything stops a start, and starts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from deploy.up import findings, settings
from deploy.up.compose import command
from deploy.up.findings import CheckLine, Level
from deploy.up.last_words import last_words, logs_since, now
from deploy.up.settings import COMPOSE_FILE, CountyFile, WrongSettings

NO_IMAGE = re.compile(
    "pull access denied|failed to resolve|no such host|i/o timeout|error pulling image|manifest unknown"
    "|connection refused"
)
"""How an engine says that it cannot have an image."""
COUNTY = re.compile(r"[0-9]{6}")


def settled(shell: Mapping[str, str]) -> tuple[CountyFile, list[str]]:
    """The county's file as the start is to find it, and what is to be said; nothing is written yet."""
    at, known = settings.place(shell), settings.names()
    held = settings.read(at) or settings.begun(at, _before(at))
    file, more = settings.noted(held, shell, known)
    if wrong := settings.mistakes(file, known) or _county(file):
        raise WrongSettings("\n".join(wrong))
    sentences = settings.differing(file, shell, known)
    if more or not at.exists():
        sentences.append(f"{', '.join(more) or '设置'}由make up写入{at}，以后以它为准。 It is kept there, and holds.")
    return file, sentences


def _before(at: Path) -> CountyFile | None:
    return settings.read(settings.BEFORE) if at == settings.USUAL else None


def start(shell: Mapping[str, str]) -> int:
    """Everything up and healthy; else why not, in the words of what did not start."""
    file, sentences = settled(shell)
    if stops := [one for one in _first(file, shell) if one.level is Level.STOPS]:
        _say(*sentences, *map(str, stops))
        return 1
    file.write()
    settings.link(file.place)
    _say(*sentences)
    environment, since = _environment(file, shell), now()
    if status := _up(file, environment):
        _say(*_ended(file, environment, since))
        return status
    if revision := shell.get("REVISION"):
        file.saying("REVISION", revision).write()
    where = _asked(file, environment, "exec", "-T", "roster", "printenv", "PUBLIC_URL").strip()
    print(f"联办已启动 Lianban runs: {where}/")
    print(f"  browsers trust it once {file.values.get('LIANBAN_SECRETS', 'deploy/secrets')}/ca.pem is imported")
    return 0


def check(shell: Mapping[str, str]) -> int:
    """Everything that can be looked at before a start, a line each; 1 where something would stop it."""
    try:
        file, sentences = settled(shell)
    except WrongSettings as why:
        print(CheckLine(Level.STOPS, str(why)))
        return 1
    print(CheckLine(Level.MIND if sentences else Level.FINE, "\n      ".join([f"设置 {file.place}", *sentences])))
    found = list(_first(file, shell))
    if not any(one.level is Level.STOPS for one in found[:2]):
        found += _more(file, shell)
    print("\n".join(map(str, found)), flush=True)
    return int(any(one.level is Level.STOPS for one in found))


def _first(file: CountyFile, shell: Mapping[str, str]) -> Iterator[CheckLine]:
    """What would end a start in an engine's words: looked at each time."""
    stops = False
    for one in findings.engine():
        stops |= one.level is Level.STOPS
        yield one
    if not stops:
        runs = bool(_asked(file, _environment(file, shell), "ps", "-q", "nats", "gateway").strip())
        yield from findings.ports(file.values, runs)
        yield from findings.disk(file.values, _root())


def _more(file: CountyFile, shell: Mapping[str, str]) -> Iterator[CheckLine]:
    yield from findings.clock()
    yield from findings.images(file.values, findings.usual_images(_compose()))
    yield from _secrets(file, _environment(file, shell))


def _secrets(file: CountyFile, environment: Mapping[str, str]) -> Iterator[CheckLine]:
    """In a container of the image, which alone may read them; before the first start there are none."""
    folder = COMPOSE_FILE.parent / file.values.get("LIANBAN_SECRETS", "secrets")
    configured = json.loads(_asked(file, environment, "config", "--format", "json") or "{}")
    image = configured.get("services", {}).get("secrets", {}).get("image", "")
    if not folder.exists():
        yield CheckLine(Level.FINE, f"密钥尚未建立，首次启动时建立在{folder}")
    elif findings.run(("docker", "image", "inspect", image))[0]:
        yield CheckLine(Level.MIND, f"镜像{image}尚未构建，密钥和证书没有检查", "执行make up时构建并检查。")
    else:
        looking = ("run", "--rm", "--no-deps", "-T", "-e", "SERVICE=look", "secrets")
        lines = [line for line in _asked(file, environment, *looking).splitlines() if line.startswith("{")]
        found = [json.loads(line) for line in lines]
        yield from (CheckLine(Level[one["level"]], one["what"], one["do"]) for one in found)
        if not found:
            yield CheckLine(
                Level.MIND, "密钥和证书没有查成 They could not be looked at", f"请执行docker run --rm {image}看原因。"
            )


def _root() -> Path | None:
    status, said = findings.run(("docker", "info", "--format", "{{.DockerRootDir}}"))
    return Path(said.splitlines()[-1]) if status == 0 and said else None


def _up(file: CountyFile, environment: Mapping[str, str]) -> int:
    """What compose says is shown as it comes; where it could have no image, what to do is said behind it.

    An image that is made already is not built: where it was carried to, nothing could be.
    """
    build = "--no-build" if file.names_its_image else "--build"
    words = command(file.place, ("up", "-d", build, "--wait"))
    with subprocess.Popen(words, env=dict(environment), stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        said = []
        for line in running.stderr:
            said.append(line)
            sys.stderr.write(line)
    if running.returncode and NO_IMAGE.search("".join(said)):
        _say(f"镜像下载不到：{findings.mirror()} Images cannot be had from where they are said to be.")
    return running.returncode


def _ended(file: CountyFile, environment: Mapping[str, str], since: str) -> list[str]:
    return last_words(_asked(file, environment, *logs_since(since)))


def _asked(file: CountyFile, environment: Mapping[str, str], *words: str) -> str:
    """What compose answers; of a file that is not written yet it knows by its environment."""
    at = file.place if file.place.exists() else None
    done = subprocess.run(
        command(at, words),
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    return done.stdout


def _environment(file: CountyFile, shell: Mapping[str, str]) -> dict[str, str]:
    kept = settings.within(shell, settings.names())
    return kept if file.place.exists() else {**kept, **file.values}


def _county(file: CountyFile) -> list[str]:
    code = file.values.get("COUNTY", "")
    if COUNTY.fullmatch(code):
        return []
    said = f"现在是{code}" if code else "还没有写"
    return [
        f"COUNTY应为本县六位行政区划代码，{said}：执行 make up COUNTY=123456，或者写入{file.place}。 COUNTY is needed."
    ]


def _compose() -> str:
    return COMPOSE_FILE.read_text(encoding="utf-8")


def _say(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr, flush=True)
