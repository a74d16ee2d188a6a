# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Data folder, log and settings of one laptop."""

import logging
import os
import stat
from pathlib import Path

import pytest

from pmqa_desktop.log import start_log, stop_log
from pmqa_desktop.paths import private_folder, user_data_folder
from pmqa_desktop.settings import Settings, read_settings, write_settings

HOME = Path("/home/somchai")


def test_the_environment_names_the_data_folder_outright():
    assert user_data_folder({"PMQA_HOME": "/mnt/own"}, "win32", HOME) == Path("/mnt/own")


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, HOME / ".local/share/pmqa-desktop"),
        ("linux", {"XDG_DATA_HOME": "/data"}, Path("/data/pmqa-desktop")),
        ("linux", {"XDG_DATA_HOME": "relative"}, HOME / ".local/share/pmqa-desktop"),
        ("darwin", {}, HOME / "Library/Application Support/PMQA Desktop"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/PMQA Desktop")),
        ("win32", {}, HOME / "AppData/Local/PMQA Desktop"),
    ],
)
def test_each_system_has_its_own_data_folder(platform, environment, expected):
    assert user_data_folder(environment, platform, HOME) == expected


def test_a_new_folder_is_its_owners_alone(tmp_path):
    made = private_folder(tmp_path / "a" / "b")

    assert made.is_dir()
    assert os.name != "posix" or stat.S_IMODE(made.stat().st_mode) == 0o700


def test_settings_come_back_as_written(home):
    chosen = Settings(language="en", text_scale=150, theme="dark", digits="thai", recent=("รอบ.pmqa-work",))

    write_settings(home, chosen)

    assert read_settings(home) == chosen
    assert [file.name for file in home.iterdir()] == ["settings.json"]


def test_a_new_laptop_has_the_defaults(home):
    assert read_settings(home / "not-there") == Settings()


@pytest.mark.parametrize("damaged", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"7", b"[" * 100_000])
def test_a_damaged_file_gives_the_defaults(home, damaged):
    (home / "settings.json").write_bytes(damaged)

    assert read_settings(home) == Settings()


def test_one_bad_value_does_not_cost_the_others(home):
    (home / "settings.json").write_text('{"language": "fr", "theme": "dark", "text_scale": 1000, "later": 1}')

    assert read_settings(home) == Settings(theme="dark")


def test_the_log_tells_versions_and_moves_without_a_file_left_open(tmp_path):
    first = start_log(tmp_path / "one")
    second = start_log(tmp_path / "two", verbose=True)
    logging.getLogger("pmqa_desktop.anything").debug("opened %d documents", 3)
    stop_log()
    logging.getLogger("pmqa_desktop.anything").debug("after the end")

    assert "PMQA Desktop" in first.read_text("utf-8")
    assert "opened" not in first.read_text("utf-8")
    assert "opened 3 documents" in second.read_text("utf-8")
    assert "after the end" not in second.read_text("utf-8")
