# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A drive that is really full: every refusal is one clear sentence, changes nothing, and with room the work goes on."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORK = Path(__file__).parent / "full_disk.py"
CLEAR = {"disk-full", "laptop-full", "system-full", "drive-full", "cannot-write"}
"""The codes that tell that there is no room, each with what to do next."""


def apart(*command):
    """Return a command that runs with mounts of its own."""
    return ["unshare", "--map-root-user", "--mount", *command]


def small_drives():
    """Tell whether a small drive can be mounted here without any rights."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    tried = subprocess.run(apart("mount", "-t", "tmpfs", "none", "/mnt"), capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.skipif(not small_drives(), reason="mounting a small drive needs Linux with user namespaces")
def test_work_on_a_full_drive_is_refused_in_words_changes_nothing_and_succeeds_with_room(tmp_path):
    drive, plenty = tmp_path / "drive", tmp_path / "plenty"
    for folder in (drive, plenty):
        folder.mkdir()
    script = 'mount -t tmpfs -o size=6m none "$1" && exec "$2" "$3" "$1" "$4"'
    command = apart("sh", "-c", script, "sh", str(drive), sys.executable, str(WORK), str(plenty))
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr

    tries = [json.loads(line) for line in ended.stdout.splitlines()]
    refused = [one for one in tries if one["code"]]
    assert {one["code"] for one in refused} <= CLEAR
    assert [one for one in refused if one["changed"]] == []
    assert not [one["told"] for one in refused if re.search(r"Errno|No space|disk", one["told"])]
    done = [one["what"] for one in tries if not one["code"]]
    assert Counter(done) == Counter({one["what"] for one in tries}) and len(done) == 19
    assert {one["what"] for one in tries if one["room"] == 0 and not one["code"]} == {"open_again"}
