# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Work off the main thread: order, delivery in the main thread, failures, closed screens; and Qt's own words."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from pmqa_desktop.errors import Expected
from pmqa_desktop.events import DraftChanged, EventBus
from pmqa_desktop.progress import Cancelled
from ui.bridge import EventBridge
from ui.tasks import TaskRunner


@pytest.fixture
def tasks(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


def test_store_work_runs_in_order_in_one_thread_and_answers_in_the_main_one(tasks):
    threads, answers = set(), []

    for number in range(20):
        tasks.store(
            lambda number=number: (threads.add(threading.get_ident()), number)[1],
            lambda number: answers.append((number, threading.current_thread() is threading.main_thread())),
        )
    tasks.finish()

    assert answers == [(number, True) for number in range(20)]
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_a_failure_goes_to_whoever_asked_else_to_everybody(tasks):
    def fail():
        raise Expected("declare-first", agency="x")

    own, common = [], []
    tasks.failed.connect(common.append)

    tasks.store(fail, failed=own.append)
    tasks.store(fail)
    tasks.finish()

    assert [error.code for error in own] == ["declare-first"]
    assert [error.code for error in common] == ["declare-first"]


def test_a_closed_screen_hears_nothing(tasks):
    owner, heard = QObject(), []

    tasks.store(lambda: 1, heard.append, owner=owner)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    tasks.finish()

    assert heard == []


def test_free_work_can_be_cancelled(tasks):
    started, go_on, errors = threading.Event(), threading.Event(), []

    def work(progress):
        started.set()
        go_on.wait(5)
        progress.step(1, 2)

    progress = tasks.free(work, failed=errors.append)
    started.wait(5)
    progress.cancel()
    go_on.set()
    tasks.finish()

    assert [type(error) for error in errors] == [Cancelled]


def test_events_of_another_thread_arrive_in_the_main_one(tasks, qtbot):
    bus, seen = EventBus(), []
    bridge = EventBridge(bus)
    bridge.published.connect(lambda event: seen.append((event, threading.current_thread() is threading.main_thread())))

    tasks.store(lambda: bus.publish(DraftChanged(agency="a")))
    tasks.finish()
    qtbot.waitUntil(lambda: bool(seen))
    bridge.close()
    bus.publish(DraftChanged(agency="b"))

    assert seen == [(DraftChanged(agency="a"), True)]


def test_qt_speaks_thai(qapp):
    from ui.application import make_application

    make_application([], language="th")

    assert QApplication.translate("QPlatformTheme", "Cancel") == "ยกเลิก"
    assert QApplication.translate("QWidgetTextControl", "&Copy") == "คัดลอก"
    assert QApplication.translate("QShortcut", "Ctrl") == "Ctrl"
