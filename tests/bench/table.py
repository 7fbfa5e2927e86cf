"""The results as people read them, targets beside the figures, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from tests.bench.ceilings import passage
from tests.bench.run import CONCURRENT, Results
from tests.bench.scale import A_SECOND, EACH, GOING_IN, PEOPLE, STATIONS, TARGETS
from tests.bench.submitting import Round
from tests.bench.where import A_BATCH, cpu, steps

WIDE, NARROW = 46, 11
NAMES = {"todo": "what waits", "overview": "the overview"}


def table(found: Results) -> str:
    """All sections that were measured."""
    measured = (_rates, _ceilings, _latency) if found.batched else ()
    where = (_cpu, _steps) if found.batched else ()
    pages = (_pages,) if found.pages.quiet else ()
    documents = (_rebuilt, _documents, _adding) if found.documented else ()
    sections = (_machine, *measured, *pages, _memory, *where, *documents, _end)
    return "\n".join(line for section in sections for line in section(found))


def _machine(found: Results) -> Iterator[str]:
    on = found.machine
    load = " ".join(f"{one:.2f}" for one in on.load_before)
    yield f"Lianban bench: {on.cores} cores, load average {load} at the start, data on {on.disk}"
    yield f"nats-server {on.nats} (sync_interval: always), mongod {on.mongod} (majority, journal); one of each"


def _heading(title: str, columns: Sequence[str]) -> str:
    return f"\n{title:<{WIDE}}" + "".join(f"{one:>{NARROW}}" for one in columns)


def _row(name: str, values: Sequence[float], form: str = ",.0f", note: str = "") -> str:
    return f"  {name:<{WIDE - 2}}" + "".join(f"{format(one, form):>{NARROW}}" for one in values) + f"  {note}".rstrip()


def _verdict(reached: bool, aim: str) -> str:
    return f"{aim}: {'reached' if reached else 'missed'}"


def _rates(found: Results) -> Iterator[str]:
    def row(name: str, values: Sequence[float], form: str = ",.0f", note: str = "") -> str:
        return _row(name, [*values, median(values)], form, note)

    batched, stations = ([one.rate for one in rounds] for rounds in (found.batched, found.stations))
    numbers = [f"round {n}" for n in range(1, len(batched) + 1)]
    yield _heading("A second, from the first publish to the figure", [*numbers, "median"])
    yield row("ours, atomic batches", batched, note=_rate_aim(batched))
    yield row(f"ours, {STATIONS} stations awaiting each PubAck", stations, note=_rate_aim(stations))
    yield row("ordinary: FastStream + Motor, one at a time", found.ordinary)
    aim = _verdict(median(found.ratios) >= TARGETS.ratio, f"aim >= {TARGETS.ratio:g}")
    yield row("ours, atomic batches / ordinary", found.ratios, ".1f", aim)
    yield _row(f"beside it: ordinary, {CONCURRENT} at a time, no order", [found.ordinary_concurrent])


def _rate_aim(rates: Sequence[float]) -> str:
    return _verdict(median(rates) >= TARGETS.rate, f"aim {TARGETS.rate:,.0f}")


def _ceilings(found: Results) -> Iterator[str]:
    yield _heading("Ceilings, best round: one client, nothing else", ["a second"])
    yield from (_row(name, [value]) for name, value in found.ceilings.items())
    yield _row("3 publishes, 2 takes, 2 inserts in a row", [passage(found.ceilings)], note="services overlap these")


def _latency(found: Results) -> Iterator[str]:
    took = found.latency
    yield _heading(f"From submission to figure at {A_SECOND}/s, ms", ["p50", "p99", "max"])
    aim = _verdict(took.p99 <= TARGETS.p99_ms, f"aim p99 <= {TARGETS.p99_ms:g}")
    yield _row(f"{took.submissions:,} submissions", [took.p50, took.p99, took.max], ",.1f", aim)


def _pages(found: Results) -> Iterator[str]:
    """Beside each other what a page takes in quiet and while submissions go in."""
    pages, (before, during) = found.pages, found.pages.load
    yield _heading(f"First pages of {PEOPLE} people signed in, ms", ["p50", "p95", "max"])
    for said, looked in (("in quiet", pages.quiet), (f"at {GOING_IN} submissions/s", pages.busy)):
        for kind, took in looked.items():
            reached = took.p95 <= TARGETS.page_p95_ms and took.max <= TARGETS.page_ms
            aim = _verdict(reached, f"aim p95 <= {TARGETS.page_p95_ms:g}, max <= {TARGETS.page_ms:g}")
            yield _row(f"{NAMES[kind]}, {said}: {took.pages} pages", [took.p50, took.p95, took.max], note=aim)
    yield f"  (load average {before:.2f} before, {during:.2f} when submissions began; each opens one in {EACH:g} s)"


def _memory(found: Results) -> Iterator[str]:
    yield _heading("Peak memory (VmHWM), MB", ["MB"])
    for name, value in found.peak_mb.items():
        aim = _verdict(value <= TARGETS.service_mb, f"aim <= {TARGETS.service_mb:g}")
        yield _row(name, [value], note="" if name in ("nats-server", "mongod") else aim)


def _cpu(found: Results) -> Iterator[str]:
    yield _heading("CPU seconds per 20,000 submissions (medians)", ["batched", "stations"])
    batched, stations = cpu(found.batched), cpu(found.stations)
    yield from (_row(name, [batched[name], stations[name]], ".2f") for name in batched)
    sums = [sum(batched.values()), sum(stations.values())]
    yield _row("all", sums, ".2f", f"of {', '.join(_available(found, one) for one in (found.batched, found.stations))}")


def _available(found: Results, rounds: Sequence[Round]) -> str:
    return f"{median(20_000 / one.rate for one in rounds) * found.machine.cores:.2f}"


def _steps(found: Results) -> Iterator[str]:
    for service, points in steps(found.batched).items():
        batches = points.pop(A_BATCH)
        title = f"{service}: up to a point, per 1,000, batched"
        yield _heading(title, ["seconds", "%"])
        whole = sum(points.values())
        yield from (_row(name, [value, 100 * value / whole], ".3f") for name, value in points.items())
        yield f"  ({batches:,.0f} submissions a batch)"


def _rebuilt(found: Results) -> Iterator[str]:
    one = found.rebuilt
    yield _heading("Rebuild beside the running services", ["a second"])
    aim = _verdict(one.rate >= TARGETS.rebuilt_a_second, f"aim >= {TARGETS.rebuilt_a_second:,.0f}")
    yield _row(f"{one.facts:,} facts, {one.put_right:,} figures put right", [one.rate], note=aim)
    yield f"  (the first page meanwhile: p95 {one.page_ms:,.0f} ms)"


def _documents(found: Results) -> Iterator[str]:
    """Beside each other with a short ledger and with a long one."""
    short, long = found.documented
    aims = (TARGETS.documents_s, TARGETS.documents_long_s)
    yield _heading("A month's documents as JSON and PDF", ["drawn, s", "all, s", "CPU, s", "MB"])
    for one, seconds in zip(found.documented, aims, strict=True):
        reached = one.seconds <= seconds and one.peak_mb <= TARGETS.documents_mb
        aim = _verdict(reached, f"aim <= {seconds:g} s, {TARGETS.documents_mb:g} MB")
        yield _row(
            f"{one.documents} of {one.facts:,} facts", [one.drawn, one.seconds, one.cpu, one.peak_mb], ".2f", aim
        )
    aim = _verdict(_times(found) <= TARGETS.documents_mb_times, f"aim <= {TARGETS.documents_mb_times:g}")
    yield _row(f"memory at {long.ledger:,} facts / at {short.ledger:,}", [_times(found)], ".2f", aim)
    for one in found.documented:
        aim = _verdict(one.page_ms <= TARGETS.document_page_p95_ms, f"aim <= {TARGETS.document_page_p95_ms:g}")
        yield _row(f"a document's page at {one.ledger:,} facts: p95, ms", [one.page_ms], ",.0f", aim)


def _times(found: Results) -> float:
    short, long = found.documented
    return long.peak_mb / short.peak_mb


def _adding(found: Results) -> Iterator[str]:
    yield _heading("CPU seconds per 1,000 submissions added, feedback and mongod", ["seconds"])
    yield from (_row(f"with {one.ledger:,} facts in the ledger", [one.cpu], ".3f") for one in found.added)
    times = found.added[-1].cpu / found.added[0].cpu
    yield _row(
        "the last / the first",
        [times],
        ".2f",
        _verdict(times <= TARGETS.adding_times, f"aim <= {TARGETS.adding_times:g}"),
    )


def _end(found: Results) -> Iterator[str]:
    yield f"\n{found.submitted:,} submissions, {found.seconds:.0f} s"
    yield from (f"WRONG: {fault}" for fault in found.faults)
    if not found.faults:
        yield "Everything was accepted, and every month equals its recomputation."


def as_json(found: Results) -> dict[str, Any]:
    """The same, for machines; rates a second, CPU in seconds per 20,000 submissions, steps in seconds per 1,000."""
    batched, stations = ([one.rate for one in rounds] for rounds in (found.batched, found.stations))
    return {
        "machine": vars(found.machine),
        "targets": TARGETS._asdict(),
        "batched": {"rounds": batched, "median": median(batched)},
        "stations": {"rounds": stations, "median": median(stations)},
        "ordinary": {"rounds": found.ordinary, "median": median(found.ordinary)},
        "ordinary_concurrent": found.ordinary_concurrent,
        "ratio": {"rounds": found.ratios, "median": median(found.ratios)},
        "ceilings": {**found.ceilings, "passage": passage(found.ceilings)},
        "latency_ms": {"p50": found.latency.p50, "p99": found.latency.p99, "max": found.latency.max},
        "first_pages_ms": {
            when: {kind: took._asdict() for kind, took in looked.items()}
            for when, looked in (("quiet", found.pages.quiet), ("busy", found.pages.busy))
        },
        "peak_mb": found.peak_mb,
        "rebuilt": {"facts": found.rebuilt.facts, "rate": found.rebuilt.rate, "page_ms": found.rebuilt.page_ms},
        "documents": [asdict(one) for one in found.documented],
        "added": [asdict(one) for one in found.added],
        "cpu": {"batched": cpu(found.batched), "stations": cpu(found.stations)},
        "steps": steps(found.batched),
        "submitted": found.submitted,
        "seconds": found.seconds,
        "faults": found.faults,
    }
