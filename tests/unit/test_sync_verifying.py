# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import json

import pytest
from documents import a_declaration, a_result, a_roster, a_scoresheet, bundled, digest, identity
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from pmqa_desktop.messages import word_refusal
from pmqa_desktop.sync.sealing import seal
from pmqa_desktop.sync.verifying import inspect_file

CHAIR = identity("chair")
CLEAR = bundled(a_scoresheet(), a_declaration())


@pytest.fixture
def put(tmp_path):
    def write(data, name="a.pmqa"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def codes(inspection):
    return [refusal.code for refusal in inspection.refusals]


def a_report(path, attachments):
    """A PDF with attached files, as reportlab's own objects allow."""
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "report")
    names = []
    for name, data in attachments.items():
        stream = pdfdoc.PDFStream(content=data.decode("latin-1"))
        stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
        held = canvas._doc.Reference(stream)
        files = pdfdoc.PDFDictionary({"F": held})
        spec = {"Type": pdfdoc.PDFName("Filespec"), "F": pdfdoc.PDFString(name), "EF": files}
        names += [pdfdoc.PDFString(name), canvas._doc.Reference(pdfdoc.PDFDictionary(spec))]
    tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
    canvas._doc.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": tree})
    canvas._doc.Catalog.__NoDefault__ = [*canvas._doc.Catalog.__NoDefault__, "Names"]
    canvas.save()
    return path


def test_tells_every_document_and_its_signatures(put):
    path = put(CLEAR)

    tree = inspect_file(path).tree(word_refusal)

    sheet = {
        "digest": digest(a_scoresheet()),
        "kind": "scoresheet",
        "person": "expert-1",
        "seat": "expert-1",
        "agency": "moi-ops",
        "seq": 1,
        "rehearsal": True,
        "verified": True,
        "signatures": [{"keyid": identity("expert-1").keyid, "ok": True}],
    }
    assert tree["documents"][0] == sheet
    assert [document["kind"] for document in tree["documents"]] == ["scoresheet", "declaration"]
    assert (tree["file"], tree["ok"], tree["sealed"], tree["refusals"]) == (str(path), True, False, [])
    assert json.loads(json.dumps(tree)) == tree


def test_a_sealed_file_needs_the_right_key(put):
    path = put(seal(CLEAR, [CHAIR.recipient]))

    opened = inspect_file(path, CHAIR)

    assert opened.ok
    assert opened.sealed
    assert [document.kind for document in opened.admitted] == ["scoresheet", "declaration"]
    assert codes(inspect_file(path)) == ["sealed-key-needed"]
    assert codes(inspect_file(path, identity("expert-2"))) == ["not-for-this-key"]
    assert inspect_file(path).sealed


def test_a_tampered_document_is_shown_with_its_bad_signature(put):
    lines = CLEAR.splitlines(keepends=True)
    tree = json.loads(lines[1])
    tree["signatures"][0]["sig"] = "A" * 86 + "=="
    lines[1] = json.dumps(tree, separators=(",", ":")).encode() + b"\n"

    found = inspect_file(put(b"".join(lines)))

    assert codes(found) == ["signature-invalid"]
    assert [(one.kind, one.verified, one.signatures[0].ok) for one in found.documents] == [
        ("scoresheet", False, False),
        ("declaration", True, True),
    ]
    assert found.admitted == ()
    refusal = found.tree(word_refusal)["refusals"][0]
    assert refusal["where"] == "line 2"
    assert "2" in refusal["message"]


def test_what_the_roster_adds_makes_a_file_bad(put):
    found = inspect_file(put(CLEAR))
    more = inspect_file(put(b"", "b")).refusals

    assert found.tree(word_refusal, more)["ok"] is False


def test_a_cosigned_document_tells_every_signature(put):
    found = inspect_file(put(bundled(a_roster())))

    assert [signature.ok for signature in found.documents[0].signatures] == [True, True]


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "file-empty"), (b"hello", "not-a-bundle"), (b"%PDF-1.7\nnot so", "report-invalid")]
)
def test_foreign_files_are_told(put, data, code):
    assert codes(inspect_file(put(data))) == [code]


def test_what_is_not_there_is_told(tmp_path):
    assert codes(inspect_file(tmp_path / "gone")) == ["file-missing"]
    assert codes(inspect_file(tmp_path)) == ["file-not-regular"]


def test_a_report_is_read_by_what_is_attached(tmp_path):
    other = bundled(a_result(), exporter="office-1")
    path = a_report(tmp_path / "r.pdf", {"a.pmqa": CLEAR, "b.pmqa": other, "note.txt": b"hello"})

    found = inspect_file(path)

    assert found.ok
    assert [document.kind for document in found.documents] == ["scoresheet", "declaration", "result"]


def test_a_report_with_a_tampered_bundle_is_refused(tmp_path):
    path = a_report(tmp_path / "r.pdf", {"a.pmqa": CLEAR[:-1]})

    assert codes(inspect_file(path)) == ["bundle-truncated"]


def test_a_report_without_documents_is_told(tmp_path):
    assert codes(inspect_file(a_report(tmp_path / "r.pdf", {"note.txt": b"hello"}))) == ["report-without-documents"]
