# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import copy
import json

import msgspec
import pytest
from documents import BUILDERS, a_criteria, a_scoresheet, any_document, digest, identity, texts
from hypothesis import given
from msgspec.structs import replace

from pmqa_desktop.domain.documents import KINDS
from pmqa_desktop.domain.payload import DEEPEST, LONGEST_TEXT, _needs_walk, decode_payload, digest_of, encode_payload
from pmqa_desktop.domain.plaintext import refused_character
from pmqa_desktop.errors import Refused

SHEET = encode_payload(a_scoresheet())


def written(tree):
    """A tree in the form that payloads have, by another JSON library."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def changed(kind, path, value):
    """The payload of a kind with the value at a dotted path replaced; `...` deletes it."""
    tree = json.loads(encode_payload(BUILDERS[kind]()))
    *parents, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place = tree
    for step in parents:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return written(tree)


def refusal_of(payload):
    with pytest.raises(Refused) as caught:
        decode_payload(payload)
    return caught.value.code


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_from_its_bytes(kind):
    document = BUILDERS[kind]()
    payload = encode_payload(document)

    assert decode_payload(payload) == document
    assert payload == written(json.loads(payload))


@given(any_document())
def test_any_document_comes_back_from_its_bytes(document):
    assert decode_payload(encode_payload(document)) == document


@given(texts)
def test_any_human_text_is_written_as_another_json_library_writes_it(text):
    payload = encode_payload(a_scoresheet(items=(), comments=(), evidence=(), header={"reason": text}))

    assert payload == written(json.loads(payload))
    assert decode_payload(payload).reason == text


NOT_EXACT = {
    "white space": (SHEET.replace(b'"seq":1', b'"seq": 1'), "not-canonical"),
    "line end": (SHEET + b"\n", "not-canonical"),
    "duplicate key": (SHEET.replace(b'"seq":1', b'"seq":1,"seq":1'), "not-canonical"),
    "keys out of order": (b'{"seq":1,' + SHEET[1:].replace(b'"seq":1,', b""), "not-canonical"),
    "escaped letter": (SHEET.replace(b'"moi-ops"', b'"moi\\u002dops"'), "not-canonical"),
    "escaped slash": (SHEET.replace(b'"moi-ops"', b'"moi\\/ops"'), "not-canonical"),
    "minus nought": (SHEET.replace(b'"page":2', b'"page":-0'), "not-canonical"),
    "explicit default": (SHEET.replace(b'"rehearsal":true', b'"reason":"","rehearsal":true'), "not-canonical"),
    "explicit null": (SHEET.replace(b'"page":2', b'"page":null'), "value-invalid"),
    "float": (SHEET.replace(b'"seq":1', b'"seq":1.0'), "has-float"),
    "exponent": (SHEET.replace(b'"seq":1', b'"seq":1e0'), "has-float"),
    "endless number": (SHEET.replace(b'"seq":1', b'"seq":1e999'), "has-float"),
    "NaN": (SHEET.replace(b'"seq":1', b'"seq":NaN'), "not-a-document"),
    "byte order mark": (b"\xef\xbb\xbf" + SHEET, "not-a-document"),
    "trailing data": (SHEET + b"{}", "not-a-document"),
    "cut": (SHEET[:-1], "not-a-document"),
    "empty": (b"", "not-a-document"),
    "a list": (b"[]", "not-a-document"),
    "a text": (b'"sheet"', "not-a-document"),
    "no UTF-8": (SHEET.replace(b"moi-ops", b"moi\xffops"), "not-a-document"),
    "large integer": (SHEET.replace(b'"page":2', b'"page":9007199254740993'), "integer-too-large"),
    "huge integer": (SHEET.replace(b'"page":2', b'"page":' + b"9" * 40), "integer-too-large"),
    "large negative integer": (SHEET.replace(b'"page":2', b'"page":-9007199254740993'), "integer-too-large"),
    "unknown field": (SHEET.replace(b'"seq":1', b'"seq":1,"sex":1'), "unknown-field"),
    "unknown field inside": (SHEET.replace(b'"page":2', b'"page":2,"pages":3'), "unknown-field"),
    "wrong type": (SHEET.replace(b'"seq":1', b'"seq":"1"'), "not-a-document"),
    "true for one": (SHEET.replace(b'"seq":1', b'"seq":true'), "not-a-document"),
    "missing field": (SHEET.replace(b',"seq":1', b""), "not-a-document"),
    "unknown kind": (SHEET.replace(b'"kind":"scoresheet"', b'"kind":"scoreboard"'), "not-a-document"),
    "no kind": (SHEET.replace(b'"kind":"scoresheet",', b""), "not-a-document"),
    "deep": (b"[" * 40 + b"]" * 40, "too-deep"),
    "very deep": (b"[" * 100_000, "too-deep"),
}


@pytest.mark.parametrize(("payload", "code"), NOT_EXACT.values(), ids=NOT_EXACT)
def test_refuses_what_is_not_the_one_exact_form(payload, code):
    assert payload != SHEET
    assert refusal_of(payload) == code


def test_the_largest_exact_integer_is_accepted():
    payload = SHEET.replace(b'"page":2', b'"page":9007199254740992')

    assert decode_payload(payload).body.evidence[0].page == 2**53


@pytest.mark.parametrize(
    "character", ["\u200b", "\u202e", "\ue000", "\x00", "\r", "\x85", "\x7f", "\U000f0000", "\u061c", "\u2069", "\x1f"]
)
def test_refuses_text_with_hidden_characters(character):
    document = a_scoresheet(header={"reason": f"ก{character}ข"})

    assert refusal_of(encode_payload(document)) == "text-refused"


def test_the_quick_look_at_bytes_misses_no_character_that_the_exact_one_refuses():
    refused = [chr(point) for point in range(0x110000) if refused_character(chr(point))]

    assert len(refused) > 130_000
    missed = [c for c in refused if not "\ud800" <= c <= "\udfff" and not _needs_walk(msgspec.json.encode(f"ก{c}"))]
    assert missed == []


@pytest.mark.parametrize("text", ["“ก” – ข…", "50 °C § «x»", "😀 é ｆ", "a\nb\tc", 'say "ก" ข', "1234567890 12345"])
def test_ordinary_text_needs_no_second_look(text):
    assert not _needs_walk(msgspec.json.encode({"text": text}))


def test_refuses_lone_surrogates():
    assert refusal_of(SHEET.replace(b"moi-ops", b"\\ud800")) == "not-a-document"


@pytest.mark.parametrize(("size", "code"), [(LONGEST_TEXT, None), (LONGEST_TEXT + 1, "text-too-long")])
def test_one_text_has_a_limit(size, code):
    payload = encode_payload(a_scoresheet(header={"reason": "a" * size}))

    if code is None:
        decode_payload(payload)
    else:
        assert refusal_of(payload) == code


def edition_payload(edition):
    tree = json.loads(encode_payload(a_criteria()))
    tree["body"]["edition"] = edition
    return written(tree)


def nested(levels):
    inner = "x"
    for _ in range(levels):
        inner = {"a": inner}
    return inner


def test_a_free_tree_keeps_to_the_depth():
    fits = DEEPEST - 2

    assert decode_payload(edition_payload(nested(fits)))
    assert refusal_of(edition_payload(nested(fits + 1))) == "too-deep"


@pytest.mark.parametrize(
    ("edition", "code"),
    [
        ({"a": 1.5}, "has-float"),
        ({"a": None}, "value-invalid"),
        ({"a": 2**53 + 1}, "integer-too-large"),
        ({"หมวด": 1}, "key-not-ascii"),
        ({"a\nb": 1}, "key-not-ascii"),
        ({"a": ["\u200b"]}, "text-refused"),
        ({"a": "ก" * LONGEST_TEXT}, "text-too-long"),
    ],
)
def test_a_free_tree_keeps_the_rules_of_every_value(edition, code):
    assert refusal_of(edition_payload(edition)) == code


def test_a_refusal_names_the_field():
    with pytest.raises(Refused) as caught:
        decode_payload(edition_payload({"items": [{"title": "\u202e"}]}))

    assert caught.value.where == "body.edition.items[0].title"


HEX = "0" * 64
RULES = {
    "round": ("scoresheet", "round", "../x", "id-invalid"),
    "long id": ("scoresheet", "round", "r" * 65, "id-invalid"),
    "thai digits in an id": ("scoresheet", "agency", "a๑", "id-invalid"),
    "id with line end": ("scoresheet", "agency", "moi\n", "id-invalid"),
    "author": ("scoresheet", "author.person", "", "id-invalid"),
    "key in capitals": ("scoresheet", "author.key", "A" * 64, "key-invalid"),
    "short key": ("scoresheet", "author.key", "0" * 63, "key-invalid"),
    "no agency": ("scoresheet", "agency", ..., "agency-missing"),
    "roster digest": ("scoresheet", "roster", HEX, "digest-invalid"),
    "criteria digest": ("scoresheet", "criteria", "sha256:" + "G" * 64, "digest-invalid"),
    "made at noon": ("scoresheet", "made_at", "noon", "value-invalid"),
    "seq nought": ("scoresheet", "seq", 0, "seq-invalid"),
    "seq below nought": ("scoresheet", "seq", -1, "seq-invalid"),
    "revision without reason": ("scoresheet", "seq", 2, "reason-missing"),
    "first with parent": ("scoresheet", "supersedes", ["sha256:" + HEX], "parent-unexpected"),
    "cosigner of a sheet": ("scoresheet", "cosigners", [HEX], "cosigners-not-allowed"),
    "author as cosigner": ("roster", "cosigners", [identity("office-1").key], "cosigners-not-allowed"),
    "cosigners twice": ("roster", "cosigners", [HEX, HEX], "list-not-sorted"),
    "cosigner's form": ("roster", "cosigners", ["x"], "key-invalid"),
    "too many cosigners": ("roster", "cosigners", [f"{n:064x}" for n in range(16)], "too-many-signatures"),
    "item twice": ("scoresheet", "body.items.1.item", "1.1", "list-not-sorted"),
    "tick twice": ("scoresheet", "body.items.0.answer.ticks", ["1.1.A1", "1.1.A1"], "list-not-sorted"),
    "ticks out of order": ("scoresheet", "body.items.0.answer.ticks", ["1.1.B1", "1.1.A1"], "list-not-sorted"),
    "percent": ("scoresheet", "body.items.1.answer.percent", 101, "value-invalid"),
    "no reason why not": ("scoresheet", "body.items.2.answer.reason", " ", "reason-missing"),
    "not applicable with ticks": ("scoresheet", "body.items.2.answer.ticks", ["3.2.A1"], "value-invalid"),
    "ratio not lowest": ("scoresheet", "body.items.3.claimed", {"den": 4, "num": 2}, "value-invalid"),
    "ratio over nought": ("scoresheet", "body.items.3.claimed", {"den": 0, "num": 1}, "value-invalid"),
    "indicator's score": ("scoresheet", "body.items.3.answer.indicators.0.score", 501, "value-invalid"),
    "indicator's reason": ("scoresheet", "body.items.3.answer.indicators.0.score", 300, "reason-missing"),
    "page nought": ("scoresheet", "body.evidence.0.page", 0, "value-invalid"),
    "evidence digest": ("scoresheet", "body.evidence.0.document", "a.pdf", "digest-invalid"),
    "seat": ("scoresheet", "body.seat", "", "id-invalid"),
    "recused without reason": ("declaration", "body.state", "recused", "reason-missing"),
    "reveal without own": ("reveal", "body.own", "sha256:" + HEX, "value-invalid"),
    "reveal of nothing": ("reveal", "body.sheets", [], "value-invalid"),
    "rests twice": ("consensus", "body.rests_on", ["sha256:" + HEX] * 2, "list-not-sorted"),
    "consensus without reveal": ("consensus", "body.reveal", "", "digest-invalid"),
    "missing seat without reason": ("consensus", "body.missing_seats.0.reason", "", "reason-missing"),
    "origin": ("consensus", "body.comments.0.origin", ["sheet"], "digest-invalid"),
    "dissent without reason": ("endorsement", "body.items", ..., "reason-missing"),
    "dissent on an item without reason": ("endorsement", "body.items.0.reason", "", "reason-missing"),
    "agrees and dissents": ("endorsement", "body.agrees", True, "value-invalid"),
    "draft with approval": ("result", "body.state", "draft", "value-invalid"),
    "official without approval": ("ranking", "body.approval", ..., "value-invalid"),
    "salt": ("result", "body.salt", "00", "value-invalid"),
    "rank nought": ("ranking", "body.rows.0.rank", 0, "value-invalid"),
    "ranked and unranked": ("ranking", "body.unranked", ["moi-ops"], "list-not-sorted"),
    "threshold nought": ("roster", "body.threshold", 0, "value-invalid"),
    "threshold above roots": ("roster", "body.threshold", 3, "value-invalid"),
    "root twice": ("roster", "body.roots.1.person", "office-1", "list-not-sorted"),
    "one key for two": ("roster", "body.persons.1.keys.0.key", identity("office-1").key, "list-not-sorted"),
    "agency twice": (
        "roster",
        "body.agencies",
        [{"agency": "a", "name_en": "", "name_th": "", "short_th": ""}] * 2,
        "list-not-sorted",
    ),
    "seat twice": ("roster", "body.panels.0.seats.1.seat", "chair", "list-not-sorted"),
    "recipient": ("roster", "body.recovery", "age1x", "recipient-invalid"),
    "kept": ("roster", "body.kept", ["x"], "digest-invalid"),
    "extract's key": ("extract", "body.secretariat_keys", ["x"], "key-invalid"),
    "paper of nothing": ("papers", "body.papers.0.bytes", 0, "value-invalid"),
    "assigned twice": ("assignment", "body.agencies", [{"agency": "a"}, {"agency": "a"}], "list-not-sorted"),
    "another's key": ("enrolment", "body.signing_key", HEX, "key-invalid"),
    "proof": ("enrolment", "body.proof", "x", "proof-invalid"),
    "setting": ("criteria", "body.settings.tolerance", {"a": 1}, "value-invalid"),
    "setting of truths": ("criteria", "body.settings.tolerance", [True], "value-invalid"),
    "manifest in a manifest": ("manifest", "body.entries.0.kind", "manifest", "manifest-invalid"),
    "entry of nothing": ("manifest", "body.entries.0.bytes", 0, "value-invalid"),
    "blob of nothing": ("manifest", "body.blobs.0.bytes", 0, "value-invalid"),
}


@pytest.mark.parametrize(("kind", "path", "value", "code"), RULES.values(), ids=RULES)
def test_refuses_a_document_that_breaks_a_rule_of_its_kind(kind, path, value, code):
    assert refusal_of(changed(kind, path, value)) == code


def test_refuses_an_entry_listed_twice():
    tree = json.loads(encode_payload(BUILDERS["manifest"]()))
    tree["body"]["entries"].append(copy.deepcopy(tree["body"]["entries"][0]))

    assert refusal_of(written(tree)) == "entry-duplicate"


@pytest.mark.parametrize(
    ("supersedes", "code"),
    [((), "parent-missing"), (("x",), "digest-invalid"), (("sha256:" + "b" * 64, "sha256:" + HEX), "list-not-sorted")],
)
def test_refuses_a_revision_that_does_not_name_its_parents_in_order(supersedes, code):
    document = replace(a_scoresheet(), seq=2, reason="แก้ไข", supersedes=supersedes)

    assert refusal_of(encode_payload(document)) == code


def test_a_revision_with_reason_and_parent_is_accepted():
    first = a_scoresheet()
    document = replace(first, seq=2, reason="แก้ไข", supersedes=(digest(first),))

    assert decode_payload(encode_payload(document)) == document


def test_the_digest_is_that_of_the_bytes():
    assert digest_of(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
