# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's way through the window: import, see what is missing, settle conflicts, print."""

import shutil
import threading
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from committee import choose, practise, visible_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from windows import click, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.app import App
from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.domain.documents import Author, Due
from pmqa_desktop.messages import word
from pmqa_desktop.services.practice.build import practice_identity
from pmqa_desktop.services.rounds.recovery import make_recovery
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.importing import private_folder, read_file
from pmqa_desktop.sync.keys import Cost, seeded_identity
from pmqa_desktop.sync.sealing import seal
from ui.models.board import STATE_ROLE, BoardModel
from ui.models.results import Column
from ui.screens.reports.screen import ReportsScreen

AGENCY = "moi-ops"
PASSPHRASE = "practice"
LAST = 5  # the consensus' column


@pytest.fixture
def empty(open_window, chosen_folder, practice_round):
    """Return the secretariat's window with the roster only; the menu's files are the sealed sheets."""
    files = tuple(sorted((practice_round / "sheets").iterdir()))
    return practise(open_window(), "secretariat", chosen_folder, files)


@pytest.fixture
def full(open_window, prepared_home, everything, chosen_folder):
    """Return the secretariat's window with everything imported."""
    shutil.copytree(everything, prepared_home / "practice" / "secretariat")
    shutil.copyfile(everything.parents[1] / "laptop", prepared_home / "laptop")
    return practise(open_window(), "secretariat", chosen_folder)


def _screen(shell):
    return shell.window.screen_now


def _take(shell, *paths):
    _screen(shell).import_files(tuple(paths))
    settle(shell)


def _count(shell, state):
    return int(named(shell, f"count-{state}", QLabel).text())


def _states(shell, agency):
    model = _screen(shell).model
    row = next(n for n, one in enumerate(model.board.rows) if one.agency == agency)
    return [model.index(row, column).data(STATE_ROLE) for column in range(1, LAST + 1)]


def test_an_empty_board_says_what_to_do(empty):
    assert on_screen(empty) == "registry"
    assert "ยังไม่มีผลประเมินเข้ามา" in visible_text(empty)
    assert there(empty, "registry-first-import")
    click(empty, "registry-first-packs")
    assert on_screen(empty) == "packing-screen" and "ยังไม่ได้เลือกเอกสาร" in visible_text(empty)
    click(empty, "to-registry")
    assert (_count(empty, "expected"), _count(empty, "received"), _count(empty, "awaited")) == (15, 0, 12)
    assert _count(empty, "not-due") == 3


def test_sealed_files_ask_for_the_own_key_and_then_come_in(empty):
    choose(empty, "import-files")
    assert _count(empty, "received") == 0
    assert there(empty, "import-passphrase")
    assert named(empty, "import-passphrase").hasFocus()
    assert "ปิดผนึก 12" in visible_text(empty)
    assert "ปฏิเสธ" not in visible_text(empty)

    named(empty, "import-passphrase").clear()
    write(empty, "import-passphrase", PASSPHRASE)
    click(empty, "import-unlock")

    assert _count(empty, "received") == 11
    assert _count(empty, "recused") == 1
    assert _count(empty, "awaited") == 3
    assert "ใหม่ 12" in visible_text(empty)


def test_a_wrong_passphrase_imports_nothing_and_can_be_typed_again(empty):
    choose(empty, "import-files")
    named(empty, "import-passphrase").clear()
    write(empty, "import-passphrase", "wrong")

    click(empty, "import-unlock")

    assert _count(empty, "received") == 0
    assert there(empty, "import-passphrase-trouble")
    named(empty, "import-passphrase").clear()
    write(empty, "import-passphrase", PASSPHRASE)
    click(empty, "import-unlock")
    assert _count(empty, "received") == 11


def test_a_folder_brings_everything_and_a_second_time_changes_nothing(empty, practice_round):
    _take(empty, practice_round / "clear")
    assert _count(empty, "received") + _count(empty, "recused") == _count(empty, "expected") == 15
    state = in_store(empty, workspace(empty).session.documents.state)

    _take(empty, practice_round / "clear")

    assert in_store(empty, workspace(empty).session.documents.state) == state
    assert "มีอยู่แล้ว 29" in visible_text(empty)


