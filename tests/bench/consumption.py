"""What processes took from the machine, as the kernel counts it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> float:
    """The most memory a process has held at once (VmHWM), in MB of 1,000,000 bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kib) * 1024 / 1e6


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and all its threads."""
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
