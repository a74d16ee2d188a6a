# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The portable draft: unfinished work carried to another laptop, compared there, and taken only by choice.

Newer is told by which acts each side has, each named by device and counter, never by a clock: a side that has all acts
of the other is the newer one; where both have acts of their own, they are branches. Taking never overwrites: the
values change by one act that can be undone, and the edits of both sides stay in the history (docs/bundle-format.md).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.errors import Expected
from pmqa_desktop.events import DocumentsChanged, DraftChanged
from pmqa_desktop.services.evaluation.noticing import READING
from pmqa_desktop.services.evaluation.sheets import AREA as SHEET
from pmqa_desktop.services.exchange.attached_files import settle_files
from pmqa_desktop.services.exchange.intake import join_documents, keep_backup
from pmqa_desktop.services.identity import check_new_passphrase
from pmqa_desktop.services.safekeeping.draft_file import (
    AREAS,
    TAKEN,
    CarriedDraft,
    areas_kept,
    carried,
    keep_files,
    last_values,
    read_carried,
)
from pmqa_desktop.services.safekeeping.own_signed import not_here, read_lines, signed_agencies
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.drafts import DraftRow
from pmqa_desktop.store.moments import moment
from pmqa_desktop.sync.exporting import write_file
from pmqa_desktop.sync.importing import private_folder, stage
from pmqa_desktop.sync.keys import LIVE_COST, REHEARSAL_COST, Cost
from pmqa_desktop.sync.portable import LARGEST_DRAFT_FILE, lock_up, open_up

SUFFIX = ".draft"
LARGEST_CONTENT = LARGEST_DRAFT_FILE - 1024 * 1024
"""The most bytes of drafts with their attached files, packed: what a file under a passphrase can hold."""
Relation = Literal["same", "newer", "older", "branches"]
SheetField = tuple[str, str]
"""(item, field): one value of a sheet."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: how many acts, items answered, when last saved, and (device, counter) of that."""

    acts: int
    answered: int
    saved_at: datetime | None
    device: str
    counter: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of the sheet that the sides have different values for; None where a side has none."""

    item: str
    field: str
    here: str | None
    there: str | None


@dataclass(frozen=True, slots=True)
class AgencyComparison:
    """One agency's draft here and in the file; `relation` says what the draft in the file is, seen from here.

    `signed` counts the own signed documents in the file that are not here; they come in with whatever is taken.
    """

    agency: str
    relation: Relation
    here: Side
    there: Side
    differences: tuple[Difference, ...]
    signed: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft file beside the drafts of this laptop; nothing was changed yet."""

    file: str
    made_at: str
    agencies: tuple[AgencyComparison, ...]
    carried: CarriedDraft = field(repr=False)


@dataclass(frozen=True, slots=True)
class PortableWritten:
    """A portable draft that was written, read back and opened again."""

    path: Path
    size: int
    agencies: tuple[str, ...]


