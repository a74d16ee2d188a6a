# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Start the window and end it without losing a word; or open it once to see that it can."""

import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from pmqa_desktop.app import App
from pmqa_desktop.log import start_log, stop_log
from pmqa_desktop.paths import user_data_folder
from pmqa_desktop.services.readiness import SelfCheck
from pmqa_desktop.text import N_
from ui import theme
from ui.errors import install_crash_dialog
from ui.shell import Shell
from ui.widgets.labels import qt_breaks_thai


def run_window(arguments: list[str]) -> int:
    """Show the window until it is closed and return the exit code.

    Args:
        arguments: Nothing, a file to open, or `--practice` to begin on the practice round at once.
    """
    home = user_data_folder()
    with suppress(OSError):  # a folder that cannot be written is told where something is to be kept there
        start_log(home)
    shell = Shell(home)
    install_crash_dialog()
    shell.start()
    if arguments and arguments[0] == "--practice":
        shell.window.painted_first.connect(lambda: shell.routes.practise("evaluator"))
    elif arguments:
        shell.front.open_file(Path(arguments[0]))
    if shell.application.platformName() == "offscreen":
        shell.window.show()
    else:
        shell.window.showMaximized()
    shell.tasks.free(lambda _progress: App.tidy(), failed=lambda _error: None)
    code = shell.application.exec()
    shell.tasks.close()
    stop_log()
    return code


def try_window() -> tuple[SelfCheck, ...]:
    """Open the window once over an empty folder, paint it, close it, and tell what was seen."""
    with tempfile.TemporaryDirectory(prefix="pmqa-") as folder:
        shell = Shell(Path(folder))
        shell.start()
        shell.window.show()
        QApplication.processEvents()
        shell.tasks.finish()
        painted = not shell.window.grab().isNull()
        family = QFontInfo(theme.font()).family()
        platform = shell.application.platformName()
        shell.close()
    right = painted and family.startswith(theme.FAMILY)
    return (
        SelfCheck("window", "ok" if right else "failed", N_("The window opens and paints: {found}"),
                  f"{platform}, {family}"),
        SelfCheck(
            "thai-lines",
            "ok" if qt_breaks_thai() else "warning",
            N_("Text fields break Thai lines between words: {found}"),
            "libthai" if qt_breaks_thai() else "-",
        ),
    )  # fmt: skip
