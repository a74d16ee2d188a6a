# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Photos and files that came with an agency's sheets: told by name, kind, size and digest, saved as a copy only."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from pmqa_desktop.domain.media import kind_named
from pmqa_desktop.services.evaluation.attachments import ReceivedFile
from pmqa_desktop.text import _
from ui.drives import size_words
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel


def file_facts(name_of_kind: str, size: int, digest: str) -> str:
    """Return kind, size and the begin of the digest of an attached file as one line."""
    kind = kind_named(name_of_kind)
    ending = kind.ending.removeprefix(".").upper() if kind is not None else "?"
    digits = digest.removeprefix("sha256:")
    return f"{ending} · {size_words(size)} · {digits[:4]} {digits[4:8]}"


class ReceivedFiles(Box):
    """The files of one agency's sheets; hidden while there is none."""

    copy_asked = Signal(str)

    def __init__(self) -> None:
        """Start without files."""
        super().__init__(gap=4)
        self.setObjectName("received-files")
        self.told = WrapLabel("", "small", 600)
        self.told.setObjectName("received-told")
        self.hide()

    def show_files(self, files: Sequence[ReceivedFile]) -> None:
        """Show the files that came with the sheets in force."""
        self.clear()
        self.told = WrapLabel("", "small", 600)
        self.told.setObjectName("received-told")
        self.add(Label(_("Files attached to the sheets"), "body", 600))
        for place, one in enumerate(files):
            self.add(self._line(one, place))
        self.add(
            WrapLabel(_("They are never opened in here. Save a copy and open it with care."), "micro", 400, "text2")
        )
        self.add(self.told)
        self.setVisible(bool(files))

    def say(self, words: str, *, bad: bool = False) -> None:
        """Tell what became of a copy."""
        self.told.set_ink("err" if bad else "ok")
        self.told.set_text(words)

    def _line(self, one: ReceivedFile, place: int) -> Box:
        file = one.attachment
        where = _("{seat}, item {items}").format(seat=one.seat, items=", ".join(one.items))
        words = Box(gap=0)
        words.add(
            ElideLabel(file.name, "small"),
            ElideLabel(f"{where} · {file_facts(file.media_type, file.bytes, file.digest)}", "micro", 400, "text2"),
        )
        copy = Button(_("Save a copy"), f"received-{place}-copy", "quiet")
        copy.setAccessibleName(_("Save a copy of {name}").format(name=file.name))
        copy.clicked.connect(lambda: self.copy_asked.emit(file.digest))
        line = row(IconLabel("file", "text2", 20), gap=8)
        line.add(words, stretch=1)
        return line.add(copy)
