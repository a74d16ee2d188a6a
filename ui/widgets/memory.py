# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands half filled in on a screen, carried over when the screen is built anew in other words or another size.

Parts are known again by their object names. Only what a person did is carried: a text that was typed, a mark or list
that was set otherwise than the new screen sets it, a tab that was open. Passphrases are never kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.buttons import Segments
from ui.widgets.inputs import Choices, Round, Tick

W = TypeVar("W", bound=QWidget)
Key = tuple[str, int]
"""An object name, and which of several parts of that name, from the last one on."""


@runtime_checkable
class Keeps(Protocol):
    """A part that holds something a person gave and no field shows, such as a file that was taken in."""

    def given(self) -> object | None:
        """Return what was given, None for nothing."""

    def give_again(self, given: Any) -> None:
        """Take over what `given` returned in another one of its kind."""


@dataclass(slots=True)
class Memory:
    """What was filled in, by object name; an entry goes once the new screen has taken it over."""

    tabs: dict[Key, int] = field(default_factory=dict)
    given: dict[Key, object] = field(default_factory=dict)
    lists: dict[Key, object] = field(default_factory=dict)
    marks: dict[Key, bool] = field(default_factory=dict)
    texts: dict[Key, str] = field(default_factory=dict)
    cursor: Key | None = None
    at: int = 0

    def __bool__(self) -> bool:
        """Tell whether anything waits to be taken over."""
        return bool(self.tabs or self.given or self.lists or self.marks or self.texts or self.cursor)


def remember(screen: QWidget) -> Memory:
    """Return what is filled in on a screen, and where its cursor stands."""
    kept = Memory(
        tabs={key: one.current() for key, one in _parts(screen, Segments, _tab_name) if one.moved},
        given={key: given for key, one in _keepers(screen) if (given := one.given()) is not None},
        lists={key: one.currentData() for key, one in _parts(screen, Choices) if one.currentIndex() >= 0},
        marks={key: one.isChecked() for kind in (Tick, Round) for key, one in _parts(screen, kind)},
        texts={key: _text(one) for key, one in _fields(screen) if _is_typed(one)},
    )
    focused = QApplication.focusWidget()
    for key, one in _fields(screen):
        if one is focused:
            kept.cursor, kept.at = key, _place(one)
    return kept


def recall(screen: QWidget, kept: Memory) -> None:
    """Fill in on a new screen what was on the one before; what has no place there yet stays in `kept`.

    Parts that others bring up, as a list the fields below it, are found in later rounds.
    """
    for _round in range(3):
        _take(kept.tabs, dict(_parts(screen, Segments, _tab_name)), _choose_tab)
        _take(kept.given, dict(_keepers(screen)), lambda one, given: one.give_again(given))
        _take(kept.lists, dict(_parts(screen, Choices)), _choose)
        _take(kept.marks, dict([*_parts(screen, Round), *_parts(screen, Tick)]), _mark)
        _take(kept.texts, dict(_fields(screen)), _write)
    if kept.cursor is not None and (one := dict(_fields(screen)).get(kept.cursor)) is not None:
        kept.cursor = None
        if one.isVisibleTo(screen) and one.isEnabled():
            _put_cursor(one, kept.at)


def _take(waiting: dict[Key, Any], there: Mapping[Key, Any], act: Callable[[Any, Any], None]) -> None:
    for key in [key for key in waiting if key in there]:
        act(there[key], waiting.pop(key))


# ---- the parts of a screen --------------------------------------------------------------------------


def _parts(screen: QWidget, kind: type[W], name: Callable[[W], str] = QWidget.objectName) -> Iterator[tuple[Key, W]]:
    count: dict[str, int] = {}
    # counted from the end: what stands before may be on its way out
    for one in reversed(screen.findChildren(kind)):
        called = name(one)
        if called and not called.startswith("qt_"):
            count[called] = count.get(called, 0) + 1
            yield (called, count[called]), one


def _tab_name(tabs: Segments) -> str:
    return tabs.buttons[0].objectName()


def _keepers(screen: QWidget) -> Iterator[tuple[Key, Keeps]]:
    if isinstance(screen, Keeps):
        yield (screen.objectName(), 0), screen
    for key, one in _parts(screen, QWidget):
        if isinstance(one, Keeps):
            yield key, one


def _fields(screen: QWidget) -> Iterator[tuple[Key, QLineEdit | QPlainTextEdit]]:
    for key, line in _parts(screen, QLineEdit):
        if line.echoMode() is QLineEdit.EchoMode.Normal and not line.isReadOnly():
            yield key, line
    for key, text in _parts(screen, QPlainTextEdit):
        if not text.isReadOnly():
            yield key, text


# ---- fields -----------------------------------------------------------------------------------------


def _is_typed(one: QLineEdit | QPlainTextEdit) -> bool:
    return one.isModified() if isinstance(one, QLineEdit) else one.document().isModified()


def _text(one: QLineEdit | QPlainTextEdit) -> str:
    return one.text() if isinstance(one, QLineEdit) else one.toPlainText()


def _write(one: QLineEdit | QPlainTextEdit, text: str) -> None:
    if _is_typed(one) or text == _text(one):
        _set_typed(one)
        return
    if isinstance(one, QLineEdit):
        one.setText(text)
        one.textEdited.emit(text)
    else:
        one.setPlainText(text)
    _set_typed(one)


def _set_typed(one: QLineEdit | QPlainTextEdit) -> None:
    """Mark a text as typed, so that the next change of language carries it too."""
    if isinstance(one, QLineEdit):
        one.setModified(True)
    else:
        one.document().setModified(True)


def _place(one: QLineEdit | QPlainTextEdit) -> int:
    return one.cursorPosition() if isinstance(one, QLineEdit) else one.textCursor().position()


def _put_cursor(one: QLineEdit | QPlainTextEdit, at: int) -> None:
    one.setFocus()
    if isinstance(one, QLineEdit):
        one.setCursorPosition(at)
    else:
        cursor = QTextCursor(one.document())
        cursor.setPosition(min(at, one.document().characterCount() - 1))
        one.setTextCursor(cursor)
        one.ensureCursorVisible()


# ---- marks, lists, tabs -----------------------------------------------------------------------------


def _mark(one: QAbstractButton, on: bool) -> None:
    """Set a mark as a press would; of several that exclude each other, only the one that is on can be pressed."""
    if one.isChecked() != on and one.isEnabled() and (on or isinstance(one, Tick)):
        one.click()


def _choose(one: Choices, value: object) -> None:
    place = one.findData(value)
    if place >= 0 and place != one.currentIndex():
        one.setCurrentIndex(place)
        one.activated.emit(place)


def _choose_tab(tabs: Segments, place: int) -> None:
    if place != tabs.current() and 0 <= place < len(tabs.buttons):
        tabs.choose(place)