class PortableService:
    """Write the own drafts under a passphrase, and take them on another laptop."""

    def __init__(self, session: Session, cost: Cost | None = None) -> None:
        """Work in an open workspace; `cost` is another cost of a passphrase guess than the usual one (tests)."""
        self._session = session
        self._cost = cost

    def export(self, folder: Path, passphrase: str, agencies: Sequence[str] = ()) -> PortableWritten:
        """Write the drafts on some agencies, or on all, as one new file in `folder`.

        Args:
            folder: Where to; the file's name tells the round, no person and no agency.
            passphrase: Chosen now; it opens the file on the other laptop.
            agencies: The agencies' ids; all that have a draft when empty.

        Raises:
            Expected: `nothing-to-export`; `passphrase-missing`; `passphrase-short`; `draft-too-large`;
                `attachment-not-here`; the drive's own codes.
        """
        rehearsal = self._session.round().rehearsal
        check_new_passphrase(passphrase, rehearsal=rehearsal)
        chosen = tuple(agencies) or self._own((*self._session.drafts.agencies(SHEET), *signed_agencies(self._session)))
        if not chosen:
            raise Expected("nothing-to-export", what="draft", agency="")
        content = carried(self._session, chosen)
        if len(content) > LARGEST_CONTENT:
            raise Expected("draft-too-large", size=len(content), limit=LARGEST_CONTENT)
        cost = self._cost or (REHEARSAL_COST if rehearsal else LIVE_COST)
        data = lock_up(content, passphrase, entropy=self._session.entropy, cost=cost)

        def check(path: Path) -> None:
            if open_up(path.read_bytes(), passphrase) != content:
                raise Expected("readback-failed", name=path.name)

        name = f"PMQA-{self._session.round().round}-{self._session.entropy(4).hex()}{SUFFIX}"
        written = write_file(folder, name, data, check)
        self._session.note_written("export-draft", {"file": name}, written.path)
        return PortableWritten(written.path, written.size, chosen)

    def compare(self, path: Path, passphrase: str) -> Comparison:
        """Open a portable draft and set it beside the drafts here; changes nothing.

        Raises:
            Expected: `wrong-passphrase`; `draft-of-another-person`; `draft-of-another-round`.
            Refused: `draft-file-invalid`; `key-file-limits`; the codes of reading a file.
        """
        with private_folder() as staging:
            data = stage(path, staging, LARGEST_DRAFT_FILE).path.read_bytes()
        return self.compare_content(path.name, open_up(data, passphrase))

    def compare_content(self, file: str, packed: bytes) -> Comparison:
        """Compare the opened content of a draft file called `file`; the errors are those of `compare`."""
        draft = read_carried(self._session, packed)
        return Comparison(
            file=file,
            made_at=draft.made_at,
            agencies=tuple(self._compared(agency, draft) for agency in self._own(draft.drafts)),
            carried=draft,
        )

    def take(
        self,
        comparison: Comparison,
        agencies: Sequence[str],
        chosen_fields: Mapping[str, Collection[SheetField]] | None = None,
    ) -> tuple[str, ...]:
        """Take the file's drafts on the chosen agencies and return those that changed; each can be undone as one act.

        Args:
            comparison: What was shown.
            agencies: The agencies' ids.
            chosen_fields: By agency, the (item, field) whose value of the file is taken; every other field of that
                agency stays as it is here. An agency that is not named is taken whole. The edits of both sides are
                in the history afterwards either way, so the file is then an older one.

        Raises:
            Expected: `round-closed-here`; the store's own codes. Nothing was changed then.
        """
        self._session.expect_open_here()
        chosen = [one.agency for one in comparison.agencies if one.agency in agencies]
        signed = {agency: self._signed(agency, comparison.carried) for agency in chosen}
        if any(signed.values()):
            keep_backup(self._session)
        try:
            with self._session.store.write():
                changed = self._take_all(comparison, chosen, chosen_fields or {}, signed)
        finally:
            settle_files(self._session)
            self._session.changed()
        if digests := tuple(one.digest for documents in signed.values() for one in documents):
            self._session.bus.publish(DocumentsChanged(digests=digests))
        for agency in changed:
            self._session.bus.publish(DraftChanged(agency=agency))
        return changed

    # ---- inside ---------------------------------------------------------------------------------

    def _take_all(
        self,
        comparison: Comparison,
        agencies: Sequence[str],
        chosen_fields: Mapping[str, Collection[SheetField]],
        signed: Mapping[str, Sequence[Admitted]],
    ) -> tuple[str, ...]:
        session, carried_here = self._session, comparison.carried
        documents = tuple(one for some in signed.values() for one in some)
        join_documents(session, documents, comparison.file)
        keep_files(session, carried_here)
        changed = []
        for agency in agencies:
            # Compared again: edits may have been made since the comparison was shown.
            relation = self._compared(agency, carried_here).relation
            took = self._take_one(agency, carried_here.drafts[agency], relation, chosen_fields.get(agency))
            if took or signed[agency]:
                changed.append(agency)
        if changed:
            # Edits from here on are this branch's own, whatever counters the file brought.
            device = session.entropy(8).hex()
            session.meta.set("device", device)
            session.drafts.use_device(device)
            told = {"file": comparison.file, "agencies": " ".join(changed)}
            told |= {"signed": " ".join(one.digest for one in documents)} if documents else {}
            session.audit.append(session.clock(), session.person, "take-draft", told)
        return tuple(changed)

    def _signed(self, agency: str, draft: CarriedDraft) -> tuple[Admitted, ...]:
        """Return the own signed documents on an agency that the file has and this laptop has not."""
        found = read_lines(self._session, draft.signed or {}, draft.drafts)
        return not_here(self._session, found.get(agency, ()))

    def _own(self, agencies: Mapping[str, object] | Sequence[str]) -> tuple[str, ...]:
        """Return those of some agencies that this person judges and has not recused from."""
        session = self._session
        cells = session.view().cells
        found = []
        for agency in session.me().seats:
            cell = cells.get(("declaration", agency, session.person))
            if agency in agencies and (cell is None or cell.state != "recused"):
                found.append(agency)
        return tuple(found)

    def _here(self, agency: str) -> tuple[DraftRow, ...]:
        return self._session.drafts.rows(areas_kept(), agency)

    def _compared(self, agency: str, draft: CarriedDraft) -> AgencyComparison:
        here, there = self._here(agency), draft.drafts[agency]
        values_here, values_there = _sheet_values(here), _sheet_values(there)
        order = {item.code: n for n, item in enumerate(self._session.round().criteria.edition.items)}
        keys = sorted(values_here.keys() | values_there.keys(), key=lambda key: (order.get(key[0], 0), key[1]))
        return AgencyComparison(
            agency=agency,
            relation=_relation(frozenset(map(_act, here)), frozenset(map(_act, there))),
            here=_side(here),
            there=_side(there),
            differences=tuple(
                Difference(*key, values_here.get(key), values_there.get(key))
                for key in keys
                if values_here.get(key) != values_there.get(key)
            ),
            signed=len(self._signed(agency, draft)),
        )

    def _take_one(
        self, agency: str, there: tuple[DraftRow, ...], relation: Relation, only: Collection[SheetField] | None
    ) -> bool:
        if relation == "same":
            return False
        here = self._here(agency)
        known = set(map(_act, here))
        missing = [edit for edit in there if _act(edit) not in known]
        if relation != "newer" or only is not None:  # the edits of a branch are kept beside our own, for the record
            missing = [_beside(edit) for edit in missing]
        ours = {_act(edit): edit.step for edit in here if edit.act in ("set", "restore")}
        steps = {edit.step: ours[_act(edit)] for edit in there if _act(edit) in ours}
        drafts = self._session.drafts
        drafts.take_in(agency, missing, steps)
        values = last_values(there)
        for area in AREAS:
            found = {(item, name): text for (where, item, name), text in values.items() if where == area}
            wanted = _wanted(area, drafts.current(area, agency), found, only)
            drafts.set_many(area, agency, wanted, self._session.clock(), act="restore")
        return True


