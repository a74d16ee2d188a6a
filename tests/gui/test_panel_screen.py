# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair's way through the window, and a member's: import, reveal, settle, sign, endorse."""

import itertools
import shutil
from dataclasses import replace
from fractions import Fraction

import pytest
from committee import choose, practise, visible_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from windows import click, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.app import App
from pmqa_desktop.assets import resource
from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import freeze, load_edition
from pmqa_desktop.pictures.seats import spread_out
from pmqa_desktop.services.evaluation.scoring import DraftSheet
from pmqa_desktop.services.panel import PanelItem
from ui.models.matrix import EXTREME_ROLE, MatrixFilter, MatrixModel, Mode, minority_extremes
from ui.screens.panel.detail import DetailPane
from ui.widgets.labels import ElideLabel

AGENCY = "moi-ops"
PASSPHRASE = "practice"
REASON = "คณะกรรมการเห็นตรงกันตามหลักฐานหน้า 15"


@pytest.fixture
def chair(open_window, practice_round, chosen_folder):
    """Return the window with the practice round open as the chair, at the list of panels."""
    return practise(open_window(), "chair", chosen_folder, tuple(sorted((practice_round / "sheets").iterdir())))


@pytest.fixture
def gate(chair):
    """Return the window before the reveal of the first agency, all files imported."""
    click(chair, f"open-{AGENCY}")
    choose(chair, "import-files")
    return chair


@pytest.fixture(scope="session")
def revealed(tmp_path_factory, practice_round):
    """Return a chair's workspace folder in which all files are in and the first agency is revealed."""
    home = tmp_path_factory.mktemp("chair-home")
    shutil.copytree(practice_round, home / "practice" / "round")
    workspace = App(home).practice_workspace("chair")
    workspace.exchange.import_paths([practice_round / "sheets"])
    workspace.panel.reveal(AGENCY, PASSPHRASE)
    workspace.close()
    return home / "practice" / "chair"


@pytest.fixture
def table(open_window, prepared_home, revealed, chosen_folder):
    """Return the window at the table of the first agency."""
    shutil.copytree(revealed, prepared_home / "practice" / "chair")
    shutil.copyfile(revealed.parents[1] / "laptop", prepared_home / "laptop")
    shell = practise(open_window(), "chair", chosen_folder)
    click(shell, f"open-{AGENCY}")
    return shell


def _screen(shell):
    return shell.window.screen_now


def _matrix(shell):
    return in_store(shell, lambda: workspace(shell).panel.matrix(AGENCY))


def _item(shell, item):
    return in_store(shell, lambda: workspace(shell).panel.item(AGENCY, item))


def _open(shell, item):
    screen = _screen(shell)
    screen.page.pane.tabs.choose(Mode.ALL)
    assert screen.page.view.choose(item)
    settle(shell)


def _settle_everything(shell):
    def work():
        panel = workspace(shell).panel
        panel.settle_agreed(AGENCY)
        for row in panel.matrix(AGENCY).rows:
            if not row.is_settled:
                panel.settle(AGENCY, row.item, panel.item(AGENCY, row.item).proposal, REASON)

    in_store(shell, work)
    _screen(shell).reload()
    settle(shell)


def test_nothing_of_a_peer_is_shown_before_the_reveal(chair):
    click(chair, f"open-{AGENCY}")

    assert there(chair, "reveal")
    assert not there(chair, "matrix")
    assert not there(chair, "item-title")


def test_gate_counts_seats_as_files_come_in(chair):
    click(chair, f"open-{AGENCY}")
    before = visible_text(chair)
    assert "ครบ 1/4 ที่นั่ง" in before
    assert "ยังขาด 3 ที่นั่ง" in before

    choose(chair, "import-files")

    assert "ครบ 4/4 ที่นั่ง" in visible_text(chair)
    assert "ใหม่ 9" in visible_text(chair)


def test_a_wrong_passphrase_reveals_nothing_and_says_so(gate):
    named(gate, "reveal-passphrase").clear()
    write(gate, "reveal-passphrase", "wrong")

    click(gate, "reveal")

    assert there(gate, "reveal-passphrase-trouble")
    assert not there(gate, "matrix")
    assert named(gate, "reveal").isEnabled()


