# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The bench compares like with like: its floor and the program take the same files in, whole."""

from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))


@pytest.mark.usefixtures("bench")
def test_program_and_floor_take_the_same_files_in(tmp_path):
    import merging
    import scale

    files = scale.make_round(tmp_path, 6)
    (tmp_path / "ours").mkdir()

    assert len(list(files.folder.iterdir())) == 6
    assert merging.ours(files, tmp_path / "ours") > 0
    assert merging.floor(files, tmp_path) > 0


@pytest.mark.usefixtures("bench")
def test_the_floor_notices_a_spoilt_signature(tmp_path):
    import floor
    import scale
    from nacl.exceptions import BadSignatureError

    files = scale.make_round(tmp_path, 1)
    (path,) = files.folder.iterdir()
    head, _, signature = path.read_bytes().rpartition(b'"sig":"')
    path.write_bytes(head + b'"sig":"' + (b"A" if signature[:1] != b"A" else b"B") + signature[1:])

    with pytest.raises(BadSignatureError):
        floor.merge(files.folder, tmp_path / "floor.db")


@pytest.mark.usefixtures("bench")
def test_a_measurement_runs_in_a_process_of_its_own(tmp_path):
    import children
    import scale

    found = children.in_child("merging", "floor", scale.make_round(tmp_path, 2))

    assert found["seconds"] > 0
    assert found["peak_mb"] > 10


@pytest.mark.usefixtures("bench")
def test_a_measurement_that_fails_says_why(tmp_path):
    import children
    import scale

    files = scale.make_round(tmp_path, 1)
    wrong = scale.Files(files.roster, files.key, files.folder, 2)

    with pytest.raises(RuntimeError, match="1 of 2 sheets were stored"):
        children.in_child("merging", "floor", wrong)