def test_every_file_that_is_refused_is_told_with_its_reason(empty, practice_round, tmp_path):
    whole = (practice_round / "clear" / f"scoresheet-chair-{AGENCY}.pmqa").read_bytes()
    (tmp_path / "note.pmqa").write_bytes(b"hello")
    (tmp_path / "half.pmqa").write_bytes(whole[:3000])

    _take(empty, tmp_path / "note.pmqa", tmp_path / "half.pmqa")

    words = visible_text(empty)
    assert "ปฏิเสธ 2" in words
    assert "note.pmqa" in words
    assert "half.pmqa" in words
    assert _count(empty, "received") == 0


def test_a_consensus_without_its_sheets_is_held_and_says_what_it_waits_for(empty, practice_round):
    clear = practice_round / "clear"
    _take(empty, clear / f"reveal-{AGENCY}.pmqa", clear / f"consensus-{AGENCY}.pmqa")

    assert _states(empty, AGENCY)[-1] == "held"
    assert _count(empty, "held") == 1
    assert there(empty, "board")
    assert "ถือไว้: " in visible_text(empty)
    click(empty, "board-show-1")
    assert _screen(empty).pane.view.filter.rowCount() == 1


def test_a_revision_that_came_before_its_parent_says_which_one_it_waits_for(empty, practice_round, tmp_path):
    with private_folder() as staging:
        found = read_file(practice_round / "clear" / f"scoresheet-expert-1-{AGENCY}.pmqa", None, staging).documents
    second = [one for one in found if one.kind == "declaration" or one.document.seq == 2]
    header = second[0].document
    alone = tmp_path / "second.pmqa"
    alone.write_bytes(
        bundle_bytes(
            second, practice_identity(7, "expert-1"), round=header.round, rehearsal=True,
            made_at=header.made_at, app=header.app,
        )
    )  # fmt: skip

    _take(empty, alone)

    model = _screen(empty).model
    row = next(n for n, one in enumerate(model.board.rows) if one.agency == AGENCY)
    assert "รอฉบับ 1" in model.index(row, 2).data()


def test_tabs_and_search_narrow_the_board(full):
    view = _screen(full).pane.view

    click(full, "board-show-2")
    assert view.filter.rowCount() == 3
    click(full, "board-show-1")
    assert view.filter.rowCount() == 0
    click(full, "board-show-0")
    write(full, "board-search", "มหาดไทย")
    assert view.filter.rowCount() == 1
    assert view.filter.index(0, 0).data() == "สำนักงานปลัดกระทรวงมหาดไทย"


def test_the_board_and_the_results_are_sound_models(full, qtmodeltester):
    qtmodeltester.check(_screen(full).model)
    qtmodeltester.check(_screen(full).pane.view.filter)
    qtmodeltester.check(_screen(full).results.model)


def test_a_cell_is_read_as_a_sentence(full):
    model = _screen(full).model

    said = model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "สำนักงานปลัดกระทรวงมหาดไทย, กรรมการผู้ทรงคุณวุฒิ 1: รับแล้ว ฉ.2"


def test_arrows_move_through_the_board_and_the_notes_follow(full):
    view = _screen(full).pane.view
    view.setFocus()
    view.choose(AGENCY)

    press(full, "Down", view)

    assert view.chosen() == "sample-dept"
    assert "กรมตัวอย่างเพื่อการพัฒนาพื้นที่" in visible_text(full).split("board")[0]


def test_overdue_is_told_in_a_live_round_only(full):
    seen = in_store(full, lambda: workspace(full).round)
    due = (Due(what="scoresheet", date="2021-08-02"),)
    board = in_store(full, workspace(full).registry.board)
    awaited = board.rows[0].seats[0].__class__(AGENCY, "scoresheet", "chair", "chair", "awaited")
    live = seen.__class__(**{f: getattr(seen, f) for f in seen.__dataclass_fields__} | {
        "rehearsal": False, "roster": seen.roster.__class__(**{
            f: getattr(seen.roster, f) for f in seen.roster.__struct_fields__} | {"due": due}),
    })  # fmt: skip

    def state(info, day):
        return BoardModel(info, lambda: day).state(board.rows[0], awaited)

    assert state(live, date(2021, 8, 2)) == "awaited"
    assert state(live, date(2021, 8, 3)) == "late"
    assert state(seen, date(2021, 8, 3)) == "awaited"


