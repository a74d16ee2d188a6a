# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import hashlib
import io
import os
import stat
import subprocess
import sys
import tempfile

import pytest
from documents import PAPER, a_declaration, a_papers, bundled, identity

from pmqa_desktop.app import App
from pmqa_desktop.errors import Refused
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.sync.container import blob_of
from pmqa_desktop.sync.importing import private_folder, read_file, stage, take_in
from pmqa_desktop.sync.sealing import create_private, seal

DATA = bundled(a_declaration())
CHAIR = identity("chair")


@pytest.fixture
def drive(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


@pytest.fixture
def staging(tmp_path):
    with private_folder(tmp_path) as folder:
        yield folder


def put(drive, data, name="a.pmqa"):
    path = drive / name
    path.write_bytes(data)
    return path


def refusal_of(path, staging, **options):
    with pytest.raises(Refused) as caught:
        stage(path, staging, **options)
    assert list(staging.iterdir()) == []
    return caught.value.code


def test_a_staged_copy_is_private_and_whole(drive, staging):
    staged = stage(put(drive, DATA, "ไฟล์.pmqa"), staging)

    assert staged.path.read_bytes() == DATA
    assert staged.name == "ไฟล์.pmqa"
    assert staged.size == len(DATA)
    assert staged.digest == "sha256:" + hashlib.sha256(DATA).hexdigest()
    assert stat.S_IMODE(staged.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(staging.stat().st_mode) == 0o700
    assert staged.path.parent == staging
    assert "ไฟล์" not in staged.path.name


def test_the_private_folder_goes_away_with_all_in_it(tmp_path):
    with private_folder(tmp_path) as folder:
        (folder / "a").write_bytes(b"x")

    assert not folder.exists()


def test_at_start_what_a_killed_program_left_goes_and_what_a_living_one_uses_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f"pmqa-private-{int(ended.stdout)}-x"
    left.mkdir()
    (left / "sheet.clear").write_bytes(DATA)
    other = tmp_path / "pmqa-private-elsewhere"
    other.mkdir()
    with private_folder() as used:
        left.mkdir(exist_ok=True)
        App.tidy()
        assert sorted(tmp_path.iterdir()) == sorted([other, used])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    App.tidy()


def test_what_happens_on_the_drive_later_does_not_matter(drive, staging):
    path = put(drive, DATA)
    staged = stage(path, staging)
    path.unlink()

    assert read_file(staged.path, None, staging).documents[0].document == a_declaration()


@pytest.mark.parametrize(("cap", "code"), [(len(DATA), None), (len(DATA) - 1, "file-too-large")])
def test_no_more_than_the_cap_is_copied(drive, staging, cap, code):
    path = put(drive, DATA)

    if code is None:
        assert stage(path, staging, cap).size == cap
    else:
        assert refusal_of(path, staging, cap=cap) == code


def test_what_is_no_ordinary_file_is_refused_at_once(drive, staging):
    os.mkfifo(drive / "pipe")

    assert refusal_of(drive / "pipe", staging) == "file-not-regular"
    assert refusal_of(drive, staging) == "file-not-regular"
    assert refusal_of(drive / "gone", staging) == "file-missing"
    assert refusal_of(put(drive, b"") / "inside", staging) == "file-missing"


def test_cancelling_leaves_no_copy(drive, staging):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        stage(put(drive, DATA), staging, progress=progress)
    assert list(staging.iterdir()) == []


def test_progress_tells_the_bytes(drive, staging):
    told = []
    stage(put(drive, DATA), staging, progress=Progress(lambda *step: told.append(step)))

    assert told == [(len(DATA), len(DATA), "a.pmqa")]


def test_a_sealed_file_is_read_like_a_clear_one_and_leaves_no_clear_copy(drive, staging):
    path = put(drive, seal(DATA, [CHAIR.recipient]))

    bundle = read_file(path, CHAIR, staging)

    assert bundle == read_file(put(drive, DATA, "b.pmqa"), None, staging)
    assert list(staging.iterdir()) == []


@pytest.mark.parametrize("paper", [b"%PDF", b"%PDF" * 300_000, b"%PDF" * 600_000], ids=["small", "1.6 MB", "3.2 MB"])
def test_a_file_is_taken_in_alike_from_memory_and_from_a_copy(drive, staging, paper):
    data = bundled(a_papers(), blobs=(blob_of(paper, "a.pdf"),))

    clear = take_in(put(drive, data), None, staging)
    sealed = take_in(put(drive, seal(data, [CHAIR.recipient])), CHAIR, staging)

    assert clear == sealed
    assert clear.blobs[0].bytes == len(paper)
    assert list(staging.iterdir()) == []


def test_a_small_clear_file_leaves_no_trace_on_disk_while_it_is_read(drive, staging, monkeypatch):
    made = []

    def create(path):
        made.append(path)
        return create_private(path)

    monkeypatch.setattr("pmqa_desktop.sync.importing.create_private", create)

    take_in(put(drive, DATA), None, staging)
    assert made == []

    take_in(put(drive, seal(DATA, [CHAIR.recipient])), CHAIR, staging)
    assert len(made) == 1


@pytest.mark.parametrize(("data", "code"), [
    (b"", "file-empty"), (b"PK", "not-a-bundle"), (DATA[:-1], "bundle-truncated"), (DATA + b"x", "trailing-data"),
    (seal(DATA[:-1], [CHAIR.recipient]), "bundle-truncated"), (seal(DATA, [CHAIR.recipient])[:-1], "sealed-damaged"),
])  # fmt: skip
def test_what_is_refused_when_taken_in_leaves_nothing(drive, staging, data, code):
    with pytest.raises(Refused) as caught:
        take_in(put(drive, data), CHAIR, staging)

    assert caught.value.code == code
    assert list(staging.iterdir()) == []


def test_a_sealed_file_needs_a_key(drive, staging):
    path = put(drive, seal(DATA, [CHAIR.recipient]))

    with pytest.raises(Refused, match="sealed-key-needed"):
        read_file(path, None, staging)
    with pytest.raises(Refused, match="not-for-this-key"):
        read_file(path, identity("expert-1"), staging)
    assert list(staging.iterdir()) == []


def test_a_broken_bundle_inside_a_sealed_file_is_refused(drive, staging):
    path = put(drive, seal(DATA[:-1], [CHAIR.recipient]))

    with pytest.raises(Refused, match="bundle-truncated"):
        read_file(path, CHAIR, staging)
    assert list(staging.iterdir()) == []


def test_attached_files_of_a_sealed_bundle_go_where_the_caller_says(drive, staging):
    data = bundled(a_papers(), blobs=(blob_of(PAPER, "a.pdf"),))
    taken = io.BytesIO()

    read_file(put(drive, seal(data, [CHAIR.recipient])), CHAIR, staging, on_blob=lambda blob: taken)

    assert taken.getvalue() == PAPER


def test_what_a_killed_program_left_is_forgotten_and_a_living_ones_kept(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"pmqa-private-{ended.pid}-abc"
    living = tmp_path / f"pmqa-private-{os.getpid()}-abc"
    other = tmp_path / "pmqa-private-letters-of-mine"
    for folder in (left, living, other):
        folder.mkdir()
        (folder / "clear").write_bytes(DATA)

    with private_folder(tmp_path) as mine:
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted([living.name, other.name, mine.name])
