# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What may be attached is told by a file's bytes, whatever it is called."""

import pytest
from made_files import package, pdf, photo, workbook

from pmqa_desktop.domain.media import HEIC, JPEG, KINDS, PDF, PNG, has_macros, kind_named, kind_of

ODF = "application/vnd.oasis.opendocument."
WORD = package("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (photo(), ".jpg"),
        (photo(form="PNG"), ".png"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50), ".heic"),
        (pdf(), ".pdf"),
        (workbook(), ".xlsx"),
        (WORD, ".docx"),
        (package("[Content_Types].xml", "ppt/presentation.xml"), ".pptx"),
        (package("content.xml", first=("mimetype", ODF + "text")), ".odt"),
        (package("content.xml", first=("mimetype", ODF + "spreadsheet")), ".ods"),
        (package("content.xml", first=("mimetype", ODF + "presentation")), ".odp"),
    ],
)
def test_kinds_that_may_be_attached(data, ending):
    kind = kind_of(data)
    assert kind is not None
    assert kind.ending == ending
    assert kind_named(kind.media_type) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ" + bytes(200),
        b"\x7fELF" + bytes(200),
        b"#!/bin/sh\necho",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(50),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"Rar!\x1a\x07\0" + bytes(50),
        package("readme.txt"),
        package("word/document.xml"),
        package("content.xml", first=("mimetype", ODF + "text-master")),
        package("content.xml", first=("mimetype", "application/epub+zip")),
        b"\0\0\0\x18ftypmp42" + bytes(50),
        b" %PDF-1.7",
    ],
)
def test_anything_else_may_not(data):
    assert kind_of(data) is None


@pytest.mark.parametrize(
    "data",
    [
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        package("Basic/Standard/Module1.xml", first=("mimetype", ODF + "spreadsheet")),
    ],
)
def test_documents_with_macros_may_not_either(data):
    assert kind_of(data) is None
    assert has_macros(data)
    assert not has_macros(WORD)


def test_endings_differ_and_photos_are_known():
    assert len({kind.ending for kind in KINDS}) == len(KINDS)
    assert [kind for kind in KINDS if kind.is_photo] == [JPEG, PNG, HEIC]
    assert not PDF.is_photo