def test_the_reveal_opens_the_agenda_with_its_first_item(gate):
    table = gate
    click(table, "reveal")

    rows = _matrix(table).rows
    agenda = [row.item for row in rows if row.over]

    assert list(_screen(table).page.view.items()) == agenda
    assert named(table, "item-title").plain().startswith(agenda[0])
    assert named(table, "settle-score").text() != "–"


def test_the_matrix_is_a_sound_model(table, qtmodeltester):
    page = _screen(table).page

    qtmodeltester.check(page.model)
    qtmodeltester.check(page.view.filter)


def test_every_score_is_read_with_its_seat(table):
    page = _screen(table).page
    row = page.model.matrix.rows[0]
    said = [page.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(7)]

    assert said[0].startswith(row.item)
    assert all("ผู้ทรงคุณวุฒิ" in words or "ประธาน" in words for words in said[1:5])
    assert "เกินเกณฑ์" in said[5]


def test_tabs_show_agenda_all_and_the_order_of_the_criteria(table):
    view = _screen(table).page.view
    codes = [item.code for item in in_store(table, lambda: workspace(table).round).criteria.edition.items]

    click(table, "agenda-1")
    assert sorted(view.items()) == sorted(codes)
    assert list(view.items()) != codes
    click(table, "agenda-2")
    assert list(view.items()) == codes


def test_a_flagged_item_needs_its_reason(table):
    item = _screen(table).page.view.chosen()

    click(table, "settle")

    assert there(table, "settle-trouble")
    assert not _item(table, item).settled
    assert named(table, "settle-reason").property("need") is True


def test_saving_keeps_the_consensus_and_goes_to_the_next_open_item(table):
    view = _screen(table).page.view
    first, second = view.items()[:2]

    write(table, "settle-reason", REASON)
    press(table, "Ctrl+Return", named(table, "settle-reason"))

    kept = _item(table, first).settled
    assert kept.reason == REASON
    assert view.chosen() == second
    assert not named(table, "settle-reason").toPlainText()


def test_ticks_make_the_score_and_the_store_has_them(table):
    _open(table, "3.3")
    given = _item(table, "3.3")
    point = next(p for p in _screen(table).page.detail.table.differing if p not in given.proposal.ticks)
    before = named(table, "settle-score").text()

    click(table, f"consensus-{point}")
    after = named(table, "settle-score").text()
    write(table, "settle-reason", REASON)
    click(table, "settle")

    assert before != after
    assert point in _item(table, "3.3").settled.answer.ticks


def test_a_point_above_an_open_level_is_drawn_uncounted(table):
    _open(table, "3.3")
    click(table, "all-points")

    click(table, "consensus-3.3.B1")

    assert not named(table, "consensus-3.3.B1").isChecked()
    assert named(table, "consensus-3.3.A1").uncounted


def test_a_result_outside_the_seats_range_needs_a_reason(table):
    _open(table, "7.2")
    indicator = _item(table, "7.2").proposal.indicators[0].code
    named(table, f"consensus-{indicator}").clear()
    write(table, f"consensus-{indicator}", "99")

    click(table, "settle")
    assert not _item(table, "7.2").settled
    write(table, "settle-reason", REASON)
    click(table, "settle")

    assert _item(table, "7.2").settled.answer.indicators[0].result == "99"


def test_a_result_that_is_no_number_is_told_and_not_kept(table):
    _open(table, "7.2")
    indicator = _item(table, "7.2").proposal.indicators[0].code
    named(table, f"consensus-{indicator}").clear()
    write(table, f"consensus-{indicator}", "มาก")

    click(table, "settle")

    assert there(table, "settle-trouble")
    assert not _item(table, "7.2").settled


def test_what_was_typed_is_there_when_one_comes_back(table):
    view = _screen(table).page.view
    first, second = view.items()[:2]
    write(table, "settle-reason", "ร่างเหตุผล")

    view.choose(second)
    settle(table)
    view.choose(first)
    settle(table)

    assert named(table, "settle-reason").toPlainText() == "ร่างเหตุผล"
    assert not _item(table, first).settled


def test_agreed_items_are_confirmed_at_once_and_flagged_ones_stay_open(table):
    click(table, "settle-agreed")

    rows = _matrix(table).rows
    assert all(row.is_settled != row.over for row in rows)
    assert not there(table, "settle-agreed")


def test_reopening_takes_a_settlement_back(table):
    click(table, "settle-agreed")
    _open(table, "7.2")

    click(table, "reopen")

    assert not _item(table, "7.2").settled
    assert not there(table, "reopen")


