# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking files in: start, progress, cancel, and a report that says for every file what became of it and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from pmqa_desktop import messages
from pmqa_desktop.domain.peers import TO_ENDORSE
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.registry.service import DocumentLine, FileOutcome, ImportReport
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.services.session import chair_of as chair_of
from pmqa_desktop.text import N_, _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.models.numbers import seat_label
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.scores import ProgressBar
from ui.widgets.signs import EmptyState

SEALED = "sealed-key-needed"
MOST_NAMED = 2
KIND_WORDS: dict[str, str] = {
    "declaration": N_("declaration"),
    "scoresheet": N_("scoresheet"),
    "reveal": N_("reveal"),
    "consensus": N_("consensus"),
    "endorsement": N_("endorsement"),
    "roster": N_("roster"),
    "criteria": N_("criteria"),
    "assignment": N_("assignment"),
    "papers": N_("papers"),
    "enrolment": N_("enrolment"),
    "result": N_("result"),
    "ranking": N_("ranking"),
    "extract": N_("extract of the roster"),
}


class Unlocks(Protocol):
    """What opens the own key for this sitting."""

    def __call__(self, passphrase: str) -> None:
        """Open the key or raise its code."""


def whose(line: DocumentLine, seen: RoundInfo) -> str:
    """Say whose document it is: agency, seat, kind and revision."""
    agency = seen.agencies.get(line.agency)
    panel = seen.panels.get(line.agency)
    seat = next((s for s in panel.seats if s.person == line.person), None) if panel else None
    who = seat_label(seat, chair_of(panel)) if seat is not None and panel is not None else line.person
    parts = [
        pick(agency.short_th, agency.name_en) if agency else line.agency,
        who,
        _(KIND_WORDS.get(line.kind, line.kind)),
    ]
    if line.seq:
        parts.append(_("revision {number}").format(number=line.seq))
    return " · ".join(part for part in parts if part)


FOR_OTHERS = "not-for-this-key"


@dataclass(frozen=True, slots=True)
class Recovery:
    """How an import goes on with the secretariat's recovery key: ask for its file, then take the files in by it."""

    choose: Callable[[], Path | None]
    take: Callable[[Sequence[Path], Path, str, Progress], ImportReport]


class Importer(QObject):
    """Runs one import at a time on the store's thread."""

    started = Signal()
    finished = Signal(object)
    stopped = Signal(str)

    def __init__(self, exchange: ExchangeService, unlock: Unlocks, tasks: TaskRunner, parent: QObject) -> None:
        """Import by `exchange`; `unlock` opens the own key when sealed files need it."""
        super().__init__(parent)
        self._exchange, self._unlock, self._tasks = exchange, unlock, tasks
        self._progress: Progress | None = None
        self.paths: tuple[Path, ...] = ()
        self.passphrase = ""
        """What stands in the field when sealed files ask for it: a practice round's passphrase is public."""
        self.recovery: Recovery | None = None
        """Where the secretariat may open with the recovery key what was sealed to a key that is lost."""
        self.practice_files: tuple[Path, ...] = ()
        """What the others of a practice round sent; nobody would find it on the disk."""

    @property
    def running(self) -> bool:
        """Tell whether an import is under way."""
        return self._progress is not None

    def run(self, paths: Sequence[Path], before: Callable[[], None] | None = None) -> None:
        """Take files and folders in; `before` runs first on the same thread."""

        def take(progress: Progress) -> ImportReport:
            if before is not None:
                before()
            return self._exchange.import_paths(self.paths, progress)

        self._run(paths, take)

    def run_recovered(self, key: Path, passphrase: str) -> None:
        """Take the same files in again with the recovery key, which is closed afterwards."""
        recovery = self.recovery
        if recovery is not None:
            self._run(self.paths, lambda progress: recovery.take(self.paths, key, passphrase, progress))

    def _run(self, paths: Sequence[Path], take: Callable[[Progress], ImportReport]) -> None:
        if self.running or not paths:
            return
        self.paths = tuple(paths)
        progress = self._tasks.progress()
        self._progress = progress
        self.started.emit()
        self._tasks.store(lambda: take(progress), self._done, self._failed, self)

    def run_unlocked(self, passphrase: str) -> None:
        """Open the own key, then take the same files in again."""
        self.run(self.paths, lambda: self._unlock(passphrase))

    def cancel(self) -> None:
        """Ask the import to stop after the present file."""
        if self._progress is not None:
            self._progress.cancel()

    def _done(self, report: ImportReport) -> None:
        self._progress = None
        self.finished.emit(report)

    def _failed(self, error: Exception) -> None:
        self._progress = None
        self.stopped.emit(_("Stopped. What was complete is kept.") if isinstance(error, Cancelled) else worded(error))


