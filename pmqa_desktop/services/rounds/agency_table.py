# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Agencies and persons as a secretariat has them: a table in a spreadsheet, copied and pasted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pmqa_desktop.domain.documents import Agency, Panel, Seat
from pmqa_desktop.domain.payload_rules import is_id
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.services.rounds.plan import PlannedPerson

MOST_ROWS = 1000
_LONGEST_TABLE = 2_000_000
_LONGEST_CELL = 1000
AGENCY_COLUMNS: tuple[str, ...] = ("code", "name_th", "name_en", "short_th", "ministry_th", "chair")
"""The order of an agency's columns; every column after these names one evaluator by the short name."""
PERSON_COLUMNS: tuple[str, ...] = ("person", "office_th", "office_en")
_HEADS: Mapping[str, str] = {
    "code": "code", "รหัส": "code", "name_th": "name_th", "ชื่อหน่วยงาน": "name_th", "หน่วยงาน": "name_th", "ชื่อ": "name_th",
    "ชื่อภาษาไทย": "name_th", "thai name": "name_th", "name_en": "name_en", "english name": "name_en",
    "ชื่อภาษาอังกฤษ": "name_en", "short_th": "short_th", "ชื่อย่อ": "short_th", "abbreviation": "short_th",
    "ministry_th": "ministry_th", "ministry": "ministry_th", "กระทรวง": "ministry_th", "สังกัด": "ministry_th",
    "chair": "chair", "ประธาน": "chair", "person": "person", "ชื่อสั้น": "person", "short name": "person",
    "office_th": "office_th", "ตำแหน่ง": "office_th", "office": "office_th", "office_en": "office_en",
    "ตำแหน่งภาษาอังกฤษ": "office_en", "ตำแหน่ง (อังกฤษ)": "office_en",
}  # fmt: skip

_EVALUATORS = ("evaluator", "member", "ผู้ตรวจ", "ผู้ประเมิน", "กรรมการ")
"""How the heading of a column of evaluators begins; a number may follow."""


@dataclass(frozen=True, slots=True)
class RowTrouble:
    """A row of the table that was left out; rows count from 1, `code` and `found` say why."""

    row: int
    code: str
    found: str


@dataclass(frozen=True, slots=True)
class AgencyTable:
    """What a pasted table holds; `panels` only for the rows that name a chair or evaluators."""

    agencies: tuple[Agency, ...]
    panels: tuple[Panel, ...]
    troubles: tuple[RowTrouble, ...]


@dataclass(frozen=True, slots=True)
class PersonTable:
    """The persons of a pasted table."""

    persons: tuple[PlannedPerson, ...]
    troubles: tuple[RowTrouble, ...]


def _rows(text: str) -> tuple[list[list[str]], tuple[RowTrouble, ...]]:
    """Return the cells of a table; all of it is refused when there is too much of it, rather than a part left out."""
    plain = text[: _LONGEST_TABLE + 1].replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line in plain.split("\n") if line.strip()]
    if len(text) > _LONGEST_TABLE or len(lines) > MOST_ROWS + 1:
        return [], (RowTrouble(min(len(lines), MOST_ROWS + 2), "setup-table-too-long", str(MOST_ROWS)),)
    rows = [[clean(cell).strip().strip('"').strip() for cell in line.split("\t")] for line in lines]
    long = [(number, cell) for number, row in enumerate(rows, 1) for cell in row if len(cell) > _LONGEST_CELL]
    if long:
        return [], tuple(RowTrouble(number, "setup-cell-too-long", cell[:30]) for number, cell in long[:10])
    return rows, ()


def _columns(first: Sequence[str], usual: tuple[str, ...], needed: str) -> tuple[list[str], bool]:
    """Return what each column holds, and whether the first row said so: it does when it heads the `needed` one."""
    heads = [_HEADS.get(cell.lower(), "") for cell in first]
    if needed in heads:
        return heads, True
    return [*usual, *[""] * max(0, len(first) - len(usual))], False


