# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a new roster changes is told whole, in words of both languages; and the edits that make such changes."""

import string

import pytest
from documents import a_roster, an_agency, identity, with_body
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import Due, Panel, Person, PersonKey, RosterBody, Seat
from pmqa_desktop.domain.roster_changes import GRAVE, roster_changes
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import MESSAGES, word_change
from pmqa_desktop.messages.identity import CHANGES
from pmqa_desktop.services.identity import key_fingerprint

BODY = a_roster().body
NEW = identity("laptop-2")
OTHER = Seat(seat="s-9", person="office-1", title_th="ที่นั่ง", title_en="Seat")


def codes(new, old=BODY):
    return [change.code for change in roster_changes(old, new)]


EDITS = {
    "key added": (edits.with_key(BODY, "expert-1", NEW.key, NEW.recipient), ["change-key-added"]),
    "key retired": (edits.with_key_state(BODY, identity("expert-1").key, "retired"), ["change-key-retired"]),
    "key stolen": (
        edits.with_key_state(BODY, identity("expert-1").key, "compromised", ["sha256:" + "0" * 64]),
        ["change-key-compromised", "change-kept-more"],
    ),
    "root's laptop": (edits.with_root(BODY, "office-1", NEW.key), ["change-root-key"]),
    "root more": (edits.with_root(BODY, "chair", identity("chair").key), ["change-root-added"]),
    "root less": (edits.without_root(BODY, "office-2"), ["change-root-removed"]),
    "chair": (edits.with_chair(BODY, "moi-ops", "expert-1"), ["change-chair"]),
    "acting": (edits.with_acting_chair(BODY, "moi-ops", "expert-1"), ["change-acting-chair"]),
    "seat": (edits.with_seat(BODY, "moi-ops", OTHER), ["change-seat-added"]),
    "seat gone": (edits.without_seat(BODY, "moi-ops", "expert-2"), ["change-seat-removed"]),
    "seat's holder": (edits.with_seat(BODY, "moi-ops", replace(OTHER, seat="expert-2")), ["change-seat-person"]),
    "seat's items": (
        edits.with_seat(BODY, "moi-ops", replace(BODY.panels[0].seats[1], items=("1.1",))),
        ["change-seat"],
    ),
    "agency": (
        edits.with_agency(BODY, replace(an_agency(), agency="x"), Panel("x", "chair", (OTHER,))),
        ["change-agency-added", "change-panel-added", "change-seat-added"],
    ),
    "person": (
        edits.with_person(BODY, Person("new", "ใหม่", "New", (PersonKey(NEW.key),))),
        ["change-person-added", "change-key-added"],
    ),
    "closing": (edits.closed(BODY, ["sha256:" + "1" * 64]), ["change-closed", "change-accepted"]),
    "due": (replace(BODY, due=(Due("scoresheet", "2026-03-01"), Due("reveal", "2026-04-01"))), ["change-due"] * 2),
    "order": (replace(BODY, persons=BODY.persons[::-1]), ["change-order"]),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_and_nothing_else_is(name):
    new, told = EDITS[name]

    assert codes(new) == told
    assert codes(BODY, new) != []


def test_a_key_is_told_by_the_first_row_of_its_fingerprint_as_the_screens_show_it():
    (told,) = roster_changes(BODY, EDITS["key added"][0])

    assert ("key", key_fingerprint(NEW.key)[0], key_fingerprint(NEW.key)[0]) in told.fields


def test_ending_an_acting_chair_and_replacing_the_chair_are_told():
    acting = edits.with_acting_chair(BODY, "moi-ops", "expert-1")

    assert codes(edits.with_acting_chair(acting, "moi-ops", ""), acting) == ["change-acting-chair-ended"]
    assert codes(edits.with_chair(acting, "moi-ops", "expert-2"), acting) == [
        "change-chair",
        "change-acting-chair-ended",
    ]


def test_equal_rosters_change_nothing():
    assert roster_changes(BODY, a_roster().body) == ()


CHANGED = {
    "title_th": "อื่น", "title_en": "Other", "year_be": 2570, "roots": BODY.roots[:1], "threshold": 1,
    "secretariat": ("office-1",), "persons": BODY.persons[:2], "agencies": (), "panels": (), "due": (),
    "recovery": "", "kept": ("sha256:" + "2" * 64,), "state": "closed", "accepted": ("sha256:" + "3" * 64,),
    "confidentiality": "ลับ",
}  # fmt: skip


@given(st.sets(st.sampled_from(sorted(CHANGED)), min_size=1))
def test_whatever_field_changes_something_is_told(fields):
    new = replace(BODY, **{field: CHANGED[field] for field in fields})

    there, back = roster_changes(BODY, new), roster_changes(new, BODY)

    assert len(there) >= len(fields) and len(back) >= len(fields)
    for change in (*there, *back):
        for language in ("th", "en"):
            told = word_change(change, language)
            assert told and "?" not in told and "{" not in told


def test_no_field_of_a_roster_is_forgotten():
    assert set(CHANGED) == set(RosterBody.__struct_fields__)


def test_every_change_has_words_and_names_are_in_the_readers_language():
    change = roster_changes(BODY, EDITS["key added"][0])[0]
    by_code = {change.code: {name for name, _, _ in change.fields} for new, _ in EDITS.values()
               for change in (*roster_changes(BODY, new), *roster_changes(new, BODY))}  # fmt: skip

    assert "สำนักงาน (expert-1)" in word_change(change, "th")
    assert "Office (expert-1)" in word_change(change, "en")
    assert set(CHANGES) >= GRAVE and set(by_code) <= set(CHANGES)
    for code, fields in by_code.items():
        assert {name for _, name, _, _ in string.Formatter().parse(MESSAGES[code]) if name} <= fields


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (lambda: edits.with_key(BODY, "nobody", NEW.key, ""), "roster-person-unknown"),
        (lambda: edits.with_key(BODY, "expert-2", identity("expert-1").key, ""), "roster-key-known"),
        (lambda: edits.with_key_state(BODY, NEW.key, "retired"), "roster-key-unknown"),
        (lambda: edits.with_chair(BODY, "moi-ops", "nobody"), "roster-person-unknown"),
        (lambda: edits.with_chair(BODY, "elsewhere", "chair"), "roster-agency-unknown"),
        (lambda: edits.with_panel(BODY, Panel("elsewhere", "chair", ())), "roster-agency-unknown"),
        (lambda: edits.with_agency(BODY, an_agency()), "roster-agency-known"),
        (lambda: edits.with_person(BODY, BODY.persons[0]), "roster-person-known"),
    ],
)
def test_an_edit_of_what_is_not_there_is_refused(work, code):
    with pytest.raises(Expected) as caught:
        work()
    assert caught.value.code == code


def test_edits_keep_what_was_kept():
    body = with_body(a_roster(), kept=("sha256:" + "5" * 64,)).body

    assert len(edits.with_chair(body, "moi-ops", "expert-1", ["sha256:" + "4" * 64]).kept) == 2


def test_the_words_of_a_round_and_of_an_agency_are_changed_and_named_in_words():
    agency = replace(BODY.agencies[0], short_th="ย่อใหม่", ministry_th="กระทรวงใหม่")
    (change,) = roster_changes(BODY, edits.with_agency_words(BODY, agency))
    assert "ชื่อย่อ, กระทรวงต้นสังกัด" in word_change(change, "th")
    assert "the abbreviation, the ministry" in word_change(change, "en")
    with pytest.raises(Expected) as caught:
        edits.with_agency_words(BODY, replace(agency, agency="nowhere"))
    assert caught.value.code == "roster-agency-unknown"
    assert codes(edits.with_titles(BODY, "ก", "b")) == ["change-field", "change-field"]
    assert codes(edits.with_confidentiality(BODY, "ลับ")) == ["change-field"]
