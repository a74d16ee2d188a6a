# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Own drafts as one value that can leave the laptop: canonical JSON with every edit, private notes and history too.

It is never a document: no registry admits it. Reading trusts nothing: a foreign or damaged draft is refused whole.
"""

import re
import zlib
from collections.abc import Mapping
from typing import Literal

import msgspec

from pmqa_desktop.domain.answers import COMMENT_KINDS, Answer, Evidence
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.media import LARGEST_FILE, kind_of
from pmqa_desktop.domain.plaintext import refused_character
from pmqa_desktop.domain.scoring import check_answer
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.services.evaluation import noticing, sheets
from pmqa_desktop.services.safekeeping.own_signed import own_lines, read_lines
from pmqa_desktop.services.session import Session, iso
from pmqa_desktop.store.attachments import Attachment
from pmqa_desktop.store.drafts import DraftRow
from pmqa_desktop.store.moments import foreign_moment
from pmqa_desktop.sync.attached import AttachedFiles, digest_of
from pmqa_desktop.text import N_

AREAS = (sheets.AREA, noticing.AREA, noticing.READING)
"""The areas of a draft that travel; what a chair notes on the way to a consensus stays on the laptop."""

TAKEN = "/taken"
"""What the areas are called after that keep the edits of a branch that was taken in as a whole."""

LARGEST_DRAFT = 256 * 1024 * 1024
"""The most bytes of the JSON of a draft."""
_LONGEST_VALUE = 1024 * 1024
_LARGEST_NUMBER = 2**53
_MOST_FILES = 5_000
_LONGEST_NAME = 200
_FIELDS = re.compile(
    r"answer|evidence|note|comment:(?:" + "|".join(COMMENT_KINDS) + r")|keep:[a-z0-9:-]+|page:[1-9]\d*"
)
_ID = re.compile(r"[0-9A-Za-z@._:-]{0,100}")


class CarriedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file attached as evidence; a mirror's `data` is empty, because the file lies beside it."""

    name: str
    media_type: str
    data: bytes


class CarriedDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's drafts of one round, by agency; `first_roster` is the digest of the roster that named the round.

    `signed` holds, by agency, the lines of the own signed documents; older drafts have none.
    """

    format: Literal["pmqa-draft-v1"] = "pmqa-draft-v1"
    app: str
    made_at: str
    round: str
    rehearsal: bool
    first_roster: str
    person: str
    drafts: dict[str, tuple[DraftRow, ...]]
    files: dict[str, CarriedFile] | msgspec.UnsetType = msgspec.UNSET
    signed: dict[str, tuple[str, ...]] | msgspec.UnsetType = msgspec.UNSET


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(CarriedDraft)


def areas_kept() -> tuple[str, ...]:
    """Return every area whose edits travel: the living ones and those that keep branches."""
    return (*AREAS, *(area + TAKEN for area in AREAS))


def linked_files(session: Session, agencies: tuple[str, ...]) -> dict[str, Attachment]:
    """Return the attached files that the drafts on some agencies link now, by digest."""
    known = session.attachments.all()
    linked = [one.document for agency in agencies for one in sheets.read_sheet(session, agency).evidence]
    return {digest: known[digest] for digest in linked if digest in known}


def carried(session: Session, agencies: tuple[str, ...], *, with_files: bool = True) -> bytes:
    """Return the own drafts on some agencies, packed small, with the files attached to them or only their names.

    Raises:
        Expected: `attachment-not-here`; an attached file is gone or damaged.
    """
    store = AttachedFiles(session.folder)
    files = {
        digest: CarriedFile(
            name=one.name, media_type=one.media_type, data=store.read(digest, one.name) if with_files else b""
        )
        for digest, one in linked_files(session, agencies).items()
    }
    seen, named = session.round(), session.meta.named()
    draft = CarriedDraft(
        app=session.app,
        made_at=iso(session.clock()),
        round=seen.round,
        rehearsal=seen.rehearsal,
        first_roster=named.roster if named else "",
        person=session.person,
        drafts={agency: session.drafts.rows(areas_kept(), agency) for agency in agencies},
        files=files or msgspec.UNSET,
        signed=own_lines(session, agencies) or msgspec.UNSET,
    )
    return zlib.compress(_encoder.encode(draft), 6)


def read_carried(session: Session, packed: bytes) -> CarriedDraft:
    """Return the drafts of a file that belongs to this person and round, every value checked.

    Raises:
        Refused: `draft-file-invalid` (field: found).
        Expected: `draft-of-another-person`; `draft-of-another-round`.
    """
    plain = _unpacked(packed)
    try:
        draft = _decoder.decode(plain)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Refused("draft-file-invalid", found=N_("another format")) from None
    if _encoder.encode(draft) != plain:
        raise Refused("draft-file-invalid", found=N_("changed after it was written"))
    seen, named = session.round(), session.meta.named()
    first = named.roster if named else ""
    if (draft.round, draft.rehearsal) != (seen.round, seen.rehearsal) or (
        first and draft.first_roster not in ("", first)
    ):
        raise Expected("draft-of-another-round", found=draft.round, expected=seen.round)
    if draft.person != session.person:
        raise Expected("draft-of-another-person")
    checked: set[tuple[str, str, str]] = set()
    for edits in draft.drafts.values():
        _check_order(edits)
        for edit in edits:
            _check_edit(seen.criteria, edit, checked)
    if len(draft.files or {}) > _MOST_FILES:
        raise Refused("draft-file-invalid", found=N_("damaged content"))
    for digest, file in (draft.files or {}).items():
        _check_file(digest, file)
    read_lines(session, draft.signed or {}, draft.drafts)
    return draft


def _check_file(digest: str, file: CarriedFile) -> None:
    """Refuse a file that this program would not have attached, or that is another one than its digest says."""
    sound = not file.data or (
        digest_of(file.data) == digest and len(file.data) <= LARGEST_FILE and kind_of(file.data) is not None
    )
    if not sound or not file.name or refused_character(file.name) or len(file.name) > _LONGEST_NAME:
        raise Refused("draft-file-invalid", found=N_("damaged content"))


def keep_files(session: Session, draft: CarriedDraft) -> None:
    """Put the files that came with a draft beside this workspace; those that are here already stay.

    Call it inside the transaction that takes the draft, and `settle_files` after it.

    Raises:
        Expected: the answers of the laptop's own drive.
    """
    files = AttachedFiles(session.folder)
    for file in (draft.files or {}).values():
        kind = kind_of(file.data)
        if kind is not None:
            digest = files.keep(file.data, file.name)
            session.attachments.add([Attachment(digest, file.name, kind.media_type, len(file.data))])


def _unpacked(packed: bytes) -> bytes:
    opener = zlib.decompressobj()
    try:
        plain = opener.decompress(packed, LARGEST_DRAFT)
    except zlib.error:
        raise Refused("draft-file-invalid", found=N_("damaged content")) from None
    if not opener.eof or opener.unused_data:
        raise Refused("draft-file-invalid", found=N_("damaged content"))
    return plain


def _check_order(edits: tuple[DraftRow, ...]) -> None:
    """Refuse edits out of order, and an undo of what was never done."""
    last, begun = 0, set()
    for edit in edits:
        counted = max(edit.number, edit.counter, edit.step) <= _LARGEST_NUMBER
        if edit.number <= last or edit.counter < 1 or not counted or not _ID.fullmatch(edit.device):
            raise Refused("draft-file-invalid", found=N_("damaged content"))
        last = edit.number
        if edit.act in ("set", "restore"):
            begun.add(edit.step)
        elif edit.step not in begun:
            raise Refused("draft-file-invalid", found=N_("damaged content"))


def _check_edit(criteria: FrozenCriteria, edit: DraftRow, checked: set[tuple[str, str, str]]) -> None:
    area = edit.area.removesuffix(TAKEN)
    reading = area == noticing.READING
    sound = area in AREAS and _FIELDS.fullmatch(edit.field) and (reading or criteria.edition.has_item(edit.item))
    try:
        foreign_moment(edit.at)
    except ValueError:
        sound = False
    if not sound or (reading and not _ID.fullmatch(edit.item)):
        raise Refused("draft-file-invalid", found=N_("damaged content"))
    key = (edit.item, edit.field, edit.value or "")
    if edit.value is not None and key not in checked:
        _check_value(criteria, edit.item, edit.field, edit.value)
        checked.add(key)


def _check_value(criteria: FrozenCriteria, item: str, field: str, value: str) -> None:
    """Refuse a value that this program would not have put down."""
    try:
        if len(value) > _LONGEST_VALUE:
            raise ValueError(field)
        if field == "answer":
            check_answer(criteria, item, msgspec.json.decode(value, type=Answer), finished=False)
        elif field == "evidence":
            pages = msgspec.json.decode(value, type=tuple[Evidence, ...])
            if any(page.item != item or page.page < 1 or refused_character(page.note) for page in pages):
                raise ValueError(field)
        elif field.startswith("keep:"):
            noticing.check_word(value)
        elif refused_character(value):
            raise ValueError(field)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Refused("draft-file-invalid", found=N_("damaged content")) from None
    except Expected as error:
        raise Refused("draft-file-invalid", where=f"{item} {field}", found=error.code) from None


def last_values(edits: tuple[DraftRow, ...]) -> Mapping[tuple[str, str, str], str]:
    """Return the values that some edits leave, by (area, item, field); a field without a value is absent."""
    found: dict[tuple[str, str, str], str] = {}
    for edit in edits:
        if edit.value is None:
            found.pop((edit.area, edit.item, edit.field), None)
        else:
            found[edit.area, edit.item, edit.field] = edit.value
    return found
