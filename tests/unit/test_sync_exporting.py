# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import errno
import hashlib
import io
import re
import resource
import tracemalloc
from contextlib import contextmanager

import pytest
from documents import APP, MADE_AT, ROUND, a_declaration, a_papers, bundled, identity, signed
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.domain.documents import ManifestBlob
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.sync import exporting
from pmqa_desktop.sync.container import Blob, bundle_lines, read_bundle
from pmqa_desktop.sync.exporting import ChunkReader, neutral_name, with_progress, write_file, write_stream
from pmqa_desktop.sync.fingerprint import groups, matches, short
from pmqa_desktop.sync.importing import read_file
from pmqa_desktop.sync.sealing import seal_stream

DATA = bundled(a_declaration())
NAME = "PMQA-practice-2569-0a1b2c3d.pmqa"


def accept(path):
    return read_bundle(io.BytesIO(path.read_bytes()))


def refused(action):
    with pytest.raises(Expected) as caught:
        action()
    return caught.value


def fails_with(number):
    def fill(target):
        target.write(DATA[:10])
        raise OSError(number, "the drive says so")

    return fill


def test_a_written_file_is_whole_checked_and_alone(tmp_path):
    seen = []

    written = write_file(tmp_path, NAME, [DATA[:100], DATA[100:]], lambda path: seen.append(path.read_bytes()))

    assert written.path == tmp_path / NAME
    assert written.size == len(DATA)
    assert written.fingerprint == "sha256:" + hashlib.sha256(DATA).hexdigest()
    assert seen == [DATA]
    assert list(tmp_path.iterdir()) == [written.path]


def test_bytes_are_written_as_they_are(tmp_path):
    assert write_file(tmp_path, NAME, DATA, accept).path.read_bytes() == DATA


def test_a_sealed_stream_is_written_and_read_back(tmp_path):
    folder, staging = tmp_path / "drive", tmp_path / "staging"
    folder.mkdir()
    staging.mkdir()
    me = identity("chair")
    pieces = DATA.splitlines(keepends=True)

    written = write_stream(
        folder,
        NAME,
        lambda target: seal_stream(ChunkReader(pieces), target, [me.recipient]),
        lambda path: read_file(path, me, staging),
    )

    assert read_file(written.path, me, staging).documents[0].document == a_declaration()
    assert list(staging.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "drive-full"),
        (errno.EDQUOT, "drive-full"),
        (errno.EROFS, "drive-read-only"),
        (errno.EACCES, "drive-read-only"),
        (errno.EIO, "drive-gone"),
        (errno.ENODEV, "drive-gone"),
    ],
)
def test_a_drive_that_fails_is_told_and_left_clean(tmp_path, number, code):
    assert refused(lambda: write_stream(tmp_path, NAME, fails_with(number), accept)).code == code
    assert list(tmp_path.iterdir()) == []


