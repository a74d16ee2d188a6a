# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One's own unsigned work: every edit is kept, the current value of a field is its newest edit.

Nothing is overwritten: undoing appends the earlier value again, so undo, redo and history survive a restart. Edits
made together (one act of the person) share a `counter` and are undone together. "Newer" between two devices is told
by (device, counter), never by the clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from pmqa_desktop.store.connection import Store
from pmqa_desktop.store.moments import moment, stamp

Act = Literal["set", "undo", "redo", "restore"]
Field = tuple[str, str]
"""(item, field): which value of a draft; `item` is empty for what concerns the whole sheet."""


@dataclass(frozen=True, slots=True)
class DraftEdit:
    """One change of one field: `old` and `new` are None where the field had, or got, no value."""

    number: int
    item: str
    field: str
    old: str | None
    new: str | None
    at: datetime
    device: str
    counter: int
    act: Act


class DraftRow(NamedTuple):
    """One edit as it is carried to another laptop: all that a row holds but for the agency, times as text.

    `number` and `step` name rows of the laptop it comes from; an act is (device, counter).
    """

    number: int
    area: str
    item: str
    field: str
    value: str | None
    at: str
    device: str
    counter: int
    act: Act
    step: int


class DraftRepository:
    """Read and append the drafts of one workspace.

    An `area` keeps kinds of work apart (for example `sheet`, `consensus`); `agency` is the agency's id.
    """

    def __init__(self, store: Store, device: str = "") -> None:
        """Use the drafts of `store`; new edits carry `device`, this device's id."""
        self._store = store
        self._device = device
        self._replayed: dict[tuple[str, str], tuple[int, tuple[int, ...], tuple[int, ...]]] = {}

    def set(self, area: str, agency: str, item: str, field: str, value: str | None, at: datetime) -> datetime:
        """Give one field a value, or none; return `at` once it is on disk (at once inside a running transaction).

        Setting the value that is already there leaves no trace.
        """
        return self.set_many(area, agency, {(item, field): value}, at)

    def set_many(
        self, area: str, agency: str, changes: Mapping[Field, str | None], at: datetime, *, act: Act = "set"
    ) -> datetime:
        """Make several changes as one act, which is undone as one."""
        with self._store.within():
            real = {field: value for field, value in changes.items() if self.value(area, agency, *field) != value}
            if real:
                self._append(area, agency, real.items(), at, act, None)
        return at

    def restore(self, area: str, agency: str, number: int, at: datetime) -> datetime:
        """Give a field the value again that edit `number` of its history gave it; this can be undone."""
        found = self._store.rows(
            "SELECT item, field, value FROM edits WHERE id = ? AND area = ? AND agency = ?", (number, area, agency)
        )
        if not found:
            raise LookupError(f"no edit {number} in this draft")
        item, field, value = found[0]
        return self.set_many(area, agency, {(item, field): value}, at, act="restore")

    def current(self, area: str, agency: str) -> dict[Field, str]:
        """Return the values of a draft; a field without a value is absent."""
        found = self._store.rows(
            "SELECT item, field, value FROM edits WHERE id IN (SELECT max(id) FROM edits WHERE area = ? AND agency = ? "
            "GROUP BY item, field) AND value IS NOT NULL ORDER BY item, field",
            (area, agency),
        )
        return {(item, field): value for item, field, value in found}

    def value(self, area: str, agency: str, item: str, field: str) -> str | None:
        """Return the current value of one field, or None."""
        found: str | None = self._store.value(
            "SELECT value FROM edits WHERE area = ? AND agency = ? AND item = ? AND field = ? ORDER BY id DESC LIMIT 1",
            (area, agency, item, field),
        )
        return found

    def saved_at(self, area: str, agency: str) -> datetime | None:
        """Return when the newest edit of a draft was made, or None while there is none."""
        text = self._store.value(
            "SELECT at FROM edits WHERE area = ? AND agency = ? ORDER BY id DESC LIMIT 1", (area, agency)
        )
        return moment(text) if text else None

    def position(self, area: str, agency: str) -> tuple[str, int]:
        """Return (device, counter) of the newest edit: what tells a newer draft from an older one."""
        found = self._store.rows(
            "SELECT device, counter FROM edits WHERE area = ? AND agency = ? ORDER BY id DESC LIMIT 1", (area, agency)
        )
        return found[0] if found else ("", 0)

    def agencies(self, area: str) -> tuple[str, ...]:
        """Return the agencies that have a draft in `area`, sorted."""
        return tuple(
            a for (a,) in self._store.rows("SELECT DISTINCT agency FROM edits WHERE area = ? ORDER BY agency", (area,))
        )

    def history(self, area: str, agency: str, item: str | None = None) -> tuple[DraftEdit, ...]:
        """Return every edit of a draft, or of one item of it, oldest first."""
        found = self._store.rows(
            "SELECT id, item, field, lag(value) OVER (PARTITION BY item, field ORDER BY id), value, at, device, "
            "counter, act FROM edits WHERE area = ? AND agency = ? AND (? IS NULL OR item = ?) ORDER BY id",
            (area, agency, item, item),
        )
        return tuple(
            DraftEdit(n, i, f, old, new, moment(at), dev, c, act) for n, i, f, old, new, at, dev, c, act in found
        )

    def rows(self, areas: Iterable[str], agency: str) -> tuple[DraftRow, ...]:
        """Return every edit of some areas of one agency as it can be carried, in the order they were made."""
        wanted = sorted(areas)
        marks = ",".join("?" * len(wanted))
        found = self._store.rows(
            "SELECT id, area, item, field, value, at, device, counter, act, step FROM edits "  # noqa: S608 - marks only
            f"WHERE agency = ? AND area IN ({marks}) ORDER BY id",
            (agency, *wanted),
        )
        return tuple(map(DraftRow._make, found))

    def take_in(self, agency: str, rows: Iterable[DraftRow], steps: Mapping[int, int]) -> None:
        """Append edits of another laptop with their own devices, counters and times; their numbers become ours.

        Args:
            agency: The agency's id.
            rows: The edits, in the order they were made there.
            steps: For acts that are here already, which of our steps a step of there is.
        """
        with self._store.within() as conn:
            ours = dict(steps)
            for row in rows:
                number = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM edits").fetchone()[0]
                ours.setdefault(row.step, number)
                conn.execute(
                    "INSERT INTO edits (id, area, agency, item, field, value, at, device, counter, act, step) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (number, row.area, agency, row.item, row.field, row.value, row.at, row.device, row.counter,
                     row.act, ours[row.step]),
                )  # fmt: skip

    def newest(self) -> int:
        """Return the number of the newest edit of all drafts, 0 while there is none: it tells whether any was made."""
        return int(self._store.value("SELECT coalesce(max(id), 0) FROM edits"))

    def use_device(self, device: str) -> None:
        """Let edits from now on carry another device's id: after edits of elsewhere were taken in."""
        self._device = device

    def mentions(self, text: str) -> bool:
        """Tell whether any value, now or ever before, holds `text`: an undo may bring it back."""
        return self._store.value("SELECT 1 FROM edits WHERE instr(value, ?) LIMIT 1", (text,)) is not None

    def forget(self) -> None:
        """Remove every draft with its history: the round is closed on this laptop."""
        self._replayed.clear()
        with self._store.within() as conn:
            conn.execute("DELETE FROM edits")
            conn.execute("DELETE FROM sqlite_sequence WHERE name = 'edits'")  # numbers and steps begin anew together

    def undo(self, area: str, agency: str, at: datetime) -> dict[Field, str | None] | None:
        """Take back the newest act not taken back yet; return the fields that changed, None when none is left."""
        return self._step(area, agency, at, "undo")

    def redo(self, area: str, agency: str, at: datetime) -> dict[Field, str | None] | None:
        """Do the act again that was undone last; return the fields that changed, None when there is none."""
        return self._step(area, agency, at, "redo")

    def can_undo(self, area: str, agency: str) -> bool:
        """Tell whether an act is left to take back."""
        return bool(self._stacks(area, agency)[0])

    def can_redo(self, area: str, agency: str) -> bool:
        """Tell whether an undone act can be done again."""
        return bool(self._stacks(area, agency)[1])

    def _step(
        self, area: str, agency: str, at: datetime, act: Literal["undo", "redo"]
    ) -> dict[Field, str | None] | None:
        with self._store.within():
            done, undone = self._stacks(area, agency)
            stack = done if act == "undo" else undone
            if not stack:
                return None
            step = stack[-1]
            found = self._store.rows(
                "SELECT id, item, field, value FROM edits "
                "WHERE area = ? AND agency = ? AND id >= ? AND step = ? AND act IN ('set', 'restore')",
                (area, agency, step, step),  # an act is named by the id of its first edit
            )
            changes = {
                (item, field): value if act == "redo" else self._before(area, agency, item, field, number)
                for number, item, field, value in found
            }
            self._append(area, agency, changes.items(), at, act, step)
            return changes

    def _before(self, area: str, agency: str, item: str, field: str, number: int) -> str | None:
        """Return the value that a field had before edit `number`."""
        value: str | None = self._store.value(
            "SELECT value FROM edits WHERE area = ? AND agency = ? AND item = ? AND field = ? AND id < ? "
            "ORDER BY id DESC LIMIT 1",
            (area, agency, item, field, number),
        )
        return value

    def _stacks(self, area: str, agency: str) -> tuple[list[int], list[int]]:
        """Replay the acts: return the steps that can be undone and those that can be redone, newest last.

        What was replayed before is kept, so that only newer acts are looked at; nothing is kept out of a running
        transaction, which may still be taken back.
        """
        last, done, undone = self._replayed.get((area, agency), (0, (), ()))
        stacks = list(done), list(undone)
        for step, act, number in self._store.rows(
            "SELECT step, act, max(id) FROM edits WHERE area = ? AND agency = ? AND id > ? "
            "GROUP BY device, counter ORDER BY min(id)",
            (area, agency, last),
        ):
            last = max(last, number)
            if act == "undo":
                _move(step, *stacks)
            elif act == "redo":
                _move(step, *reversed(stacks))
            else:
                stacks[0].append(step)
                stacks[1].clear()
        if not self._store.writing():
            self._replayed[area, agency] = last, tuple(stacks[0]), tuple(stacks[1])
        return stacks

    def _append(
        self,
        area: str,
        agency: str,
        changes: Iterable[tuple[Field, str | None]],
        at: datetime,
        act: Act,
        step: int | None,
    ) -> None:
        """Write the edits of one act; `step` names the act undone or redone, a new act names itself by its counter."""
        with self._store.within() as conn:
            # The next row's id: it only grows, and finding it does not take longer as the history does.
            counter = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM edits").fetchone()[0]
            conn.executemany(
                "INSERT INTO edits (area, agency, item, field, value, at, device, counter, act, step) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (area, agency, item, field, value, stamp(at), self._device, counter, act, step or counter)
                    for (item, field), value in changes
                ],
            )


def _move(step: int, source: list[int], target: list[int]) -> None:
    """Move a step from one stack to the other; it is the newest there, but where branches were joined."""
    if source and source[-1] == step:
        source.pop()
    elif step in source:
        source.remove(step)
    target.append(step)
