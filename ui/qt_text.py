# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Qt's own words (dialog buttons, edit menus) in our languages: Qt ships no Thai."""

from PySide6.QtCore import QTranslator

from pmqa_desktop.text import N_, _

QT_STRINGS: tuple[str, ...] = (
    N_("OK"), N_("Cancel"), N_("&OK"), N_("&Cancel"), N_("&Yes"), N_("&No"), N_("Close"), N_("&Close"), N_("Save"),
    N_("&Save"), N_("Open"), N_("&Open"), N_("Undo"), N_("&Undo"), N_("Redo"), N_("&Redo"), N_("Cut"), N_("Cu&t"),
    N_("Copy"), N_("&Copy"), N_("Paste"), N_("&Paste"), N_("Delete"), N_("Select All"), N_("&Select All"),
    N_("Look in:"), N_("File &name:"), N_("Files of type:"), N_("Directory:"), N_("&Choose"), N_("Name"), N_("Size"),
    N_("Type"), N_("Date Modified"), N_("Back"), N_("Forward"), N_("Parent Directory"), N_("Create New Folder"),
    N_("List View"), N_("Detail View"), N_("Computer"), N_("All Files (*)"), N_("Folder"), N_("File"), N_("Drive"),
    N_("New Folder"), N_("&New Folder"), N_("&Rename"), N_("&Delete"), N_("Show &hidden files"), N_("Go back"),
    N_("Go forward"), N_("Go to the parent directory"), N_("Create a New Folder"), N_("Change to list view mode"),
    N_("Change to detail view mode"), N_("Sidebar"), N_("List of places and bookmarks"), N_("&Look in:"),
    N_("Files of &type:"), N_("Directories"), N_("Files"), N_("Remove"), N_("Find Directory"), N_("Save As"),
)  # fmt: skip
_KNOWN = frozenset(QT_STRINGS)


class QtText(QTranslator):
    """Answer Qt's questions from our catalogue; what we do not know stays as Qt has it."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return the words for `source`, or None when they are not ours: an empty text would be shown as it is."""
        return _(source) if source in _KNOWN else None

    def isEmpty(self) -> bool:
        """Say that there are words, or Qt would not ask."""
        return False