class ReportLine(Box):
    """One group of the report: shape and count, what it means, and the files that need a person."""

    def __init__(self, icon: str, ink: str, title: str, text: str, details: Sequence[tuple[str, str]] = ()) -> None:
        """Show `title`; each of `details` is a bold line and its explanation."""
        super().__init__(across=True, margins=(0, 4, 0, 4), gap=10)
        top = Qt.AlignmentFlag.AlignTop
        self.add(IconLabel(icon, ink, 20), align=top)
        label = Label(title, "body", 700, ink)
        label.setFixedWidth(theme.px(104))
        self.add(label, align=top)
        words = Box(gap=0)
        if text:
            words.add(WrapLabel(text, "small"))
        for bold, plain in details:
            words.add(WrapLabel(bold, "small", 600), WrapLabel(plain, "small", 400, "text2"))
        self.add(words, stretch=1)
        self.setAccessibleName(". ".join([title, text, *(f"{bold}: {plain}" for bold, plain in details)]))


class ImportPane(Box):
    """The report of the last import, its progress while it runs, and what to do about sealed files."""

    def __init__(self, importer: Importer, seen: RoundInfo, tasks: TaskRunner, *, hint: str) -> None:
        """Show what `importer` does; `hint` stands here before the first import."""
        super().__init__(gap=4)
        self.setObjectName("import-pane")
        self._importer, self._seen = importer, seen
        self._when = Label("", "small", 400, "text2")
        self.add(row(Label(_("Import report"), "lead", 600), None, self._when))
        self._room = Box(gap=0)
        self.add(self._room)
        self._bar: ProgressBar | None = None
        self._count: Label | None = None
        self._report: ImportReport | None = None
        self._recovery_key: Path | None = None
        importer.started.connect(self._show_running)
        importer.finished.connect(self.show_report)
        importer.stopped.connect(self._show_stopped)
        tasks.stepped.connect(self._step)
        self._room.add(WrapLabel(hint, "small", 400, "text2"))

    def _show_running(self) -> None:
        self._room.clear()
        self._bar = ProgressBar(0, 1, 8)
        self._count = Label(_("Reading files…"), "small")
        self._count.setObjectName("import-progress")
        cancel = Button(_("Stop"), "import-cancel", "", "cross")
        cancel.clicked.connect(self._importer.cancel)
        self._room.add(12, row(self._count, None, cancel), self._bar)

    def _step(self, done: int, of: int, what: str) -> None:
        if self._importer.running and self._bar is not None and self._count is not None:
            self._bar.set_progress(done, max(of, 1))
            self._count.setText(_("{done} of {of} files · {name}").format(done=done, of=of or "?", name=what[:40]))

    def _show_stopped(self, words: str) -> None:
        if self._report is not None and (self._is_sealed(self._report) or self._is_for_others(self._report)):
            self.show_report(self._report, words)
            return
        self._room.clear()
        self._bar = self._count = None
        self._room.add(ReportLine("warn", "warn", _("Stopped"), words))

    def show_report(self, report: ImportReport, trouble: str = "") -> None:
        """Show the groups of a report; `trouble` is told where the own key is asked for."""
        self._report = report
        self._room.clear()
        self._bar = self._count = None
        self._when.setText(_("Files: {count}").format(count=len(report.files)))
        if not report.files:
            self._room.add(EmptyState("folder", _("No PMQA file was found there.")))
        if self._is_sealed(report):
            # first of all: below a list of files nobody would look for it
            self._offer_unlock(trouble)
        elif self._is_for_others(report):
            self._offer_recovery(trouble)
        for line in self._lines(report):
            self._room.add(line, Rule())

    @classmethod
    def _is_sealed(cls, report: ImportReport) -> bool:
        return any(cls._waits_for_key(one) for one in report.files)

    @staticmethod
    def _waits_for_key(outcome: FileOutcome) -> bool:
        return outcome.refusal is not None and outcome.refusal.code == SEALED

    def _is_for_others(self, report: ImportReport) -> bool:
        refused = (one.refusal for one in report.files if one.refusal is not None)
        return self._importer.recovery is not None and any(one.code == FOR_OTHERS for one in refused)

    def _offer_recovery(self, trouble: str) -> None:
        """Offer to open with the recovery key what the own key does not open."""
        recovery = self._importer.recovery
        if recovery is None:
            return
        box = Box("info", margins=(14, 8, 14, 10), gap=6)
        box.setObjectName("recovery-box")
        box.add(WrapLabel(
            _("Some files were sealed to a key that is not on this computer. If the secretariat's key is lost, take "
              "the recovery key out of the safe, plug it in and open them with it. This is noted in the log."),
            "small", 600,
        ))  # fmt: skip
        field = PassphraseBox("recovery-passphrase", _("Passphrase of the recovery key"))
        go = Button(_("Open with the recovery key"), "recovery-open", "primary", "key")
        pick_key = Button(_("Choose the recovery key…"), "recovery-choose", "", "folder")
        named = Label("", "small", 400, "text2")

        def chosen() -> None:
            found = recovery.choose()
            if found is not None:
                self._recovery_key = found
                show()
                field.field.setFocus()

        def show() -> None:
            named.setText(self._recovery_key.name if self._recovery_key is not None else "")
            go.setEnabled(self._recovery_key is not None)

        def run() -> None:
            if self._recovery_key is not None:
                self._importer.run_recovered(self._recovery_key, field.text())

        pick_key.clicked.connect(chosen)
        go.clicked.connect(run)
        field.entered.connect(go.click)
        field.show_trouble(trouble)
        show()
        box.add(row(pick_key, named, None, gap=8), field, row(go, None))
        self._room.add(box, 8)

    def _offer_unlock(self, trouble: str) -> None:
        box = Box("info", margins=(14, 8, 14, 10), gap=6)
        words = WrapLabel(_("Sealed files open with your own key. Type its passphrase and they come in."), "small", 600)
        field = PassphraseBox("import-passphrase")
        field.field.setText(self._importer.passphrase)
        go = Button(_("Open the key and import again"), "import-unlock", "primary", "key")
        go.clicked.connect(lambda: self._importer.run_unlocked(field.text()))
        field.entered.connect(go.click)
        field.show_trouble(trouble)
        box.add(words, field, go)
        self._room.add(box, 8)
        field.field.setFocus()

    def _lines(self, report: ImportReport) -> list[ReportLine]:
        groups: dict[str, list[FileOutcome]] = {}
        for one in report.files:
            groups.setdefault(one.outcome, []).append(one)
        fresh = len(groups.get("new", [])) + len(groups.get("newer", []))
        known = len(groups.get("known", [])) + len(groups.get("partly-known", []))
        lines = []
        if fresh:
            text = _("Added, each file whole or not at all")
            newer = len(groups.get("newer", []))
            if newer:
                text += " · " + _("{count} of them newer revisions").format(count=newer)
            lines.append(ReportLine("plus", "ok", _("New {count}").format(count=fresh), text))
        if known:
            lines.append(ReportLine("ok", "idle", _("Known {count}").format(count=known),
                                    _("The same content to the last byte; nothing done")))  # fmt: skip
        lines += self._to_read(report)
        held = [*groups.get("held", []), *groups.get("waiting", [])]
        if held:
            lines.append(ReportLine("held", "held", _("Held {count}").format(count=len(held)), "", self._told(held)))
        disputed = groups.get("conflict", [])
        if disputed:
            title = _("Conflict {count}").format(count=len(disputed))
            lines.append(ReportLine("swap", "err", title, "", self._told(disputed)))
        sealed = [one.file for one in groups.get("refused", []) if self._waits_for_key(one)]
        if sealed:
            title = _("Sealed {count}").format(count=len(sealed))
            details = [(_first_few(sealed), _("Nobody but its recipients can read it."))]
            lines.append(ReportLine("lock", "idle", title, "", details))
        refused = [one for one in groups.get("refused", []) if not self._waits_for_key(one)]
        if refused:
            details = [(one.file, messages.word_refusal(one.refusal) if one.refusal else "") for one in refused]
            lines.append(ReportLine("err", "err", _("Refused {count}").format(count=len(refused)), "", details))
        return lines

    def _to_read(self, report: ImportReport) -> list[ReportLine]:
        """Show a member which consensus came to be read and endorsed; the reveal beside it asks nothing of anybody."""
        found = {one.digest: one for file in report.files for one in file.documents if one.status == TO_ENDORSE}
        read = [one for one in found.values() if one.kind == "consensus"]
        if not read:
            return []
        details = [(_first_few([whose(one, self._seen) for one in read]), messages.word(TO_ENDORSE, {}))]
        return [ReportLine("pen", "primary", _("To endorse {count}").format(count=len(read)), "", details)]

    def _told(self, files: Sequence[FileOutcome]) -> list[tuple[str, str]]:
        """Say once for every reason whose documents do not count because of it, and what to do."""
        groups: dict[str, list[str]] = {}
        for one in files:
            for line in one.documents:
                if line.status not in {"counted", "superseded", TO_ENDORSE}:
                    groups.setdefault(line.status, []).append(whose(line, self._seen))
        return [(_first_few(owners), status_words(status)) for status, owners in groups.items()]