def _sheet(laptop, ticked):
    """Fill and sign a whole sheet that ticks one point only."""
    for item in laptop.round.criteria.edition.items:
        results = tuple(IndicatorAnswer(code=one.code, result="90") for one in item.indicators)
        ticks = (ticked,) if ticked in {point.id for point in item.points} else ()
        laptop.scoring.save_answer(AGENCY, item.code, Answer(ticks=ticks, indicators=results))
    laptop.scoring.keep_notices(AGENCY, "ตั้งใจ")
    laptop.scoring.keep_notices(AGENCY, "ตั้งใจไว้เช่นนี้")
    laptop.scoring.sign(AGENCY, PASSPHRASE)


@pytest.fixture
def conflict(empty, practice_round, tmp_path):
    """Return the window after two different sheets of one seat at one revision came in, from two laptops."""
    pack, key = practice_round / "packs" / "expert-2.pmqa", practice_round / "keys" / "expert-2.key"
    stick = tmp_path / "two-versions"
    stick.mkdir()
    for number, point in enumerate(("1.1.B1", "1.2.B1")):
        laptop = App(tmp_path / f"laptop-{number}").open_pack(pack, key, PASSPHRASE)
        if number:
            laptop.exchange.import_paths([tmp_path / "declared"])
        else:
            laptop.scoring.declare(AGENCY, "no_conflict", "", PASSPHRASE)
            (tmp_path / "declared").mkdir()
            laptop.exchange.export("declaration", AGENCY, tmp_path / "declared", sealed=False)
        _sheet(laptop, point)
        laptop.exchange.export("scoresheet", AGENCY, stick, sealed=False)
        laptop.close()
    _take(empty, stick)
    return empty


def test_two_versions_are_shown_side_by_side_with_what_differs(conflict):
    assert _count(conflict, "conflict") == 1
    assert _states(conflict, AGENCY)[2] == "conflict"
    assert _screen(conflict).pane.view.chosen() == AGENCY

    words = visible_text(conflict)

    assert there(conflict, "dispute")
    assert "ฉบับ A" in words
    assert "ฉบับ B" in words
    assert "(1.1, 1.2)" in words


def test_the_versions_go_back_to_their_owner_who_can_read_them(conflict, chosen_folder, practice_round, tmp_path):
    click(conflict, "dispute-return")
    named(conflict, "return-passphrase").clear()
    write(conflict, "return-passphrase", PASSPHRASE)
    click(conflict, "return-unlock")

    (file,) = chosen_folder.glob("*.pmqa")
    pack, key = practice_round / "packs" / "expert-2.pmqa", practice_round / "keys" / "expert-2.key"
    owner = App(tmp_path / "owner").open_pack(pack, key, PASSPHRASE)
    report = owner.exchange.import_paths([file])
    owner.close()
    assert report.files[0].refusal is None
    assert len([line for line in report.files[0].documents if line.kind == "scoresheet"]) == 2


def test_results_stand_in_rank_order_with_their_totals(full):
    click(full, "registry-results")
    model = _screen(full).results.model
    results = in_store(full, workspace(full).registry.results)

    shown = [[model.index(row, column).data() for column in (Column.RANK, Column.TOTAL)] for row in range(3)]

    assert shown == [[str(one.rank), one.display] for one in results.ranking]


def _choose(shell, agency):
    results = _screen(shell).results
    rows = [results.model.index(row, 0).data(Qt.ItemDataRole.UserRole).agency for row in range(3)]
    results.view.selectRow(rows.index(agency))


def test_the_chosen_agencys_result_stands_beside_the_table(full):
    click(full, "registry-results")
    _choose(full, AGENCY)
    result = in_store(full, lambda: workspace(full).registry.results().of(AGENCY))
    words = [label.text() for label in named(full, "result-at-a-glance").findChildren(QLabel)]

    assert named(full, "result-agency").text() == result.name_th
    assert result.display in words
    assert "ก้าวหน้า" in words
    assert sum(word.startswith(tuple("1234567")) and "." not in word[:3] for word in words) >= 7
    assert any(f"สงวน {result.dissents}" in word for word in words)