def read_agencies(text: str, taken: Iterable[str] = ()) -> AgencyTable:
    """Read agencies from text with one row per line and tabs between cells.

    With a row of headings its columns may stand in any order, else they are those of `AGENCY_COLUMNS`. A row without
    a code gets one; a code in `taken`, or twice in the table, is left out and told. Nothing is taken while a heading
    is not understood: its column might hold telephone numbers as well as evaluators.
    """
    rows, too_much = _rows(text)
    if not rows:
        return AgencyTable((), (), too_much)
    columns, headed = _columns(rows[0], AGENCY_COLUMNS, "name_th")
    if headed and (unknown := _unknown(rows)):
        return AgencyTable((), (), unknown)
    if not headed and len(rows[0]) == 1:
        columns = ["name_th"]
    used, agencies, panels, troubles = set(taken), [], [], []
    for number, cells in enumerate(rows[headed:], 1 + headed):
        named = {head: cell for head, cell in zip(columns, cells, strict=False) if head}
        code = named.get("code", "") or _free_code(used)
        if not is_id(code):
            troubles.append(RowTrouble(number, "setup-agency-code", code))
        elif code in used:
            troubles.append(RowTrouble(number, "roster-agency-known", code))
        elif not named.get("name_th"):
            troubles.append(RowTrouble(number, "setup-agency-name", code))
        else:
            used.add(code)
            agencies.append(_agency(code, named))
            others = [cell for head, cell in zip(_padded(columns, cells), cells, strict=False) if not head and cell]
            if panel := _panel(code, named.get("chair", ""), others):
                panels.append(panel)
    return AgencyTable(tuple(agencies), tuple(panels), tuple(troubles))


def _unknown(rows: Sequence[Sequence[str]]) -> tuple[RowTrouble, ...]:
    """Tell the columns with something below whose heading says neither a known column nor evaluators, or nothing."""
    found = []
    for place in range(max(map(len, rows))):
        head = rows[0][place] if place < len(rows[0]) else ""
        if not head and any("".join(row[place : place + 1]) for row in rows[1:]):
            found.append(RowTrouble(1, "setup-column-unnamed", str(place + 1)))
        elif head and head.lower() not in _HEADS and not head.lower().startswith(_EVALUATORS):
            found.append(RowTrouble(1, "setup-column-unknown", head))
    return tuple(found)


def _padded(columns: Sequence[str], cells: Sequence[str]) -> list[str]:
    return [*columns, *[""] * max(0, len(cells) - len(columns))]


def _agency(code: str, named: Mapping[str, str]) -> Agency:
    return Agency(
        agency=code,
        name_th=named["name_th"],
        name_en=named.get("name_en", ""),
        short_th=named.get("short_th", "") or named["name_th"],
        ministry_th=named.get("ministry_th", ""),
    )


def _free_code(used: set[str]) -> str:
    return next(code for number in range(1, len(used) + 2) if (code := f"agency-{number:02}") not in used)


def _panel(agency: str, chair: str, others: Sequence[str]) -> Panel | None:
    sitting = [name for name in dict.fromkeys([chair, *others]) if name]
    if not sitting:
        return None
    return Panel(agency=agency, chair=chair, seats=tuple(new_seat(n, who) for n, who in enumerate(sitting)))


def new_seat(number: int, person: str) -> Seat:
    """Return a seat with its usual titles; number 0 is the chair's."""
    if number == 0:
        return Seat(seat="chair", person=person, title_th="ประธาน", title_en="Chair")
    return Seat(
        seat=f"seat-{number}", person=person, title_th=f"ผู้ตรวจประเมินคนที่ {number}", title_en=f"Evaluator {number}"
    )


def read_persons(text: str, taken: Iterable[str] = ()) -> PersonTable:
    """Read persons from text with one row per line: short name, office in Thai, office in English."""
    rows, too_much = _rows(text)
    if not rows:
        return PersonTable((), too_much)
    columns, headed = _columns(rows[0], PERSON_COLUMNS, "person")
    used, persons, troubles = set(taken), [], []
    for number, cells in enumerate(rows[headed:], 1 + headed):
        named = {head: cell for head, cell in zip(columns, cells, strict=False) if head}
        who = named.get("person", "")
        if not is_id(who):
            troubles.append(RowTrouble(number, "person-invalid", who or "–"))
        elif who in used:
            troubles.append(RowTrouble(number, "roster-person-known", who))
        else:
            used.add(who)
            persons.append(PlannedPerson(who, named.get("office_th", ""), named.get("office_en", "")))
    return PersonTable(tuple(persons), tuple(troubles))
