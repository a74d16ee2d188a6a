# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Read back, sign, write: nothing is signed by accident, and the all-clear comes after the file was read back."""

import pytest
from windows import click, declare_here, in_store, named, on_screen, settle, there, workspace, write

from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.services.evaluation.scoring import DraftSheet

AGENCY = "moi-ops"


def _answer(item):
    if item.kind == "indicators":
        return Answer(indicators=tuple(IndicatorAnswer(code=one.code, result="90") for one in item.indicators))
    return Answer(ticks=tuple(sorted(point.id for point in item.points)))


@pytest.fixture
def complete(evaluator):
    """Return the window at the read-back of a complete sheet."""
    declare_here(evaluator)

    def fill():
        items = workspace(evaluator).round.criteria.edition.items
        workspace(evaluator).scoring.fill(AGENCY, DraftSheet({item.code: _answer(item) for item in items}))

    in_store(evaluator, fill)
    evaluator.routes.sign(AGENCY)
    settle(evaluator)
    return evaluator


def _answer_remarks(shell):
    for line in shell.window.screen_now.notices.lines:
        if not line.tick.isChecked():
            click(shell, line.tick.objectName())


def _work(shell):
    works = in_store(shell, workspace(shell).scoring.agencies)
    return next(work for work in works if work.agency.agency == AGENCY)


def test_signing_waits_for_the_read_back_and_every_remark(complete):
    assert not named(complete, "sign-sheet").isEnabled()

    click(complete, "read-all")
    assert not named(complete, "sign-sheet").isEnabled()
    _answer_remarks(complete)

    assert named(complete, "sign-sheet").isEnabled()


def test_a_signed_sheet_is_written_read_back_and_told(complete, chosen_folder):
    click(complete, "change-folder")
    click(complete, "read-all")
    _answer_remarks(complete)
    assert not there(complete, "safe-to-remove")

    click(complete, "sign-sheet")

    work = _work(complete)
    (file,) = chosen_folder.glob("*.pmqa")
    assert work.signed_seq == 1
    assert there(complete, "safe-to-remove")
    shown = named(complete, "fingerprint").accessibleName()
    assert shown.replace(" ", "") == work.signed_digest.removeprefix("sha256:").upper()
    assert not named(complete, "read-all").isEnabled()
    report = in_store(complete, lambda: workspace(complete).exchange.import_paths([file]))
    assert [one.refusal for one in report.files] == [None]


def test_a_wrong_passphrase_signs_nothing(complete):
    click(complete, "read-all")
    _answer_remarks(complete)
    named(complete, "signing-passphrase").clear()
    write(complete, "signing-passphrase", "wrong")

    click(complete, "sign-sheet")

    assert there(complete, "signing-passphrase-trouble")
    assert _work(complete).signed_seq == 0
    assert named(complete, "sign-sheet").isEnabled()


def test_a_full_drive_leaves_the_sheet_signed_and_says_that_the_file_is_missing(complete, chosen_folder):
    click(complete, "change-folder")
    chosen_folder.rmdir()
    click(complete, "read-all")
    _answer_remarks(complete)

    click(complete, "sign-sheet")

    assert _work(complete).signed_seq == 1
    assert not there(complete, "safe-to-remove")
    chosen_folder.mkdir()
    click(complete, "write-file")
    assert there(complete, "safe-to-remove")


def test_an_incomplete_sheet_cannot_be_signed(evaluator):
    declare_here(evaluator)
    click(evaluator, "zero-1.1")
    click(evaluator, "review")

    click(evaluator, "read-all")
    _answer_remarks(evaluator)

    assert on_screen(evaluator) == "signing-screen"
    assert not named(evaluator, "sign-sheet").isEnabled()


def test_a_score_leads_back_to_its_item(complete):
    click(complete, "score-4.3")

    assert on_screen(complete) == "scoring-screen"
    assert complete.window.screen_now.place().item == "4.3"


def test_a_change_after_signing_needs_a_reason_and_makes_the_second_revision(complete, chosen_folder):
    click(complete, "change-folder")
    click(complete, "read-all")
    _answer_remarks(complete)
    click(complete, "sign-sheet")
    click(complete, "back-to-sheet")
    complete.routes.evaluate(AGENCY, "1.1")
    settle(complete)
    point = _work(complete) and workspace(complete).session._criteria[1].edition.item("1.1").points[0].id
    click(complete, f"point-{point}")
    click(complete, "review")
    click(complete, "read-all")
    _answer_remarks(complete)
    assert not named(complete, "sign-sheet").isEnabled()

    write(complete, "revision-reason", "พบหลักฐานเพิ่มหน้า 12")
    click(complete, "sign-sheet")

    assert _work(complete).signed_seq == 2


def test_a_recusal_closes_the_agency_and_its_declaration_is_written(evaluator, chosen_folder):
    declare_here(evaluator, "recused", "คู่สมรสทำงานในหน่วยงาน")

    evaluator.routes.evaluate(AGENCY)
    settle(evaluator)
    assert on_screen(evaluator) == "declaration-screen"
    assert not evaluator.routes.reader.pages
    click(evaluator, "change-folder")
    click(evaluator, "write-file")

    assert there(evaluator, "safe-to-remove")
    assert len(list(chosen_folder.glob("*.pmqa"))) == 1


def test_a_recusal_needs_its_reason(evaluator):
    click(evaluator, "declare-recused")

    assert not named(evaluator, "sign-declaration").isEnabled()
    assert named(evaluator, "declaration-words").property("need") is True


def test_an_answered_remark_keeps_its_word_until_its_item_changes(complete):
    line = complete.window.screen_now.notices.lines[0]
    named(complete, line.word.objectName()).clear()
    write(complete, line.word.objectName(), "ตรวจแล้ว")
    click(complete, line.tick.objectName())

    kept = in_store(complete, lambda: workspace(complete).scoring.read_back(AGENCY)).kept
    assert {one.word for one in kept} == {"ตรวจแล้ว"}
    complete.routes.sign(AGENCY)
    settle(complete)
    again = complete.window.screen_now.notices.lines
    assert [one.word.text() for one in again if one.tick.isChecked()] == ["ตรวจแล้ว"]


def test_a_remark_without_a_word_is_not_answered(complete):
    line = complete.window.screen_now.notices.lines[0]
    named(complete, line.word.objectName()).clear()

    click(complete, line.tick.objectName())

    assert not line.tick.isChecked()
    assert in_store(complete, lambda: workspace(complete).scoring.read_back(AGENCY)).kept == ()
