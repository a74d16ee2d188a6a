# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The one window: a bar on top and one screen at a time below it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from pmqa_desktop.text import Language, _, current_language, use_language
from ui import errors, shortcuts, theme
from ui.dialogs.ask import ask
from ui.screens.base import Screen
from ui.tasks import TaskRunner
from ui.widgets.app_bar import AppBar
from ui.widgets.boxes import first_stop
from ui.widgets.memory import Memory, recall, remember

if TYPE_CHECKING:
    from ui.screens.help import HelpView

ScreenMaker = Callable[[], Screen]
LEAST = (960, 600)
"""The smallest inside of the window, in pixels; the screens are made for 1280 by 689 and more."""
SMALL_BAR = 900
"""Below this width the bar keeps signs and leaves words out."""
_LOADS = 4
"""How many answers of the store, one after the other, a screen waits for at most until all its parts are there."""
WIDE_BAR = 1250
"""From this width, in pixels at 100 % text size, the bar has room for seconds and the language."""


class MainWindow(QWidget):
    """Show screens; keep language, text size and colours; never close over unsaved work."""

    appearance_changed = Signal(str, int, bool)
    closing = Signal()
    help_save_asked = Signal()
    leaving = Signal(object)
    """A screen is about to be taken away, or the window to be closed over it."""
    painted_first = Signal()
    """The window stands on the screen with all that is in it."""

    def __init__(self, tasks: TaskRunner) -> None:
        """Build an empty window; `open` shows the first screen."""
        super().__init__()
        self.setObjectName("window")
        self.tasks = tasks
        self.screen_now: Screen | None = None
        self.help: HelpView | None = None
        self._focused: QWidget | None = None
        self._make: ScreenMaker | None = None
        self._painted = False
        self._digits: shortcuts.DigitKeys | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        # a wide layout must not keep the window from becoming narrow: the screen takes another layout then
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*LEAST)
        self.setStyleSheet(theme.style_sheet())
        self.bar = AppBar()
        self._layout.addWidget(self.bar)
        self._reflow_later = QTimer(self)
        self._reflow_later.setSingleShot(True)
        self._reflow_later.setInterval(0)
        self._reflow_later.timeout.connect(self._reflow)
        tasks.failed.connect(self.tell)
        self._bind()
        self._connect_bar()
        self.setWindowTitle(_("PMQA Desktop"))

    def open(self, make: ScreenMaker, place: object = None) -> Screen:
        """Leave the present screen and show the one that `make` builds, at `place` if one is given."""
        self.close_help()
        if self.screen_now is not None:
            self._leave(self.screen_now)
            self._layout.removeWidget(self.screen_now)
            self.screen_now.hide()
            self.screen_now.deleteLater()
        self._make = make
        screen = make()
        self.screen_now = screen
        self._layout.addWidget(screen, 1)
        screen.reflow(theme.em_width(self.width()))
        screen.heading_changed.connect(self._show_heading)
        screen.saved.connect(self._show_saved)
        screen.unsaved.connect(self.bar.stamp.show_unsaved)
        self._fill_bar()
        if place is not None:
            screen.restore(place)
        screen.show()
        self._focus_first(screen)
        return screen

    def _leave(self, screen: Screen) -> None:
        screen.leave()
        self.leaving.emit(screen)

    def _focus_first(self, screen: Screen) -> None:
        """Put the cursor where the screen wants it, else on its main button: Qt would take any, as the language."""
        screen.focus_first()
        focused = cast("QWidget | None", self.focusWidget())
        if focused is None or not screen.isAncestorOf(focused):
            main = [button for button in screen.bar_buttons if button.isEnabled()]
            target = main[-1] if main else first_stop(screen)
            if target is not None:
                target.setFocus()

    def tell(self, error: Exception) -> None:
        """Tell an error of work that had nobody else to tell it."""
        errors.show_error(self, error)

    def set_language(self, language: Language) -> None:
        """Word everything anew."""
        use_language(language)
        self._rebuild()

    def set_scale(self, percent: int) -> None:
        """Set the text size to one of the steps."""
        application = QApplication.instance()
        if percent != theme.percent() and isinstance(application, QApplication):
            self._dress(application, theme.is_dark(), percent)

    def set_dark(self, dark: bool) -> None:
        """Choose the dark or the light colours."""
        application = QApplication.instance()
        if dark != theme.is_dark() and isinstance(application, QApplication):
            self._dress(application, dark, theme.percent())

    def _dress(self, application: QApplication, dark: bool, percent: int) -> None:
        theme.apply(application, dark=dark, scale=percent)
        self.setStyleSheet(theme.style_sheet())
        self._rebuild()

    def step_scale(self, step: int) -> None:
        """Make the text larger (1) or smaller (-1) by one step."""
        steps = theme.SCALES
        here = steps.index(theme.percent()) if theme.percent() in steps else 0
        self.set_scale(steps[max(0, min(len(steps) - 1, here + step))])

    def _rebuild(self) -> None:
        place = self.screen_now.place() if self.screen_now is not None else None
        kept = remember(self.screen_now) if self.screen_now is not None else None
        reading = self.help.code if self.help is not None else None
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        self._layout.removeWidget(self.bar)
        self.bar.hide()
        self.bar.deleteLater()
        self.bar = AppBar()
        self._layout.insertWidget(0, self.bar)
        self._connect_bar()
        self.setWindowTitle(_("PMQA Desktop"))
        if self._make is not None:
            screen = self.open(self._make, place)
            if kept is not None:
                self._fill_in(screen, kept, _LOADS)
        if reading is not None:
            self.show_help(reading)
        self._focus_again(name)
        self.appearance_changed.emit(current_language(), theme.percent(), theme.is_dark())

    def _focus_again(self, name: str) -> None:
        """Leave the cursor on the part that had it, in its new form: text is often made larger step by step."""
        in_bar = self.bar.findChild(QWidget, name) if name else None
        if in_bar is not None:
            in_bar.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name and self.screen_now is not None:
            self.screen_now.focus_part(name)

    def _fill_in(self, screen: Screen, kept: Memory, loads: int) -> None:
        """Fill in what was on the screen before; parts that wait for the store come after its next `loads` answers."""
        if screen is self.screen_now:
            recall(screen, kept)
            if kept and loads:
                self.tasks.store(lambda: None, lambda _none: self._fill_in(screen, kept, loads - 1), owner=screen)

    def _connect_bar(self) -> None:
        # the bar is replaced by what its own buttons ask for: let their click end first
        self.bar.smaller.connect(lambda: QTimer.singleShot(0, self, lambda: self.step_scale(-1)))
        self.bar.help_asked.connect(self.toggle_help)
        self.bar.larger.connect(lambda: QTimer.singleShot(0, self, lambda: self.step_scale(1)))
        self.bar.language_asked.connect(
            lambda language: QTimer.singleShot(0, self, lambda: self.set_language(language))
        )

    def _bind(self) -> None:
        shortcuts.bind(self, shortcuts.TEXT_LARGER, lambda: self.step_scale(1))
        shortcuts.bind(self, shortcuts.TEXT_SMALLER, lambda: self.step_scale(-1))
        shortcuts.bind(self, shortcuts.TEXT_NORMAL, lambda: self.set_scale(100))
        shortcuts.bind(self, shortcuts.HELP, self.toggle_help)

    # ---- help -----------------------------------------------------------------------------------

    def toggle_help(self) -> None:
        """Show the help page of the present screen, or go back to work."""
        if self.help is not None:
            self.close_help()
        elif self.screen_now is not None:
            self.show_help()

    def show_help(self, code: str = "") -> None:
        """Cover the screen with a page of the help, its own by default; the screen stays as it is, its keys rest."""
        if self.screen_now is None or self.help is not None:
            return
        from pmqa_desktop.services.handbook import page_of  # noqa: PLC0415 - the window is painted before services
        from ui.screens.help import HelpView  # noqa: PLC0415 - as above

        code = code or page_of(self.screen_now.objectName())
        self._focused = QApplication.focusWidget()
        self.help = HelpView(code, narrow=theme.em_width(self.width()) < SMALL_BAR)
        self.help.closed.connect(self.close_help)
        self.help.save_asked.connect(self.help_save_asked)
        self.screen_now.hide()
        self.bar.own_buttons.hide()
        self.bar.set_heading(_("Help"), _("Esc leads back to work; nothing there has changed"))
        self._layout.addWidget(self.help, 1)
        self.help.show()
        self.help.focus_first()

    def close_help(self) -> None:
        """Uncover the screen; the cursor goes back to where it was."""
        if self.help is None or self.screen_now is None:
            return
        gone, self.help = self.help, None
        self._layout.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self.bar.own_buttons.show()
        self._show_heading()
        self.screen_now.show()
        focused, self._focused = self._focused, None
        if focused is not None and isValid(focused) and self.screen_now.isAncestorOf(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_first(self.screen_now)

    def _fill_bar(self) -> None:
        screen = self.screen_now
        if screen is not None:
            self.bar.set_rehearsal(screen.rehearsal)
            room = theme.em_width(self.width())
            self.bar.set_room(narrow=room < WIDE_BAR, small=room < SMALL_BAR)
            self.bar.set_actions(screen.bar_buttons)
            self.bar.language.setVisible(screen.offers_language or theme.em_width(self.width()) >= WIDE_BAR)
            self._show_heading()
            self._show_saved(screen.saved_at)

    def _show_heading(self) -> None:
        if self.screen_now is not None and self.help is None:
            self.bar.set_heading(self.screen_now.title, self.screen_now.subtitle)
            self.bar.set_rehearsal(self.screen_now.rehearsal)

    def _show_saved(self, at: datetime | None) -> None:
        self.bar.stamp.show_saved(at, short=theme.em_width(self.width()) < WIDE_BAR)

    def _reflow(self) -> None:
        if self.screen_now is not None:
            self.screen_now.reflow(theme.em_width(self.width()))
            self._fill_bar()

    def _lose_work(self) -> bool:
        return ask(
            self,
            _("Close although the last edits are not saved?"),
            _("They could not be written to the disk and would be lost. Free room on the disk, then try again."),
            _("Keep the window open"),
            _("Close and lose them"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the screen choose its layout, after this event."""
        super().resizeEvent(event)
        self._reflow_later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the keys from the first showing on: a window has no handle before."""
        super().showEvent(event)
        first = shortcuts.FIRST_DIGIT.get(QGuiApplication.platformName())
        if first is not None and self._digits is None:
            self._digits = shortcuts.DigitKeys(self, first)
            self.windowHandle().installEventFilter(self._digits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the cursor, as Space does; a key that is held down presses once."""
        focused = QApplication.focusWidget()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = plain and Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(focused, QAbstractButton) and not isinstance(focused, (QCheckBox, QRadioButton)):
            if not event.isAutoRepeat():
                focused.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window was painted for the first time, once what lies on it is painted too."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted_first.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Bring every pending edit to the disk before closing."""
        if self.screen_now is not None:
            self._leave(self.screen_now)
        self.tasks.finish()
        if self.screen_now is not None and self.screen_now.has_unsaved() and not self._lose_work():
            event.ignore()
            return
        self.closing.emit()
        event.accept()
