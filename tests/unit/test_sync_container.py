# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import base64
import io
import json

import pytest
from documents import (
    APP,
    BUILDERS,
    MADE_AT,
    PAPER,
    ROUND,
    a_criteria,
    a_declaration,
    a_manifest,
    a_paper,
    a_papers,
    a_reveal,
    a_roster,
    a_scoresheet,
    any_document,
    bundled,
    digest,
    identity,
    signed,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pmqa_desktop.domain.documents import ManifestBlob, ManifestEntry
from pmqa_desktop.domain.payload import digest_of
from pmqa_desktop.errors import Refused
from pmqa_desktop.sync import container
from pmqa_desktop.sync.container import PART_BYTES, Blob, blob_of, bundle_bytes, bundle_lines, read_bundle
from pmqa_desktop.sync.envelope import envelope_line

BIG_PAPER = bytes(range(256)) * (PART_BYTES // 256 * 2) + b"the rest"


def read(data, **options):
    return read_bundle(io.BytesIO(data), **options)


def refusal_of(data):
    with pytest.raises(Refused) as caught:
        read(data)
    return caught.value


def code_of(data):
    return refusal_of(data).code


def lines_of(data):
    return data.splitlines(keepends=True)


def with_manifest(*documents, rest=None, **changes):
    """A bundle whose table of contents lists `documents` with `changes`, over other lines than it says."""
    manifest = a_manifest(*documents, **({"blobs": ()} | changes))
    lines = [envelope_line(signed(document)) + b"\n" for document in (rest if rest is not None else documents)]
    return envelope_line(signed(manifest)) + b"\n" + b"".join(lines)


def papers_bundle(*blobs):
    return bundled(a_papers(), blobs=blobs or (blob_of(BIG_PAPER, "รายงาน.pdf"),))


def test_a_bundle_gives_its_documents_back_in_order():
    kinds = [kind for kind in BUILDERS if kind != "manifest"]
    documents = [BUILDERS[kind]() for kind in kinds]

    bundle = read(bundled(*documents))

    assert [admitted.document for admitted in bundle.documents] == documents
    assert bundle.manifest.document.author.person == "chair"
    assert bundle.blobs == ()


@given(st.lists(any_document(), max_size=4, unique_by=digest))
def test_any_documents_come_back_from_a_bundle(documents):
    listed = [document for document in documents if signed(document).kind != "manifest"]

    assert [admitted.document for admitted in read(bundled(*listed)).documents] == listed


def test_the_same_content_gives_the_same_bytes_and_a_document_stands_once():
    assert bundled(a_scoresheet(), a_reveal()) == bundled(a_scoresheet(), a_reveal(), a_scoresheet())


def test_an_empty_bundle_is_a_manifest_alone():
    assert read(bundled()).documents == ()


def test_attached_files_come_back_part_by_part():
    taken = {}

    def on_blob(blob):
        taken[blob.digest] = io.BytesIO()
        return taken[blob.digest]

    data = papers_bundle(blob_of(BIG_PAPER, "รายงาน.pdf"), blob_of(PAPER, "../../etc/passwd"))
    bundle = read(data, on_blob=on_blob)

    assert [stream.getvalue() for stream in taken.values()] == [BIG_PAPER, PAPER]
    assert [(blob.name, blob.bytes) for blob in bundle.blobs] == [
        ("รายงาน.pdf", len(BIG_PAPER)),
        ("../../etc/passwd", len(PAPER)),
    ]
    assert len(lines_of(data)) == 2 + 3 + 1


def test_a_file_of_whole_parts_has_no_empty_one():
    data = papers_bundle(blob_of(bytes(PART_BYTES), "a"))

    assert len(lines_of(data)) == 3
    assert read(data).blobs[0].bytes == PART_BYTES


def small_bundle():
    return bundled(a_declaration())


def test_a_bundle_cut_anywhere_is_refused():
    data = small_bundle()

    codes = {code_of(data[:end]) for end in range(len(data))}

    assert codes == {"file-empty", "bundle-truncated", "entry-missing"}


def test_every_flipped_bit_of_a_bundle_is_refused():
    data = small_bundle()

    for place in range(len(data) * 8):
        broken = bytearray(data)
        broken[place // 8] ^= 1 << place % 8
        assert code_of(bytes(broken))


SHEET, DECLARATION = a_scoresheet(), a_declaration()
TWO = lines_of(bundled(SHEET, DECLARATION))
FOREIGN = replace(SHEET, round="other")
LIVE = replace(SHEET, rehearsal=False)
REFUSED = {
    "nothing": (b"", "file-empty", "line 1"),
    "a few letters": (b"hell", "not-a-bundle", "line 1"),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(99), "not-a-bundle", "line 1"),
    "a zip": (b"PK\x03\x04" + bytes(99), "not-a-bundle", "line 1"),
    "a byte order mark": (b"\xef\xbb\xbf" + b"".join(TWO), "not-a-bundle", "line 1"),
    "no manifest": (TWO[1], "manifest-missing", "line 1"),
    "a document first": (TWO[1] + TWO[0] + TWO[2], "manifest-missing", "line 1"),
    "an entry missing": (b"".join(TWO[:2]), "entry-missing", "line 3"),
    "the first entry missing": (TWO[0] + TWO[2], "entry-order", "line 2"),
    "an entry too many": (b"".join([*TWO, TWO[1]]), "trailing-data", "line 4"),
    "an empty line": (b"".join([*TWO, b"\n"]), "trailing-data", "line 4"),
    "a blank": (b"".join([*TWO, b" "]), "trailing-data", "line 4"),
    "lines swapped": (TWO[0] + TWO[2] + TWO[1], "entry-order", "line 2"),
    "an empty line between": (TWO[0] + b"\n" + TWO[1] + TWO[2], "envelope-invalid", "line 2"),
    "line ends of Windows": (b"".join(TWO).replace(b"\n", b"\r\n"), "envelope-not-canonical", "line 1"),
    "another document": (with_manifest(SHEET, rest=[DECLARATION]), "entry-mismatch", "line 2"),
    "another round": (with_manifest(FOREIGN), "other-round", "line 2"),
    "another sort of round": (with_manifest(LIVE), "other-rehearsal", "line 2"),
    "no line end": (b"".join(TWO)[:-1], "bundle-truncated", "line 3"),
    "two bundles": (b"".join(TWO) * 2, "trailing-data", "line 4"),
}


@pytest.mark.parametrize(("data", "code", "where"), REFUSED.values(), ids=REFUSED)
def test_refuses_anything_but_exactly_what_is_listed(data, code, where):
    refused = refusal_of(data)

    assert (refused.code, refused.where) == (code, where)


def test_refuses_a_document_whose_listed_size_or_kind_is_wrong():
    entry = a_manifest(SHEET).body.entries[0]

    for wrong in (replace(entry, bytes=entry.bytes + 1), replace(entry, kind="consensus")):
        assert code_of(with_manifest(SHEET, entries=(wrong,))) == "entry-mismatch"


def test_refuses_a_manifest_that_lists_something_twice():
    entry = a_manifest(SHEET).body.entries[0]
    blob = ManifestBlob(digest=digest_of(PAPER), bytes=len(PAPER), media_type="a/b", name="a")

    for changes in ({"entries": (entry, entry)}, {"blobs": (blob, replace(blob, name="b"))}):
        with pytest.raises(Refused, match="entry-duplicate"):
            with_manifest(SHEET, **changes)


def test_a_refusal_names_the_line_and_the_field():
    tree = json.loads(TWO[1])
    payload = base64.b64decode(tree["payload"]).replace(b'"page":2', b'"page":0')
    forged = {"payload": base64.b64encode(payload).decode(), "payloadType": tree["payloadType"]}
    sig = identity("expert-1").sign(
        b"DSSEv1 %d %b %d %b" % (len(tree["payloadType"]), tree["payloadType"].encode(), len(payload), payload)
    )
    forged["signatures"] = [{"keyid": identity("expert-1").keyid, "sig": base64.b64encode(sig).decode()}]
    line = json.dumps(forged, sort_keys=True, separators=(",", ":")).encode() + b"\n"

    refused = refusal_of(TWO[0] + line + TWO[2])

    assert (refused.code, refused.where) == ("value-invalid", "line 2: body.evidence")
    assert refused.fields["found"] == 0


# --- attached files --------------------------------------------------------------------------------------------


def part(number, data, digest=None):
    tree = {"blob": digest or digest_of(BIG_PAPER), "data": base64.b64encode(data).decode(), "part": number}
    return json.dumps(tree, sort_keys=True, separators=(",", ":")).encode() + b"\n"


HEAD = lines_of(papers_bundle())[:2]
PIECES = [BIG_PAPER[start : start + PART_BYTES] for start in range(0, len(BIG_PAPER), PART_BYTES)]
PARTS = [part(number, data) for number, data in enumerate(PIECES, start=1)]
BROKEN_BLOBS = {
    "part missing at the end": (PARTS[:2], "blob-missing"),
    "part missing": (PARTS[1:], "blob-order"),
    "parts swapped": ([PARTS[1], PARTS[0], PARTS[2]], "blob-order"),
    "part twice": ([PARTS[0], PARTS[0], PARTS[1], PARTS[2]], "blob-order"),
    "part too many": ([*PARTS, part(4, b"x")], "trailing-data"),
    "another file's part": ([part(1, PIECES[0], digest_of(b"x")), *PARTS[1:]], "blob-order"),
    "other content": ([part(1, bytes(PART_BYTES)), *PARTS[1:]], "blob-changed"),
    "part too short": ([part(1, PIECES[0][:-1]), *PARTS[1:]], "blob-part-invalid"),
    "last part too long": ([*PARTS[:2], part(3, PIECES[2] + b"x")], "blob-part-invalid"),
    "last part too short": ([*PARTS[:2], part(3, PIECES[2][:-1])], "blob-part-invalid"),
    "part too large": ([part(1, PIECES[0] + bytes(999)), *PARTS[1:]], "line-too-long"),
    "not exact": ([PARTS[0].replace(b'"data":', b'"data": '), *PARTS[1:]], "blob-part-invalid"),
    "no part": ([b"[]\n", *PARTS], "blob-part-invalid"),
    "number as a float": ([PARTS[0].replace(b'"part":1', b'"part":1.0'), *PARTS[1:]], "blob-part-invalid"),
}


def test_the_parts_made_by_hand_are_those_of_the_writer():
    assert b"".join([*HEAD, *PARTS]) == papers_bundle()


@pytest.mark.parametrize(("parts", "code"), BROKEN_BLOBS.values(), ids=BROKEN_BLOBS)
def test_refuses_an_attached_file_that_is_not_exactly_as_listed(parts, code):
    assert code_of(b"".join([*HEAD, *parts])) == code


def test_the_writer_notices_a_file_that_changed_since_it_was_listed():
    blob = blob_of(BIG_PAPER, "a.pdf")

    for other in (BIG_PAPER[:-1], BIG_PAPER + b"x", b"x" + BIG_PAPER[1:]):
        changed = Blob(blob.entry, lambda data=other: io.BytesIO(data))
        if len(other) > len(BIG_PAPER):
            continue  # what was appended later is not read at all
        with pytest.raises(Refused, match="blob-changed"):
            bundled(a_papers(), blobs=(changed,))


# --- limits ----------------------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A stream that never ends and counts what was asked of it."""

    def __init__(self, head=b""):
        self.given = 0
        self._head = head

    def readable(self):
        return True

    def readinto(self, buffer):
        count = len(buffer)
        piece, self._head = self._head[:count], self._head[count:]
        buffer[:] = piece + b"a" * (count - len(piece))
        self.given += count
        return count


def test_a_line_without_end_is_not_read_to_its_end():
    source = Endless(b'{"payload":"')

    with pytest.raises(Refused, match="line-too-long"):
        read_bundle(io.BufferedReader(source))

    assert source.given < 17 * 1024 * 1024


def test_a_line_of_a_small_kind_is_cut_at_its_own_limit():
    source = Endless(TWO[0])

    with pytest.raises(Refused, match="line-too-long"):
        read_bundle(io.BufferedReader(source))

    assert source.given < 5 * 1024 * 1024


def test_a_manifest_of_more_than_fits_is_refused_before_anything_follows():
    many = tuple(ManifestEntry(digest=digest_of(b"%d" % n), bytes=1, kind="scoresheet") for n in range(100_000))
    large = (ManifestEntry(digest=digest_of(b"x"), bytes=container.LARGEST_BUNDLE, kind="scoresheet"),)
    papers = (ManifestEntry(digest=digest_of(b"x"), bytes=container.LARGEST_BUNDLE, kind="papers"),)

    assert code_of(with_manifest(rest=[], entries=many)) == "too-many-lines"
    assert code_of(with_manifest(rest=[], entries=large)) == "bundle-too-large"
    assert code_of(with_manifest(rest=[], entries=papers)) == "entry-missing"


def test_only_papers_may_be_large():
    blob = ManifestBlob(digest=digest_of(b"x"), bytes=container.LARGEST_BUNDLE, media_type="a/b", name="a")

    assert code_of(with_manifest(DECLARATION, blobs=(blob,))) == "bundle-too-large"
    assert code_of(with_manifest(a_papers(), blobs=(blob,))) == "blob-missing"


def test_the_bytes_of_the_whole_file_are_counted(monkeypatch):
    data = bundled(SHEET, DECLARATION)
    monkeypatch.setattr(container, "LARGEST_BUNDLE", len(data) - 1)

    lines = container._Lines(io.BytesIO(data), left=len(data) - 1, limit=len(data) - 1)
    lines.take(10_000, "file-empty")
    lines.take(10_000, "file-empty")
    with pytest.raises(Refused, match="bundle-too-large"):
        lines.take(10_000, "file-empty")


# --- writing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("document", "code"), [(FOREIGN, "other-round"), (LIVE, "other-rehearsal")])
def test_the_writer_mixes_no_rounds(document, code):
    with pytest.raises(Refused, match=code):
        bundled(document)


def test_nothing_is_written_before_all_was_checked():
    lines = bundle_lines(
        [signed(a_roster()), signed(a_criteria())],
        identity("office-1"),
        round=ROUND,
        rehearsal=True,
        made_at=MADE_AT,
        app=APP,
    )

    assert b"".join(lines) == bundled(a_roster(), a_criteria(), exporter="office-1")
    with pytest.raises(Refused):
        bundle_lines([signed(FOREIGN)], identity("office-1"), round=ROUND, rehearsal=True, made_at=MADE_AT, app=APP)


def test_the_paper_of_the_tests_is_the_one_listed():
    assert a_paper().digest == blob_of(PAPER, "รายงาน.pdf").entry.digest


def test_a_bundle_needs_its_own_exporter_open():
    assert bundle_bytes([], identity("chair"), round=ROUND, rehearsal=True, made_at=MADE_AT, app=APP) == bundled()
