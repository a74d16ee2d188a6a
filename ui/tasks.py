# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Work off the main thread: one worker for everything that touches the store, a pool for work that is free.

Results come back to the main thread by signal, so that screens never wait for the disk.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from shiboken6 import isValid

from pmqa_desktop.errors import PmqaError
from pmqa_desktop.progress import Progress

logger = logging.getLogger(__name__)
T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


class TaskRunner(QObject):
    """Run plain callables; `done` and `failed` are called in the main thread, in the order of completion."""

    _arrived = Signal(object)
    stepped = Signal(int, int, str)
    failed = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start one worker for the store and two free ones."""
        super().__init__(parent)
        self._store = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._free = ThreadPoolExecutor(2, thread_name_prefix="free")
        self._open = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Tell whether anything is still under way."""
        return self._open > 0

    def store(
        self,
        work: Callable[[], T],
        done: Done[T] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `work` after all earlier store work.

        Args:
            work: touches the open workspace; runs in the one store thread.
            done: gets the result in the main thread.
            failed: gets the exception instead; without it `self.failed` is emitted.
            owner: when this object is gone, neither is called.
        """
        self._submit(self._store, work, done, failed, owner)

    def free(
        self,
        work: Callable[[Progress], T],
        done: Done[T] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Progress:
        """Run `work` beside the store work; the returned progress can be cancelled."""
        progress = Progress(self.stepped.emit)
        self._submit(self._free, lambda: work(progress), done, failed, owner)
        return progress

    def progress(self) -> Progress:
        """Return a progress for long store work whose steps are emitted as `stepped`."""
        return Progress(self.stepped.emit)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], T],
        done: Done[T] | None,
        failed: Failed | None,
        owner: QObject | None,
    ) -> None:
        self._open += 1

        def run() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - the outer edge of a thread: told in the main thread
                # the name `error` would be gone when the closure runs
                trouble = error
                self._arrived.emit(lambda: self._fail(trouble, failed, owner))
            else:
                self._arrived.emit(lambda: self._succeed(result, done, owner))

        pool.submit(run)

    def _succeed(self, result: T, done: Done[T] | None, owner: QObject | None) -> None:
        if done is not None and (owner is None or isValid(owner)):
            done(result)

    def _fail(self, error: Exception, failed: Failed | None, owner: QObject | None) -> None:
        if failed is None and isinstance(error, PmqaError) and error.code == "workspace-closed":
            logger.debug("a screen on its way out asked a closed workspace")
        elif failed is None:
            self.failed.emit(error)
        elif owner is None or isValid(owner):
            failed(error)
        else:
            logger.warning("work of a closed screen failed: %s", type(error).__name__)

    def _deliver(self, call: Callable[[], None]) -> None:
        self._open -= 1
        try:
            call()
        finally:
            if self._open == 0:
                self.idle.emit()

    def finish(self) -> None:
        """Wait until all work is done and delivered; the window stays painted meanwhile."""
        if not self.busy:
            return
        # deliveries need the event loop, so nothing can come to its end between the question and the loop
        loop = QEventLoop()
        self.idle.connect(loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def close(self) -> None:
        """Finish all work and end the threads."""
        self.finish()
        self._store.shutdown()
        self._free.shutdown()
