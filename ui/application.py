# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The Qt application: style, fonts, Qt's own words, and the appearance the person chose."""

import os
import sys

from PySide6.QtWidgets import QApplication

from pmqa_desktop.text import Language, use_language
from ui import theme
from ui.qt_text import QtText


def make_application(
    argv: list[str], *, language: Language = "th", percent: int = 100, dark: bool = False
) -> QApplication:
    """Return the application, made ready; a second call only sets the appearance again."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    present = QApplication.instance()
    application = present if isinstance(present, QApplication) else QApplication(argv[:1])
    use_language(language)
    if application.property("made-ready") is None:
        application.setProperty("made-ready", True)
        application.setApplicationName("PMQA Desktop")
        application.setStyle("Fusion")
        theme.load_fonts()
        application.installTranslator(QtText(application))
    theme.apply(application, dark=dark, scale=percent)
    return application