def _first_few(owners: Sequence[str]) -> str:
    rest = len(owners) - MOST_NAMED
    named = ", ".join(owners[:MOST_NAMED])
    return named + (" " + _("and {count} more").format(count=rest) if rest > 0 else "")


def status_words(code: str) -> str:
    """Say why a document does not count, and what to do."""
    return _(STATUS_WORDS[code]) if code in STATUS_WORDS else messages.word(code, {})


STATUS_WORDS: dict[str, str] = {
    "waiting": N_("Its signer is not in the roster that is here. Import the newer roster; it then comes in by itself."),
    "two-versions": N_(
        "Two signed versions of one revision. Return them to the owner, who signs one that replaces both."
    ),
}


def import_menu(button: Button, importer: Importer, chooser: Chooser, parent: QWidget) -> None:
    """Let `button` offer files or a whole folder, and in a practice round the files that come with it."""
    menu = QMenu(button)
    files = QAction(_("Files…"), menu)
    files.setObjectName("import-files")
    files.triggered.connect(lambda: importer.run(chooser.files(parent)))
    folder = QAction(_("A whole folder or drive…"), menu)
    folder.setObjectName("import-folder")

    def from_folder() -> None:
        chosen = chooser.folder(parent, _("Choose the folder or drive with the files"))
        importer.run((chosen,) if chosen is not None else ())

    folder.triggered.connect(from_folder)
    practice = QAction(_("The others' files of the practice round"), menu)
    practice.setObjectName("import-practice")
    practice.triggered.connect(lambda: importer.run(importer.practice_files))
    menu.aboutToShow.connect(lambda: practice.setVisible(bool(importer.practice_files)))
    menu.addActions([practice, files, folder])
    button.setMenu(menu)
