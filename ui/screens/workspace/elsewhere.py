# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A workspace that is open in another window or on another computer: told, and taken over only on purpose."""

from collections.abc import Callable, Mapping
from datetime import datetime

from pmqa_desktop.errors import Expected
from pmqa_desktop.text import N_, _, current_language
from pmqa_desktop.thai import format_date, format_time
from ui.dialogs.ask import ask
from ui.errors import worded
from ui.screens.start import StartScreen
from ui.widgets.buttons import Button

MOVED = N_("This workspace was copied from another laptop")
MOVED_REGISTER = N_(
    "There must be one register of a round. If the other computer still takes files in, compare the states of both "
    "(audit) and go on with one of them only."
)
ELSEWHERE = "workspace-open-elsewhere"


def is_elsewhere(error: Exception) -> bool:
    """Tell whether a workspace did not open because another window or computer has it."""
    return isinstance(error, Expected) and error.code == ELSEWHERE


def tell_elsewhere(screen: StartScreen, error: Exception, again: Callable[[bool], None]) -> None:
    """Tell who has the workspace open; `again` opens it anew, with True to take it over."""
    fields = error.fields if isinstance(error, Expected) else {}
    if fields.get("here"):
        button = Button(_("Try again"), "open-again", "primary")
        button.clicked.connect(lambda: again(False))
        title = _("Another window on this computer has it open")
    else:
        host = str(fields.get("host", "?"))
        button = Button(_("Take it over"), "take-over")
        button.clicked.connect(lambda: _confirm(screen, host, again))
        title = _("Another computer has it open: {host}").format(host=host)
    screen.show_trouble(title, worded(Expected(ELSEWHERE, **{**fields, "since": _since(fields)})), "warn", button)
    button.setFocus()


def _since(fields: Mapping[str, object]) -> str:
    """Return since when it is open, with the date as the window writes dates."""
    told = str(fields.get("since", "?"))
    try:
        at = datetime.strptime(told, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local time already
    except ValueError:
        return told
    return f"{format_date(at.date(), current_language(), 'short')} {format_time(at, current_language())}"


def _confirm(screen: StartScreen, host: str, again: Callable[[bool], None]) -> None:
    """Take over only when the person says that the other computer has it no longer open."""
    if ask(
        screen,
        _("Is it closed on {host}?").format(host=host),
        _("If it is still open there, edits of both computers would go into one file and some could be lost. Go to "
          "{host} and close it. Take over only if that computer is switched off or lost.").format(host=host),
        _("Leave it closed here"),
        _("It is closed there: open it here"),
    ):  # fmt: skip
        again(True)
