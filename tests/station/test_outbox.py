"""The outbox: saved means on the disk, whole or not at all, and what is damaged gives back what can be read."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from services.station.folder import AlreadyRunning, Folder
from services.station.outbox.drafts import LARGEST, draft
from services.station.outbox.failures import Damaged, DiskFull, NotSaved
from services.station.outbox.outbox import KEPT_DAYS, Outbox
from services.station.outbox.repair import opened
from services.station.outbox.rows import Answer, State
from tests.station.agents import STATION, a_service, drafts, room_of
from tests.submitters import A_MONDAY

LATER = A_MONDAY + timedelta(minutes=1)
NO = [{"slug": "no", "zh": "不行。", "en": "No."}]


def accepted(id: str) -> Answer:
    return Answer(STATION, id, State.ACCEPTED, [])


def test_what_is_saved_is_there_after_the_file_is_opened_again(folder: Folder) -> None:
    outbox, made = Outbox(folder.outbox), drafts(3)
    outbox.save(made, A_MONDAY)
    outbox.close()
    found = Outbox(folder.outbox).pending(10)
    assert [(row.id, row.message) for row in found] == [(one.id, one.message) for one in made]


def test_saving_the_same_id_twice_is_one_submission(folder: Folder) -> None:
    outbox, made = Outbox(folder.outbox), drafts(1)
    outbox.save(made, A_MONDAY)
    outbox.save(made, LATER)
    assert outbox.counts()[State.PENDING] == 1


def test_a_verdict_that_is_quicker_than_the_buss_word_stands(folder: Folder) -> None:
    outbox, (made,) = Outbox(folder.outbox), drafts(1)
    outbox.save([made], A_MONDAY)
    outbox.decided([Answer(STATION, made.id, State.REFUSED, NO)], LATER)
    outbox.delivered([(1, 7)], LATER)
    row = outbox.one(made.id)
    assert row
    assert (row.state, row.sequence, row.reasons) == (State.REFUSED, 7, NO)


def test_a_verdict_on_what_is_not_from_here_is_nobodys(folder: Folder) -> None:
    outbox, (made,) = Outbox(folder.outbox), drafts(1)
    outbox.save([made], A_MONDAY)
    assert outbox.decided([Answer("150424100203", made.id, State.REFUSED, NO)], LATER) == 0
    assert outbox.counts()[State.PENDING] == 1


def test_only_what_is_decided_is_ever_swept(folder: Folder) -> None:
    outbox, made = Outbox(folder.outbox), drafts(3)
    outbox.save(made, A_MONDAY)
    outbox.decided([accepted(made[0].id)], LATER)
    outbox.delivered([(2, 7)], LATER)
    assert outbox.sweep(LATER + timedelta(days=KEPT_DAYS)) == 0
    assert outbox.sweep(LATER + timedelta(days=KEPT_DAYS, seconds=1)) == 1
    assert outbox.sweep(LATER + timedelta(days=9 * KEPT_DAYS)) == 0
    assert [row.id for row in outbox.latest(9)] == [made[2].id, made[1].id]


def test_a_verdict_that_came_after_years_without_a_line_is_there_to_be_read(folder: Folder) -> None:
    outbox, (made,) = Outbox(folder.outbox), drafts(1)
    outbox.save([made], A_MONDAY)
    answered = A_MONDAY + timedelta(days=3 * KEPT_DAYS)
    outbox.decided([Answer(STATION, made.id, State.REFUSED, NO)], answered)
    assert outbox.sweep(answered + timedelta(days=1)) == 0
    assert [row.state for row in outbox.latest(9)] == [State.REFUSED]


def test_a_full_disk_refuses_all_or_nothing_and_says_so(folder: Folder) -> None:
    outbox = Outbox(folder.outbox)
    outbox.save(drafts(5), A_MONDAY)
    (pages,) = outbox.asked("PRAGMA page_count")[0]
    outbox.asked(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull, match="磁盘空间已满，本次内容没有保存"):
        outbox.save(drafts(500), A_MONDAY)
    assert outbox.counts()[State.PENDING] == 5
    outbox.save(drafts(1), A_MONDAY)
    assert outbox.counts()[State.PENDING] == 6


def test_what_no_message_can_hold_is_not_saved(folder: Folder) -> None:
    outbox, (made,) = Outbox(folder.outbox), drafts(1)
    long = made._replace(message=made.message._replace(body=b"x" * (LARGEST + 1)))
    with pytest.raises(NotSaved, match="内容超过60KB"):
        outbox.save([long], A_MONDAY)


def test_a_folder_sends_once(folder: Folder) -> None:
    with folder.alone(), pytest.raises(AlreadyRunning), folder.alone():
        raise AssertionError("unreachable")
    with folder.alone():
        pass


def test_the_newest_correction_is_found_by_what_it_corrects(folder: Folder) -> None:
    outbox, (wrong,) = Outbox(folder.outbox), drafts(1)
    right = draft(a_service(2), STATION, STATION, A_MONDAY, corrects=wrong.id)
    outbox.save([wrong, right], A_MONDAY)
    found = outbox.successor(wrong.id)
    assert found
    assert (found.id, found.headers["ce-corrects"]) == (right.id, wrong.id)
    assert outbox.successor(right.id) is None


def _filled(folder: Folder, count: int) -> list[str]:
    outbox, made = Outbox(folder.outbox), drafts(count)
    outbox.save(made, A_MONDAY)
    outbox.decided([accepted(made[0].id)], LATER)
    outbox.close()
    return [one.id for one in made]


@pytest.mark.parametrize("room", [50_000, 100_000, 200_000, 400_000, 600_000, 700_000, 800_000, 900_000])
def test_a_repair_for_which_the_disk_has_no_room_loses_nothing(small_disk: Path, room: int) -> None:
    folder = Folder(small_disk / "station")
    ids = _filled(folder, 600)
    _overwrite(folder, _page_of_rows(folder), 4096)
    with room_of(small_disk, room), pytest.raises(DiskFull):
        opened(folder.outbox, A_MONDAY)
    outbox, _ = opened(folder.outbox, LATER)
    assert len(ids) - 30 < len(outbox.latest(1000)) < len(ids)
    outbox.close()


def _page_of_rows(folder: Folder) -> int:
    """The last full page of rows, found by what it says."""
    body, size = folder.outbox.read_bytes(), 4096
    marks = [body.count(b"record-green-service.", n, n + size) for n in range(0, len(body), size)]
    return (len(marks) - 1 - marks[::-1].index(max(marks))) * size


def _overwrite(folder: Folder, place: int, length: int) -> None:
    with folder.outbox.open("r+b") as file:
        file.seek(place)
        file.write(b"\xa5" * length)


def test_a_damaged_page_costs_its_rows_only_and_the_damaged_file_is_kept(folder: Folder) -> None:
    ids = _filled(folder, 300)
    _overwrite(folder, _page_of_rows(folder), 4096)
    with pytest.raises(Damaged):
        Outbox(folder.outbox)
    outbox, salvage = opened(folder.outbox, A_MONDAY)
    assert salvage
    assert salvage.kept.name == "outbox.damaged-20180305-090000"
    assert salvage.kept.exists()
    assert salvage.saved + salvage.lost == 300
    assert 0 < salvage.lost < 30
    kept = [row.id for row in outbox.latest(500)][::-1]
    assert kept == [id for id in ids if id in set(kept)]
    assert outbox.counts()[State.ACCEPTED] == 1
    outbox.save(drafts(1), A_MONDAY)
    assert opened(folder.outbox, A_MONDAY)[1] is None


def test_a_row_that_was_altered_is_not_sent_in_anothers_words(folder: Folder) -> None:
    _filled(folder, 300)
    body = folder.outbox.read_bytes()
    place = body.index(b'"persons":', _page_of_rows(folder)) + len(b'"persons":')
    with folder.outbox.open("r+b") as file:
        file.seek(place)
        file.write(b"9")
    _overwrite(folder, _index_page(folder), 4096)
    outbox, salvage = opened(folder.outbox, A_MONDAY)
    assert salvage
    assert salvage.lost == 1
    assert salvage.saved == 299 == len(outbox.latest(500))


def _index_page(folder: Folder) -> int:
    """The first page of the index of ids: no row lies in it, but the file is damaged."""
    with sqlite3.connect(folder.outbox) as db:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_submissions_1'"
        (page,) = db.execute(query).fetchone()
    db.close()
    return (int(page) - 1) * 4096


def test_a_file_that_is_no_outbox_at_all_is_kept_and_a_new_one_begun(folder: Folder) -> None:
    _filled(folder, 3)
    _overwrite(folder, 0, 200)
    outbox, salvage = opened(folder.outbox, A_MONDAY)
    assert salvage
    assert (salvage.saved, outbox.counts()[State.PENDING]) == (0, 0)
    assert salvage.kept.read_bytes()[:4] == b"\xa5" * 4


@pytest.mark.parametrize("renames", range(4))
def test_a_repair_cut_short_after_any_of_its_renames_has_lost_nothing_at_the_next_start(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    """The last rows are in the WAL, which stays as long as another process has the outbox open."""
    _filled(folder, 300)
    beside = Outbox(folder.outbox)
    beside.save(drafts(5), A_MONDAY)
    _overwrite(folder, _page_of_rows(folder), 4096)
    left = iter(range(renames))

    def cut(before: str | Path, after: str | Path) -> None:
        if next(left, None) is None:
            raise Killed
        Path(before).rename(after)

    with monkeypatch.context() as dying:
        dying.setattr("services.station.outbox.repair.os.replace", cut)
        with pytest.raises(Killed):
            opened(folder.outbox, A_MONDAY)
    outbox, _ = opened(folder.outbox, LATER)
    assert 275 < len(outbox.latest(500)) < 305
    assert {row.n for row in outbox.latest(5)} == set(range(301, 306))
    outbox.check()
    beside.close()
    outbox.save(drafts(1), A_MONDAY)
    assert opened(folder.outbox, LATER)[1] is None


class Killed(BaseException):
    """The process ends here."""


def test_a_repair_cut_short_between_its_two_renames_is_finished_at_the_next_start(folder: Folder) -> None:
    ids = _filled(folder, 3)
    folder.outbox.rename(folder.outbox.with_name("outbox.new"))
    outbox, salvage = opened(folder.outbox, A_MONDAY)
    assert salvage is None
    assert [row.id for row in outbox.latest(9)] == ids[::-1]
