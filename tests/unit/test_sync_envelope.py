# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import base64
import hashlib
import json

import pytest
from documents import BUILDERS, a_roster, a_scoresheet, an_enrolment, any_document, identity, signed, with_body
from hypothesis import given
from msgspec.structs import replace

from pmqa_desktop.domain.documents import KINDS, Author
from pmqa_desktop.domain.payload import encode_payload
from pmqa_desktop.errors import Refused
from pmqa_desktop.sync.envelope import (
    LONGEST_LINE,
    admit_line,
    cosign,
    envelope_line,
    line_limit,
    look_at_line,
    sign_document,
    signed_bytes,
)

LINE = envelope_line(signed(a_scoresheet()))
NOUGHT = "00" * 32


def refusal_of(line):
    with pytest.raises(Refused) as caught:
        admit_line(line)
    return caught.value.code


def written(tree):
    return json.dumps(tree, sort_keys=True, separators=(",", ":")).encode()


def with_tree(change, line=LINE):
    tree = json.loads(line)
    change(tree)
    return written(tree)


def signed_raw(payload, kind, *people):
    """An envelope over any bytes, signed by people of the round."""
    signatures = [
        {"keyid": identity(p).keyid, "sig": base64.b64encode(identity(p).sign(signed_bytes(kind, payload))).decode()}
        for p in people
    ]
    tree = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": f"application/vnd.pmqa.{kind}+json;v=1",
        "signatures": sorted(signatures, key=lambda signature: signature["keyid"]),
    }
    return written(tree)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_admitted_as_it_was_signed(kind):
    admitted = signed(BUILDERS[kind]())

    assert admit_line(envelope_line(admitted)) == admitted
    assert admitted.kind == kind


@given(any_document())
def test_any_document_is_admitted_as_it_was_signed(document):
    admitted = signed(document)

    assert admit_line(envelope_line(admitted)) == admitted


def test_signs_the_bytes_that_dsse_says():
    assert signed_bytes("reveal", b"{}") == b"DSSEv1 36 application/vnd.pmqa.reveal+json;v=1 2 {}"


def test_the_line_is_plain_dsse():
    tree = json.loads(LINE)

    assert list(tree) == ["payload", "payloadType", "signatures"]
    assert base64.b64decode(tree["payload"]) == encode_payload(a_scoresheet())
    assert tree["payloadType"] == "application/vnd.pmqa.scoresheet+json;v=1"
    assert [signature["keyid"] for signature in tree["signatures"]] == [identity("expert-1").keyid]


def test_every_changed_byte_is_refused():
    for place in range(len(LINE)):
        broken = bytearray(LINE)
        broken[place] ^= 1 << place % 8
        assert refusal_of(bytes(broken))


def test_a_change_after_signing_is_told_as_such():
    payload = encode_payload(a_scoresheet())
    for old, new in ((b'"num":200', b'"num":500'), (b'"seq"', b'"sex"'), (b'"page":2', b'"page":2.0')):
        other = base64.b64encode(payload.replace(old, new)).decode()
        assert refusal_of(written(json.loads(LINE) | {"payload": other})) == "signature-invalid"


def other_spelling(tree):
    """The same bytes in another spelling of base64, by its spare bits."""
    sig = tree["signatures"][0]["sig"]
    assert sig.endswith("==")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = sig[:-3] + letters[letters.index(sig[-3]) ^ 1] + "=="
    assert base64.b64decode(other) == base64.b64decode(sig)
    tree["signatures"][0]["sig"] = other


SPELLINGS = {
    "spare bits of base64": with_tree(other_spelling),
    "white space": LINE.replace(b'","payloadType', b'", "payloadType'),
    "duplicate key": LINE[:-1] + b',"signatures":[]}',
    "keys out of order": json.dumps(dict(reversed(json.loads(LINE).items())), separators=(",", ":")).encode(),
    "escaped slash": LINE.replace(b"application/vnd", b"application\\/vnd"),
    "carriage return": LINE + b"\r",
    "line end": LINE + b"\n",
    "blank before": b" " + LINE,
}


@pytest.mark.parametrize("line", SPELLINGS.values(), ids=SPELLINGS)
def test_refuses_the_same_content_in_another_spelling(line):
    assert line != LINE
    assert refusal_of(line) == "envelope-not-canonical"


BROKEN = {
    "nothing": (b"", "envelope-invalid"),
    "text": (b"hello", "envelope-invalid"),
    "list": (b"[]", "envelope-invalid"),
    "deep": (b"[" * 50_000, "envelope-invalid"),
    "byte order mark": (b"\xef\xbb\xbf" + LINE, "envelope-invalid"),
    "cut": (LINE[:-1], "envelope-invalid"),
    "two": (LINE + LINE, "envelope-invalid"),
    "unknown field": (with_tree(lambda t: t.update(more=1)), "envelope-invalid"),
    "no base64": (with_tree(lambda t: t.update(payload="?")), "envelope-invalid"),
    "unpadded": (
        with_tree(lambda t: t["signatures"][0].update(sig=t["signatures"][0]["sig"][:-2])),
        "envelope-invalid",
    ),
    "other type": (with_tree(lambda t: t.update(payloadType="text/plain")), "type-unknown"),
    "next version": (
        with_tree(lambda t: t.update(payloadType="application/vnd.pmqa.scoresheet+json;v=2")),
        "type-unknown",
    ),
    "other kind": (with_tree(lambda t: t.update(payloadType="application/vnd.pmqa.reveal+json;v=1")), "kind-mismatch"),
    "no signature": (with_tree(lambda t: t.update(signatures=[])), "signature-missing"),
    "short signature": (with_tree(lambda t: t["signatures"][0].update(sig="AAAA")), "signature-invalid"),
    "other key id": (with_tree(lambda t: t["signatures"][0].update(keyid=NOUGHT)), "signature-not-allowed"),
    "the same signature twice": (
        with_tree(lambda t: t.update(signatures=t["signatures"] * 2)),
        "too-many-signatures",
    ),
    "two signatures on a sheet": (
        signed_raw(encode_payload(a_scoresheet()), "scoresheet", "expert-1", "chair"),
        "too-many-signatures",
    ),
    "another's signature": (
        signed_raw(encode_payload(a_scoresheet()), "scoresheet", "chair"),
        "signature-not-allowed",
    ),
    "not a document": (signed_raw(b"[]", "scoresheet", "chair"), "not-a-document"),
    "signed but not exact": (
        signed_raw(encode_payload(a_scoresheet()).replace(b'"seq":1', b'"seq":1.0'), "scoresheet", "expert-1"),
        "has-float",
    ),
}


