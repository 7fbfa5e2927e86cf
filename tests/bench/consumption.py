"""What processes took from the machine, as the kernel counts it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> Iterator[int]:
    """A process and all that it has made."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from family(int(child))


def peak_mb(pid: int) -> float:
    """The most memory that a process and its own have held (VmHWM), in MB of 1,000,000 bytes.

    What several hold together now counts for each by its share.
    """
    return sum(_peak_kib(one) for one in family(pid)) * 1024 / 1e6


def _peak_kib(pid: int) -> int:
    shared = _kib(pid, "smaps_rollup", "Rss:") - _kib(pid, "smaps_rollup", "Pss:")
    return _kib(pid, "status", "VmHWM:") - shared


def _kib(pid: int, file: str, name: str) -> int:
    lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(name)))


def forget_peaks(pid: int) -> None:
    """What a process and its own hold now is the most that they have held, from here on."""
    for one in family(pid):
        Path(f"/proc/{one}/clear_refs").write_text("5")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, of all that it has made, and of their threads."""
    return sum(own_cpu_seconds(one) for one in family(pid))


def own_cpu_seconds(pid: int) -> float:
    """Of a process and its threads alone."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS


def cpu_of(pids: Mapping[str, int]) -> dict[str, float]:
    """By process, so far."""
    return {name: cpu_seconds(pid) for name, pid in pids.items()}


def busy_seconds() -> float:
    """What all processors of the machine have worked, for whomever (idle, waiting for a disk and guests left out)."""
    user, nice, system, _, _, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICKS


def file_system(folder: Path) -> str:
    """What the folder lies on: on tmpfs no write is durable and every figure flatters."""
    mounts = (line.split() for line in Path("/proc/mounts").read_text().splitlines())
    over = [(mount[1], mount[2]) for mount in mounts if folder.resolve().is_relative_to(mount[1])]
    return max(over, key=lambda mount: len(mount[0]), default=("", "unknown"))[1]  # a root within another has no mount