def test_a_comment_taken_over_can_be_edited_and_keeps_its_origin(table):
    _open(table, "3.3")
    click(table, "comments-0")
    click(table, "adopt-0-0")

    (merged,) = _item(table, "3.3").merged
    write(table, "merged-0", "ตรวจแล้ว ")
    named(table, "settle-reason").setFocus()
    settle(table)

    (edited,) = _item(table, "3.3").merged
    assert merged.text in edited.text
    assert edited.text.startswith("ตรวจแล้ว")
    assert edited.origin == merged.origin
    assert len(merged.origin) == 1


def test_an_announced_dissent_is_noted_with_its_member(table):
    click(table, "dissent-edit")
    named(table, "dissent-seat").setCurrentIndex(2)
    write(table, "dissent-text", "เห็นว่าควรคงที่ 300")
    click(table, "dissent-keep")

    (noted,) = in_store(table, lambda: workspace(table).panel.announced(AGENCY))
    assert (noted.person, noted.reason) == ("expert-3", "เห็นว่าควรคงที่ 300")
    assert "แจ้งสงวนความเห็น" in visible_text(table)


def test_signing_waits_until_all_is_settled(table):
    click(table, "panel-summary")

    assert on_screen(table) == "summary-screen"
    assert not named(table, "summary-sign").isEnabled()
    first = _screen(table)._banners.findChild(type(named(table, "summary-go")), "summary-go").text()
    click(table, "summary-go")
    assert on_screen(table) == "panel-screen"
    assert _screen(table).page.view.chosen() in first


def test_chair_signs_and_the_file_holds_reveal_and_consensus(table, chosen_folder):
    _settle_everything(table)
    click(table, "panel-summary")
    click(table, "summary-sign")
    click(table, "change-folder")

    click(table, "sign")

    assert there(table, "safe-to-remove")
    (file,) = chosen_folder.glob("*.pmqa")
    report = in_store(table, lambda: workspace(table).exchange.import_paths([file]))
    assert [line.kind for line in report.files[0].documents] == ["reveal", "consensus"]
    entry = in_store(table, workspace(table).panel.agencies)[0]
    assert entry.consensus_seq == 1


def test_a_missing_seat_needs_a_reason_that_is_signed(open_window, practice_round, chosen_folder):
    files = tuple(f for f in sorted((practice_round / "sheets").iterdir()) if f.name != f"expert-3-{AGENCY}.pmqa")
    shell = practise(open_window(), "chair", chosen_folder, files)
    click(shell, f"open-{AGENCY}")
    choose(shell, "import-files")
    click(shell, "reveal")
    _settle_everything(shell)
    click(shell, "panel-summary")
    click(shell, "summary-sign")
    click(shell, "change-folder")

    click(shell, "sign")
    assert there(shell, "sign-trouble")
    write(shell, "missing-expert-3", "ติดราชการต่างประเทศ")
    click(shell, "sign")

    (missing,) = in_store(shell, lambda: workspace(shell).panel.consensus(AGENCY).body.missing_seats)
    assert (missing.person, missing.reason) == ("expert-3", "ติดราชการต่างประเทศ")


def test_a_second_revision_needs_its_reason(table, chosen_folder):
    _settle_everything(table)
    in_store(table, lambda: workspace(table).panel.sign(AGENCY, PASSPHRASE))
    click(table, "panel-summary")
    click(table, "summary-sign")
    click(table, "change-folder")

    click(table, "sign")
    assert there(table, "sign-trouble")
    write(table, "revision-reason", "แก้ข้อ 3.3 หลังประชุม")
    click(table, "sign")

    assert in_store(table, lambda: workspace(table).panel.consensus(AGENCY).seq) == 2


def test_a_file_that_cannot_be_written_leaves_the_consensus_signed(table, chosen_folder):
    _settle_everything(table)
    click(table, "panel-summary")
    click(table, "summary-sign")
    click(table, "change-folder")
    chosen_folder.rmdir()

    click(table, "sign")

    assert not there(table, "safe-to-remove")
    assert in_store(table, lambda: workspace(table).panel.consensus(AGENCY).seq) == 1
    chosen_folder.mkdir()
    click(table, "export-again")
    assert there(table, "safe-to-remove")