@pytest.mark.parametrize(("line", "code"), BROKEN.values(), ids=BROKEN)
def test_refuses_a_broken_envelope(line, code):
    assert refusal_of(line) == code


def test_a_signature_of_one_kind_does_not_hold_for_another():
    payload = encode_payload(a_scoresheet())
    sig = identity("expert-1").sign(signed_bytes("reveal", payload))
    line = with_tree(lambda t: t["signatures"][0].update(sig=base64.b64encode(sig).decode()))

    assert refusal_of(line) == "signature-invalid"


def test_refuses_a_degenerate_key():
    weak = replace(a_scoresheet(), author=Author(person="expert-1", key="01" + "00" * 31))
    tree = json.loads(LINE)
    tree["payload"] = base64.b64encode(encode_payload(weak)).decode()
    # The signature that fits every message under the neutral key: R neutral, S nought.
    keyid = "01" + "00" * 31
    tree["signatures"] = [
        {
            "keyid": hashlib.sha256(bytes.fromhex(keyid)).hexdigest(),
            "sig": base64.b64encode(bytes.fromhex(keyid) + bytes(32)).decode(),
        }
    ]

    assert refusal_of(written(tree)) == "key-degenerate"


def test_a_roster_may_carry_the_signatures_of_those_it_names():
    roster = a_roster()
    alone = sign_document(roster, identity("office-1"))
    both = cosign(alone, identity("office-2"))

    assert len(alone.signatures) == 1
    assert sorted(both.keyids) == list(both.keyids)
    assert set(both.keyids) == {identity("office-1").keyid, identity("office-2").keyid}
    assert both.digest == alone.digest
    assert cosign(both, identity("office-2")) == both
    assert admit_line(envelope_line(both)) == both


def test_nobody_else_can_cosign():
    with pytest.raises(Refused, match="signature-not-allowed"):
        cosign(signed(a_roster()), identity("chair"))
    with pytest.raises(Refused, match="signature-not-allowed"):
        cosign(signed(a_scoresheet()), identity("chair"))
    stranger = signed_raw(encode_payload(a_roster()), "roster", "office-1", "chair")
    assert refusal_of(stranger) == "signature-not-allowed"


def test_a_roster_needs_its_authors_signature():
    assert refusal_of(signed_raw(encode_payload(a_roster()), "roster", "office-2")) == "signature-missing"


def test_cosignatures_stand_in_order_and_once():
    line = signed_raw(encode_payload(a_roster()), "roster", "office-1", "office-2")
    admit_line(line)

    assert refusal_of(with_tree(lambda t: t["signatures"].reverse(), line)) == "signatures-not-sorted"
    twice = with_tree(lambda t: t["signatures"].append(t["signatures"][-1]), line)
    assert refusal_of(twice) == "signatures-not-sorted"


def test_one_bad_cosignature_refuses_the_line():
    line = signed_raw(encode_payload(a_roster()), "roster", "office-1", "office-2")

    for place in (0, 1):
        broken = with_tree(
            lambda t, at=place: t["signatures"][at].update(sig=base64.b64encode(bytes(64)).decode()), line
        )
        assert refusal_of(broken) == "signature-invalid"


def test_an_enrolment_proves_that_its_sender_holds_the_key():
    other = an_enrolment("expert-2").body.proof
    forged = with_body(an_enrolment("expert-1"), proof=other)

    assert refusal_of(signed_raw(encode_payload(forged), "enrolment", "expert-1")) == "proof-invalid"
    with pytest.raises(Refused, match="proof-invalid"):
        sign_document(forged, identity("expert-1"))


def test_signing_checks_what_an_importer_would_refuse():
    with pytest.raises(Refused, match="text-refused"):
        sign_document(a_scoresheet(header={"reason": "\u202e"}), identity("expert-1"))
    with pytest.raises(Refused, match="signature-not-allowed"):
        sign_document(a_scoresheet("expert-1"), identity("chair"))


def test_a_line_has_a_limit_before_it_is_parsed():
    assert refusal_of(b"x" * (LONGEST_LINE + 1)) == "line-too-long"
    assert line_limit("scoresheet") == 4 * 1024 * 1024
    assert line_limit("roster") == LONGEST_LINE == 16 * 1024 * 1024


def test_a_kind_of_short_lines_may_not_have_a_long_one():
    line = with_tree(lambda t: t.update(payload="A" * (4 * 1024 * 1024)))

    assert refusal_of(line) == "line-too-long"


def test_a_refused_line_can_be_looked_at():
    broken = with_tree(lambda t: t["signatures"][0].update(sig=base64.b64encode(bytes(64)).decode()))

    looked = look_at_line(broken)

    assert looked is not None
    assert looked.document == a_scoresheet()
    assert looked.signatures == ((identity("expert-1").keyid, False),)
    assert look_at_line(b"hello") is None
