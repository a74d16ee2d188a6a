# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Items of the 1,000-point edition: a band on the whole, a listed percent, not applicable with a reason."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from pmqa_desktop.domain.answers import Answer, BandChoice
from pmqa_desktop.domain.criteria import freeze
from pmqa_desktop.domain.documents import Agency, Seat
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.editions import shipped_edition
from pmqa_desktop.services.evaluation.scoring import AgencyWork, DraftSheet, ReadBack
from ui.application import make_application
from ui.main_window import MainWindow
from ui.screens.scoring.desk import OpenSheet, SheetDesk
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.screen import ScoringScreen
from ui.tasks import TaskRunner


class PaperlessStore:
    """Keeps answers in memory where the service would write them; refuses while `full`."""

    def __init__(self):
        self.answers, self.full, self.undone = {}, False, 0

    def save_answer(self, _agency, item, answer):
        if self.full:
            raise Expected("drive-full", needed=1, free=0)
        self.answers[item] = answer
        return datetime.now(UTC)

    def can_undo(self, _agency):
        return bool(self.answers)

    def undo(self, _agency):
        self.undone += 1

    def can_redo(self, _agency):
        return False

    def read_back(self, _agency):
        return ReadBack(None, (), len(self.answers), 3, 0, 0, 0, size=0, limit=1)


@pytest.fixture
def store():
    return PaperlessStore()


@pytest.fixture
def window(qapp, store):
    make_application([])
    settings = {"rate_each_dimension": True, "not_applicable_allowed": True}
    criteria = freeze(shipped_edition("pmqa2562"), settings)
    agency = Agency(agency="a", name_th="กรมตัวอย่าง", name_en="Sample Department", short_th="กต.")
    seat = Seat(seat="s", person="p", title_th="กรรมการ", title_en="Member", items=("1.1", "1.2", "7.1"))
    work = AgencyWork(agency, seat, "no_conflict", 0, 3, 0, "", False)
    tasks = TaskRunner()
    made = MainWindow(tasks)
    made.resize(1366, 697)
    desk = SheetDesk(store, tasks, criteria, OpenSheet(work, DraftSheet(), ()), made)
    reader = Reader(made)
    made.open(lambda: ScoringScreen(desk, reader, (work,), SimpleNamespace(rehearsal=True, year_be=2564)))
    made.show()
    yield made
    store.full = False
    desk.retry()
    desk.put_away()
    tasks.finish()
    made.close()
    made.deleteLater()
    tasks.close()


def _press(window, name):
    widget = window.findChildren(QWidget, name)[-1]
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    window.tasks.finish()


def test_opening_a_band_scores_nothing_and_a_percent_in_it_does(window, store):
    _press(window, "band-1.1-3")
    assert store.answers == {}

    _press(window, "percent-1.1-60")

    assert store.answers["1.1"].percent == 60
    assert window.findChild(QWidget, "item-score").text() == "36"


def test_the_same_percent_again_takes_it_back(window, store):
    _press(window, "band-1.1-3")
    _press(window, "percent-1.1-60")
    _press(window, "percent-1.1-60")

    assert store.answers["1.1"] is None


def test_a_band_of_a_dimension_is_advice_only(window, store):
    editor = window.screen_now.panes.editor.answer
    choice = editor.dimensions["approach"]

    choice.setCurrentIndex(4)
    choice.activated.emit(4)
    window.tasks.finish()

    assert store.answers["1.1"] == Answer(bands=(BandChoice("approach", "ADLI-50-65"),))
    assert window.findChild(QWidget, "item-score").text() == "—"


def test_not_applicable_needs_its_reason_and_can_be_taken_back(window, store):
    _press(window, "na-1.1")
    assert store.answers == {}

    window.findChild(QWidget, "na-reason-1.1").setText("ไม่มีภารกิจด้านนี้")
    _press(window, "na-1.1")
    assert store.answers["1.1"] == Answer(state="not_applicable", reason="ไม่มีภารกิจด้านนี้")
    _press(window, "na-back-1.1")

    assert store.answers["1.1"] is None


def test_a_reason_that_is_only_typed_stays_over_items_and_is_undone_in_its_field(window, store):
    field = window.findChild(QWidget, "na-reason-1.1")
    field.setFocus()
    QTest.keyClicks(field, "no such task")
    window.screen_now.go_to_item("1.2")
    window.screen_now.go_to_item("1.1")

    back = window.findChildren(QLineEdit, "na-reason-1.1")[-1]
    assert back.text() == "no such task"
    back.setFocus()
    QTest.keyClicks(back, "!")
    QTest.keySequence(back, "Ctrl+Z")
    assert (back.text(), store.undone) == ("no such task", 0)
    QTest.keySequence(back, "Ctrl+Z")
    window.tasks.finish()
    assert store.undone == 1
    _press(window, "na-1.1")
    _press(window, "na-back-1.1")
    assert back.text() == "no such task"


def test_in_a_small_window_an_item_can_be_told_not_applicable_too(window, qtbot):
    window.set_scale(150)
    window.resize(1280, 689)
    window.show()

    def seen():
        panes = window.screen_now.panes
        return panes.rail is None and panes.editor.not_applicable.reason.isVisible()

    qtbot.waitUntil(seen, timeout=3000)


def test_items_of_other_seats_are_shown_but_closed(window, store):
    window.screen_now.go_to_item("2.1")
    _press(window, "band-2.1-3")
    percent = window.findChildren(QWidget, "percent-2.1-60")[-1]

    assert not percent.isEnabled()
    assert window.screen_now.panes.editor.comments.fields["strength"].isReadOnly()
    assert store.answers == {}


def test_an_edit_that_the_disk_refused_is_told_kept_and_sent_again(window, store):
    store.full = True
    _press(window, "band-1.1-3")
    _press(window, "percent-1.1-60")

    assert window.screen_now.has_unsaved()
    assert window.findChild(QWidget, "save-again") is not None
    assert window.findChild(QWidget, "item-score").text() == "36"
    store.full = False
    _press(window, "save-again")

    assert store.answers["1.1"].percent == 60
    assert not window.screen_now.has_unsaved()


def test_the_window_does_not_close_over_an_unsaved_edit(window, store, no_unexpected_dialog):
    store.full = True
    _press(window, "band-1.1-3")
    _press(window, "percent-1.1-60")

    window.close()

    assert window.isVisible()
    assert len(no_unexpected_dialog) == 1
    no_unexpected_dialog.clear()