def test_language_and_size_keep_ones_place_at_the_table(table):
    _open(table, "4.4")

    click(table, "language")
    settle(table)
    press(table, "Ctrl++")
    settle(table)

    assert _screen(table).page.view.chosen() == "4.4"
    assert _screen(table).page.detail.title.plain().startswith("4.4  Managing")


@pytest.fixture
def member(open_window, prepared_home, practice_round, chosen_folder):
    """Return the window of a member whose laptop has the own sheet and the chair's consensus file only."""
    shell = open_window()
    person = "expert-2"
    files = (practice_round / "sheets" / f"{person}-{AGENCY}.pmqa", practice_round / "consensus" / f"{AGENCY}.pmqa")

    def work():
        pack, key = practice_round / "packs" / f"{person}.pmqa", practice_round / "keys" / f"{person}.key"
        opened = App(prepared_home).open_pack(pack, key, PASSPHRASE)
        opened.exchange.import_paths(files)
        return shell.routes._read(opened)

    shell.routes._opened(in_store(shell, work))
    settle(shell)
    click(shell, "to-panels")
    click(shell, f"open-{AGENCY}")
    return shell


def test_a_member_reads_the_consensus_without_the_peers_sheets_and_agrees(member, chosen_folder, qtmodeltester):
    assert on_screen(member) == "endorsement"
    qtmodeltester.check(_screen(member).model)
    write(member, "sign-passphrase", PASSPHRASE)
    click(member, "change-folder")
    click(member, "sign")
    assert there(member, "sign-trouble")

    click(member, "agree")
    click(member, "sign")

    assert there(member, "safe-to-remove")
    assert in_store(member, lambda: workspace(member).panel.consensus(AGENCY).word) == "agrees"
    assert len(list(chosen_folder.glob("*.pmqa"))) == 1


def test_a_member_dissents_on_one_item_with_a_reason(member):
    write(member, "sign-passphrase", PASSPHRASE)
    click(member, "change-folder")
    click(member, "dissent")
    click(member, "sign")
    assert there(member, "sign-trouble")

    _screen(member).view.selectRow(4)
    write(member, "dissent-item", "หลักฐานยังไม่พอ")
    named(member, "sign-passphrase").setFocus()
    click(member, "sign")

    seen = in_store(member, lambda: workspace(member).panel.consensus(AGENCY))
    assert seen.word == "dissents"
    assert [(one.item, one.reason) for one in seen.dissents] == [(_screen(member).model.item_at(4), "หลักฐานยังไม่พอ")]


@pytest.mark.parametrize(
    ("scores", "marks"),
    [
        ((500, 500, 300, 450), ("", "", "low", "")),
        ((300, 500, 0, 400), ("", "high", "low", "")),
        ((500, 350, 500, 500), ("", "low", "", "")),
        ((500, 500, 300, 300), ("", "", "", "")),
        ((400, 400, 400), ("", "", "")),
        ((400, None, 300, 400), ("", "", "low", "")),
        ((None, None), ("", "")),
    ],
)
def test_only_the_end_of_a_minority_is_marked(scores, marks):
    given = tuple(None if score is None else Fraction(score) for score in scores)

    assert minority_extremes(given) == marks


def test_an_item_within_tolerance_marks_nobody(table):
    model = _screen(table).page.model
    for row, one in enumerate(model.matrix.rows):
        if not one.over:
            assert not any(model.index(row, column).data(EXTREME_ROLE) for column in range(1, 5))


def test_an_empty_matrix_is_a_sound_model(qtmodeltester, table):
    criteria = in_store(table, lambda: workspace(table).round).criteria
    model = MatrixModel(criteria, "chair")

    qtmodeltester.check(model)
    qtmodeltester.check(MatrixFilter(model, criteria))


def test_shapes_on_the_range_never_cover_each_other():
    places = spread_out([10, 12, 12, 200, 395], [16] * 5, 400)

    assert all(after - before >= 16 for before, after in itertools.pairwise(places))
    assert places[0] >= 8
    assert places[-1] <= 392
    assert places[3] == 200


def test_keys_move_between_items_tabs_and_panes(table):
    view = _screen(table).page.view
    first, second = view.items()[:2]

    press(table, "Alt+Down", view)
    assert view.chosen() == second
    press(table, "Alt+Up", view)
    assert view.chosen() == first
    press(table, "F6", view)
    press(table, "F6")
    press(table, "F6")
    assert QApplication.focusWidget() is named(table, "settle-reason")
    press(table, "Ctrl+Tab")
    assert _screen(table).page.pane.tabs.current() == 1


