# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the scenes of every room need to reach what they show: the open workspace, the store's thread, a rest."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from pmqa_desktop.workspace import Workspace
from ui.shell import Shell

T = TypeVar("T")


def workspace_of(shell: Shell) -> Workspace:
    """Return the open workspace of the window."""
    if shell.routes.desk is None:
        raise RuntimeError("no workspace is open")
    return shell.routes.desk.workspace


def in_store(shell: Shell, work: Callable[[], T]) -> T:
    """Return what `work` returns on the store's thread; what it raises is raised here."""
    got: list[T] = []
    failed: list[Exception] = []
    shell.tasks.store(work, got.append, failed.append)
    rest(shell)
    if failed:
        raise failed[0]
    return got[0]


def rest(shell: Shell) -> None:
    """Let work and the answers to it come to their end, for as many steps as one act of a scene takes."""
    for _round in range(3):
        shell.tasks.finish()
        QApplication.processEvents()


def photo_bytes() -> bytes:
    """Return a small photo."""
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("#6C8FA8"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"jpeg").write(picture)
    return bytes(buffer.data().data())
