# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The registry of a live round's first officer, open in a window at the roster, with everybody's real keys at hand."""

from committee import choose
from officers import MADE_AT, Office
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from windows import click, in_store, named, settle, workspace, write

from pmqa_desktop.app import App
from pmqa_desktop.services.identity import open_identity, own_keys
from pmqa_desktop.services.rounds.rosters import write_rosters
from pmqa_desktop.sync.keys import Cost, write_key_file
from ui.dialogs.choosing import Chooser
from ui.shell import Shell

SECRET = "mango river 7 lamp"
CHEAP = Cost(64 * 1024, 1)


class Bureau:
    """The registry of the first officer, open in a window; `files`, `folder` and `key` answer the next question."""

    def __init__(self, home, stick, *, recovery=""):
        self.home, self.stick, self.files = home, stick, ()
        self.folder, self.key = stick, None
        self.office = Office(stick, recovery=recovery)
        documents = self.office.start()
        self.first = next(one for one in documents.values() if one.kind == "roster")
        file = self.sent(documents)
        keys = home / "keys"
        keys.mkdir(parents=True)
        path = keys / "office-1.key"
        path.write_bytes(write_key_file(self.office.identities["office-1"], SECRET, cost=CHEAP))
        open_identity(path, SECRET).close()
        (own,) = own_keys(keys)
        App(home).take_office((file,), own, confirmed=self.first.digest).close()
        chooser = Chooser(files=lambda _parent: self.files, folder=lambda _parent, _title: self.folder,
                          key=lambda _parent: self.key)  # fmt: skip
        self.shell = Shell(home, chooser=chooser)
        self.shell.routes.start()
        self.shell.window.show()
        self.shell.window.activateWindow()
        settle(self.shell)
        click(self.shell, "recent-0")
        choose(self.shell, "registry-roster")

    def sent(self, documents):
        identity = self.office.identities["office-2"]
        return write_rosters(documents, self.stick, identity, made_at=MADE_AT, app="test").path

    def body(self):
        """The body of the one proposal that waits."""
        (seen,) = in_store(self.shell, workspace(self.shell).rosters.waiting)
        return seen.roster.document.body

    def told(self):
        return " ".join(
            one.text().replace("\u200b", "") for one in named(self.shell, "roster-changes").findChildren(QLabel)
        )

    def choose(self, name, value):
        choices = named(self.shell, name)
        at = next(n for n in range(choices.count()) if choices.itemData(n) == value)
        choices.setCurrentIndex(at)
        choices.activated.emit(at)
        settle(self.shell)

    def sign(self, reason="ตามคำสั่ง"):
        write(self.shell, "act-reason", reason)
        click(self.shell, "change-folder")
        write(self.shell, "act-passphrase", SECRET)
        click(self.shell, "act-sign")

    def close(self):
        self.shell.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