@contextmanager
def file_size_limit(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_system_that_takes_no_more_is_told_as_full(tmp_path):
    with file_size_limit(1000):
        error = refused(lambda: write_file(tmp_path, NAME, bytes(100_000), accept))

    assert error.code == "drive-full"
    assert list(tmp_path.iterdir()) == []


def test_room_is_checked_before_anything_is_written(tmp_path):
    error = refused(lambda: write_file(tmp_path, NAME, iter([DATA]), accept, size=2**62))

    assert error.code == "drive-full"
    assert error.fields["needed"] == 2**62
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_where_a_drive_had_been_does_not_count(tmp_path, monkeypatch):
    """A drive that is pulled out may leave an empty folder of the same name, on this computer's own disk."""

    class Other:
        st_dev = -1

    def check(_path):
        monkeypatch.setattr(type(tmp_path), "stat", lambda _self, **_named: Other)

    error = refused(lambda: write_file(tmp_path, NAME, DATA, check))
    monkeypatch.undo()
    assert error.code == "drive-gone" and list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(tmp_path):
    assert refused(lambda: write_file(tmp_path / "gone", NAME, DATA, accept)).code == "drive-gone"


def test_an_older_file_is_never_written_over(tmp_path):
    (tmp_path / NAME).write_bytes(b"older")

    assert refused(lambda: write_file(tmp_path, NAME, DATA, accept)).code == "name-taken"
    assert (tmp_path / NAME).read_bytes() == b"older"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_appears_meanwhile_is_never_written_over(tmp_path):
    def fill(target):
        target.write(DATA)
        (tmp_path / NAME).write_bytes(b"other")

    assert refused(lambda: write_stream(tmp_path, NAME, fill, accept)).code == "name-taken"
    assert (tmp_path / NAME).read_bytes() == b"other"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_an_importer_would_refuse_does_not_stay(tmp_path):
    assert refused(lambda: write_file(tmp_path, NAME, DATA[:-1], accept)).code == "bundle-truncated"
    assert list(tmp_path.iterdir()) == []


def test_what_reads_back_differently_does_not_stay(tmp_path, monkeypatch):
    rename = exporting._rename

    def spoil(part, target):
        rename(part, target)
        target.write_bytes(DATA.replace(b"payload", b"PAYLOAD"))

    monkeypatch.setattr(exporting, "_rename", spoil)

    assert refused(lambda: write_file(tmp_path, NAME, DATA, lambda path: None)).code == "readback-failed"
    assert list(tmp_path.iterdir()) == []


def test_stopping_leaves_nothing(tmp_path):
    def fill(target):
        target.write(DATA)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_stream(tmp_path, NAME, fill, accept)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_and_cancelling_leaves_nothing(tmp_path):
    told = []
    progress = Progress(lambda *step: told.append(step))

    write_file(tmp_path, NAME, with_progress([DATA[:9], DATA[9:]], progress, len(DATA), "x"), accept)

    assert told == [(0, len(DATA), "x"), (9, len(DATA), "x"), (len(DATA), len(DATA), "x")]
    progress.cancel()
    with pytest.raises(Cancelled):
        write_file(tmp_path, "b.pmqa", with_progress([DATA], progress), accept)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_large_papers_are_sealed_written_and_read_back_in_flat_memory(tmp_path):
    size, me = 24 * 1024 * 1024, identity("chair")
    source = tmp_path / "paper.pdf"
    source.write_bytes(bytes(size))
    digest = "sha256:" + hashlib.sha256(bytes(size)).hexdigest()
    entry = ManifestBlob(digest=digest, bytes=size, media_type="application/pdf", name="paper.pdf")
    folder, staging = tmp_path / "drive", tmp_path / "staging"
    folder.mkdir()
    staging.mkdir()

    tracemalloc.start()
    lines = bundle_lines(
        [signed(a_papers())],
        me,
        round=ROUND,
        rehearsal=True,
        made_at=MADE_AT,
        app=APP,
        blobs=(Blob(entry, lambda: source.open("rb")),),
    )
    written = write_stream(
        folder,
        NAME,
        lambda target: seal_stream(ChunkReader(lines), target, [me.recipient]),
        lambda path: read_file(path, me, staging),
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert written.size > size
    assert peak < 8 * 1024 * 1024


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "a\\b", "C:x", ".hidden", "a\nb", "x" * 151, "a*"])
def test_a_name_never_is_a_path(tmp_path, name):
    assert refused(lambda: write_file(tmp_path, name, DATA, accept)).code == "name-invalid"


def test_a_name_tells_the_round_and_the_document_only():
    assert neutral_name("practice-2569", "sha256:0a1b2c3d" + "0" * 56) == NAME


@given(st.lists(st.binary(max_size=20)), st.integers(1, 9))
def test_chunks_read_like_a_file(chunks, size):
    reader = ChunkReader(chunks)
    read = b"".join(iter(lambda: reader.read(size), b""))

    assert read == b"".join(chunks)


# --- the fingerprint ---------------------------------------------------------------------------------------------

DIGEST = "sha256:" + "".join(f"{number:04x}" for number in range(16))


def test_a_fingerprint_is_four_rows_of_four_groups_of_four():
    rows = groups(DIGEST)

    assert rows[0] == "0000 0001 0002 0003"
    assert rows[3] == "000C 000D 000E 000F"
    assert all(re.fullmatch(r"([0-9A-F]{4} ){3}[0-9A-F]{4}", row) for row in rows)
    assert short(DIGEST) == "00000001"


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("0000 0001", True),
        ("00000001", True),
        ("000C-000D", True),
        ("000c 000d 000e 000f", True),
        ("0000", False),
        ("", False),
        ("0000 0002", False),
        ("0000 0001 " * 20, False),
    ],
)
def test_groups_typed_from_paper_are_compared(typed, fits):
    assert matches(DIGEST, typed) is fits


def test_a_refusal_of_a_check_is_told_as_itself(tmp_path):
    def check(path):
        raise Refused("signature-invalid", "line 2")

    assert refused(lambda: write_file(tmp_path, NAME, DATA, check)).where == "line 2"
