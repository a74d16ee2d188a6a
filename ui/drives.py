# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The drives of this computer, and sizes as a person reads them."""

from PySide6.QtCore import QDir, QStorageInfo

from pmqa_desktop.text import _


def size_words(size: int) -> str:
    """Write a number of bytes as a person reads it."""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)):
        if size >= step:
            return f"{size // step}.{size % step * 10 // step} {unit}"
    return _("{n} bytes").format(n=size)


def other_drives() -> tuple[QStorageInfo, ...]:
    """Return the drives beside the system's that can be written; which of them is a stick nobody can tell."""
    system = QStorageInfo.root().rootPath()
    home = QStorageInfo(QDir.homePath()).rootPath()
    return tuple(
        drive
        for drive in QStorageInfo.mountedVolumes()
        if drive.isValid()
        and drive.isReady()
        and not drive.isReadOnly()
        and drive.rootPath() not in (system, home)
        and drive.bytesTotal() > 0
        and str(drive.device().data(), "utf-8", "replace").startswith(("/dev/sd", "/dev/mmc", "\\\\", "/dev/disk"))
    )