def _wanted(
    area: str,
    here: Mapping[SheetField, str],
    there: Mapping[SheetField, str],
    only: Collection[SheetField] | None,
) -> Mapping[SheetField, str | None]:
    """Return what the fields of one area become: all as in the file, or of the sheet those in `only`."""
    if only is not None and area == SHEET:
        return {key: there.get(key) for key in only}
    if only is not None:  # a word given to a remark here stays; one given there is added
        return {key: text for key, text in there.items() if key not in here}
    wanted: dict[SheetField, str | None] = {} if area == READING else dict.fromkeys(here)  # a page read stays read
    wanted.update(there)
    return wanted


def _act(edit: DraftRow) -> tuple[str, int, str]:
    """Return what names an act on any laptop; the time parts acts of a file that was set back and used again."""
    return edit.device, edit.counter, edit.at


def _beside(edit: DraftRow) -> DraftRow:
    return edit if edit.area.endswith(TAKEN) else edit._replace(area=edit.area + TAKEN)


def _relation(here: frozenset[object], there: frozenset[object]) -> Relation:
    if here == there:
        return "same"
    if here <= there:
        return "newer"
    return "older" if there <= here else "branches"


def _side(edits: tuple[DraftRow, ...]) -> Side:
    own = [edit for edit in edits if edit.area == SHEET]
    last = own[-1] if own else None
    answered = sum(name == "answer" for _item, name in _sheet_values(edits))
    return Side(
        acts=len({_act(edit) for edit in own}),
        answered=answered,
        saved_at=moment(last.at) if last else None,
        device=last.device if last else "",
        counter=last.counter if last else 0,
    )


def _sheet_values(edits: tuple[DraftRow, ...]) -> Mapping[tuple[str, str], str]:
    return {(item, name): text for (area, item, name), text in last_values(edits).items() if area == SHEET}
