# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the computer itself refuses is told in words, with the file, the cause and what to do next."""

import errno
import os
import re
import sys

import pytest

from pmqa_desktop import cli, messages, system
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.reporting.service import write_whole
from pmqa_desktop.text import use_language

COMMON = (
    errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, errno.EIO, errno.EMFILE, errno.ENAMETOOLONG,
)  # fmt: skip
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.mark.parametrize("number", COMMON)
def test_a_common_answer_is_told_in_the_persons_language_alone(number):
    error = OSError(number, os.strerror(number), "/media/somebody/ภาพถ่าย.jpg")

    thai, english = (messages.word_error(system.told(error), language) for language in ("th", "en"))

    assert thai.startswith("ภาพถ่าย.jpg: ") and english.startswith("ภาพถ่าย.jpg: ")
    assert not LATIN.search(thai.removeprefix("ภาพถ่าย.jpg: "))
    assert os.strerror(number) not in english and "somebody" not in english


def test_a_rare_answer_keeps_the_systems_own_words():
    told = messages.word_error(system.told(OSError(errno.ELOOP, os.strerror(errno.ELOOP))), "th")

    assert os.strerror(errno.ELOOP) in told and not told.startswith(":")


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux' own")
def test_a_full_drive_is_told_by_the_command_line(monkeypatch, capsys):
    with open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123 - a device, not a path of ours
        monkeypatch.setattr(sys, "stdout", type("Out", (), {"buffer": full, "write": None, "flush": full.flush})())
        code = cli.run(["self-test", "--json"])

    assert code == cli.console.NO
    assert "ไดรฟ์ไม่มีที่ว่างเหลือ" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_tells_why_in_thai(tmp_path):
    with pytest.raises(Expected) as caught:
        write_whole(tmp_path / ("x" * 300 + ".pdf"), b"%PDF-")

    use_language("th")
    assert "ชื่อยาวเกินไป" in messages.word_error(caught.value)
    assert list(tmp_path.iterdir()) == []
