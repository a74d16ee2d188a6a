# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What holds for every test: no display, no internet, own data folder, Thai, no stray log record."""

import logging
import os
import shutil
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from once import made_once
from power_cuts import compiler

# Qt reads this when it is first imported, so it stands before any fixture.
if "--onscreen" not in sys.argv:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("PMQA_PASSPHRASE", None)

# Thousands of real, small files that are flushed each time: in memory where there is room, so that the tests don't wait
# for a disk which they then throw away. `dev.py check --deep` works on the disk.
_MEMORY, _ROOM = Path("/dev/shm"), 6 << 30
if (
    os.environ.get("PMQA_HYPOTHESIS") != "deep"
    and os.access(_MEMORY, os.W_OK)
    and shutil.disk_usage(_MEMORY).free > _ROOM
):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    os.environ.setdefault("TMPDIR", str(_MEMORY))

# The same examples on every machine, so that a red run means a change; `dev.py check --deep` looks for new ones.
# A loaded machine is no finding, hence neither deadline nor the health check on speed.
settings.register_profile(
    "quick",
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile(
    "deep",
    max_examples=1000,
    stateful_step_count=60,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile(os.environ.get("PMQA_HYPOTHESIS", "quick"))


def _refuse_internet(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        raise RuntimeError("an internet socket was opened: the program must never do that")


# For the whole run and for good: an audit hook cannot be taken off again.
sys.addaudithook(_refuse_internet)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows of the GUI tests")


def pytest_report_header() -> str:
    return "power cuts: tried" if compiler() else "power cuts: not tried, recording needs Linux and a C compiler"


_COSTLY = ("visual", "end2end", "gui", "fault")
"""Folders with the longest files."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]):
    """Begin with the folders of long files: each file goes to one process whole, and short ones even out the end."""
    result = yield
    order = {name: place for place, name in enumerate(_COSTLY)}
    items.sort(key=lambda item: order.get(item.path.parent.name, len(order)))
    return result


@pytest.fixture(scope="session")
def practice_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the signed files of the practice round, built once for the whole run: read them, or copy them."""
    from pmqa_desktop.app import App

    home = made_once(tmp_path_factory, "practice-home", lambda folder: App(folder).practice_folder())
    own = tmp_path_factory.mktemp("practice") / "round"
    shutil.copytree(home / "practice" / "round", own)  # opening a key leaves its card beside it
    return own


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test an own, empty user data folder, and a home folder that is not that of whoever runs it."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PMQA_HOME", str(folder))
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("user")))
    return folder


@pytest.fixture(autouse=True)
def thai():
    """Start every test in Thai, whatever the one before it chose."""
    from pmqa_desktop.text import use_language

    use_language("th")


@pytest.fixture(autouse=True)
def no_stray_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture):
    """Fail a test that logs a warning or worse without saying so by the mark `logs`."""
    yield
    if request.node.get_closest_marker("logs"):
        return
    stray = [
        f"{record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING and record.name.startswith(("pmqa_desktop", "ui"))
    ]
    assert not stray, stray