def test_there_is_one_way_from_the_results_to_the_reports(full):
    click(full, "registry-results")
    _choose(full, "sample-office")
    buttons = [one.objectName() for one in _screen(full).results.findChildren(QPushButton) if one.isVisible()]
    assert buttons == ["reports-preview", "results-sign"]

    click(full, "reports-preview")

    assert isinstance(_screen(full), ReportsScreen)
    assert _screen(full).choices.wanted().agency == "sample-office"


def test_an_agency_without_a_consensus_says_what_it_waits_for(empty):
    click(empty, "registry-results")

    assert "รอมติ" in visible_text(empty)
    assert there(empty, "reports-preview")


def test_an_import_that_is_stopped_says_so_and_changes_nothing(empty, practice_round):
    screen, held = _screen(empty), threading.Event()
    empty.tasks.store(held.wait)
    screen.import_files((practice_round / "clear",))

    screen.imports.findChild(QPushButton, "import-cancel").click()
    held.set()
    settle(empty)

    assert not screen.importer.running
    assert "หยุดแล้ว" in visible_text(empty)
    assert _count(empty, "received") == 0


def test_language_and_size_keep_ones_place_on_the_board(full):
    _screen(full).pane.view.choose("sample-office")

    click(full, "language")
    press(full, "Ctrl++")
    settle(full)

    assert _screen(full).pane.view.chosen() == "sample-office"
    assert "Board of results" in _screen(full).title


# --- what waits outside, and the recovery key ----------------------------------------------------------------


def _by_a_stranger(practice_round, file):
    """Sign somebody's sheet with a key that no roster names, as a laptop that was not enrolled yet would."""
    with private_folder() as staging:
        found = [one for path in sorted((practice_round / "clear").rglob("*.pmqa"))
                 for one in read_file(path, None, staging).documents if one.kind == "scoresheet"]  # fmt: skip
    stranger = seeded_identity("expert-9", b"nobody enrolled this laptop")
    theirs = msgspec.structs.replace(found[0].document, author=Author("expert-9", stranger.key))
    signed = sign_document(theirs, stranger)
    header = signed.document
    file.write_bytes(
        bundle_bytes((signed,), stranger, round=header.round, rehearsal=True, made_at=header.made_at, app="test")
    )
    return file, stranger


def test_what_waits_outside_is_shown_and_given_up_after_a_question(empty, practice_round, tmp_path):
    file, _ = _by_a_stranger(practice_round, tmp_path / "early.pmqa")
    assert not there(empty, "waiting-box")
    _take(empty, file)

    assert there(empty, "waiting-box") and not there(empty, "waiting-discard-0")
    click(empty, "waiting-show")
    assert "early.pmqa" in visible_text(empty) and "expert-9" in visible_text(empty)
    click(empty, "waiting-discard-0")
    click(empty, "waiting-no")
    assert not there(empty, "waiting-question") and there(empty, "waiting-discard-0")
    click(empty, "waiting-discard-all")
    click(empty, "waiting-yes")
    assert not there(empty, "waiting-box")
    assert in_store(empty, workspace(empty).holding.waiting) == ()

    _take(empty, file)
    assert there(empty, "waiting-box")


def test_what_is_sealed_to_a_lost_key_is_offered_to_the_recovery_key(empty, practice_round, tmp_path):
    file, stranger = _by_a_stranger(practice_round, tmp_path / "sealed.pmqa")
    file.write_bytes(seal(file.read_bytes(), [stranger.recipient]))
    made = make_recovery([tmp_path], PASSPHRASE, rehearsal=True, cost=Cost(8192, 1))
    in_store(empty, lambda: workspace(empty).unlock(PASSPHRASE))
    _take(empty, file)
    assert there(empty, "recovery-box") and not named(empty, "recovery-open").isEnabled()

    screen = _screen(empty)
    screen._chooser = replace(screen._chooser, key=lambda _parent: made.keys[0].path)
    click(empty, "recovery-choose")
    assert made.keys[0].path.name in visible_text(empty)
    write(empty, "recovery-passphrase", PASSPHRASE)
    click(empty, "recovery-open")

    assert there(empty, "recovery-box"), "what stands in the way is told where the key is asked for"
    assert word("recovery-not-named", {}) in visible_text(empty)
