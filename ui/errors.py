# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Wording of errors for the window, and the last word of the program when a bug stops it."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtWidgets import QWidget

from pmqa_desktop import messages, system
from pmqa_desktop.errors import PmqaError
from pmqa_desktop.text import _
from ui.dialogs.ask import tell

logger = logging.getLogger(__name__)


def worded(error: BaseException) -> str:
    """Return what a person is told about an error: the sentence of its code, or that of a bug."""
    if isinstance(error, PmqaError):
        return messages.word_error(error)
    if isinstance(error, OSError):
        return messages.word_error(system.told(error))
    return _("An error in the program: {kind}. Work saved so far is kept.").format(kind=type(error).__name__)


def show_error(parent: QWidget | None, error: BaseException, title: str = "") -> None:
    """Tell an error in a dialog whose only button closes it."""
    if not isinstance(error, PmqaError | OSError):
        logger.error("bug", exc_info=error)
    tell(parent, title or _("This could not be done"), worded(error))


def install_crash_dialog() -> None:
    """Show a dialog for every exception nobody caught, then go on: drafts are on the disk already."""

    def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("uncaught", exc_info=(kind, error, trace))
        sys.stderr.write("".join(traceback.format_exception(kind, error, trace)))
        tell(None, _("The program met an error of its own"), worded(error))

    sys.excepthook = crashed