def _given(answers, proposal):
    return PanelItem(
        item="1.1", answers=answers, scores=(None,) * len(answers), proposal=proposal, settled=None, draft=None,
        reason_needed=True, comments=(), merged=(),
    )  # fmt: skip


def test_an_item_told_not_applicable_never_turns_into_a_zero(table, qtbot):
    criteria = in_store(table, lambda: workspace(table).round).criteria
    seats = _screen(table).page.model.matrix.seats
    away = Answer(state="not_applicable", reason="ไม่มีภารกิจนี้")
    pane = DetailPane(criteria, seats, "chair")
    qtbot.addWidget(pane)

    pane.show_item(_given((away, away, away, Answer()), away))

    assert pane.answer().state == "not_applicable"
    pane.table.not_applicable.setChecked(False)
    assert pane.answer() == Answer()


def test_the_edition_of_a_thousand_points_is_settled_by_percents(table, qtbot):
    edition = load_edition(resource("criteria/pmqa2562.toml").read_bytes(), "pmqa2562.toml")
    criteria = freeze(edition, {})
    seats = _screen(table).page.model.matrix.seats
    answers = tuple(Answer(percent=percent) for percent in (45, 50, 50, 65))
    pane = DetailPane(criteria, seats, "chair")
    qtbot.addWidget(pane)

    pane.show_item(_given(answers, answers[1]))
    pane.table.choice.setCurrentIndex(pane.table.choice.findData(65))

    assert pane.answer().percent == 65
    assert pane.settling.score.text() != "–"


def test_practice_offers_the_files_that_the_others_sent_and_the_cursor_waits_at_the_import(chair):
    assert QApplication.focusWidget() is named(chair, "panel-import")

    choose(chair, "import-practice")
    assert in_store(chair, lambda: workspace(chair).panel.agencies()[0].seats[1].state) == "received"

    click(chair, f"open-{AGENCY}")
    assert chair.window.screen_now.gate.isAncestorOf(QApplication.focusWidget())


def test_a_member_sees_every_text_that_will_be_published_and_dissents_from_it_at_once(member):
    seen = in_store(member, lambda: workspace(member).panel.consensus(AGENCY))
    texts = [one for one in seen.body.comments if one.item]
    assert texts
    shown = "\n".join(label.text() for label in named(member, "endorse-texts").findChildren(QLabel))
    shown = shown.replace("\u200b", "")
    assert all(one.text.split("\n")[0][:20] in shown for one in texts)

    item = texts[-1].item
    click(member, f"dissent-on-{item}")
    assert named(member, "dissent").isChecked() and _screen(member)._shown_item == item
    assert named(member, "dissent-item").hasFocus()


def test_a_chair_without_a_seat_closes_the_round_from_the_list_of_panels(chair):
    assert not there(chair, "close-round")
    chair.routes.desk = replace(chair.routes.desk, me=replace(chair.routes.desk.me, seats={}))
    chair.routes._committee().open_panels()
    settle(chair)
    click(chair, "close-round")
    assert on_screen(chair) == "closing-screen"
    click(chair, "to-overview")
    assert on_screen(chair) == "panel-list"


def test_the_chair_saves_a_copy_of_a_file_at_its_item_once_the_scores_are_open(table, tmp_path, chosen_folder):
    item = _screen(table).page.view.chosen()
    (path := tmp_path / "ศูนย์สำรอง.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"photo" * 50)

    def attach():
        here = workspace(table)
        sheet = here.session.document(here.session.current(("scoresheet", AGENCY, here.session.person))).body
        here.scoring.fill(AGENCY, DraftSheet({one.item: one.answer for one in sheet.items}))
        here.attachments.attach(AGENCY, item, "", path)
        here.scoring.keep_notices(AGENCY, "คงไว้")
        here.scoring.sign(AGENCY, PASSPHRASE, "แนบภาพ")

    in_store(table, attach)
    _screen(table).reload()
    settle(table)
    assert any("ประธาน" in one.accessibleName() for one in named(table, "received-files").findChildren(ElideLabel))
    click(table, "received-0-copy")
    (copy,) = chosen_folder.glob("PMQA-*.jpg")
    assert copy.read_bytes() == path.read_bytes() and copy.name in named(table, "received-told").plain()
    _open(table, next(code for code in _screen(table).page.view.items() if code != item))
    assert not there(table, "received-files")
