# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Real keys through an X server: what the platform does with them before Qt's events, in both layouts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xkeys

pytestmark = pytest.mark.skipif(not xkeys.able(), reason="needs Xvfb, setxkbmap and libXtst")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def display():
    with xkeys.display() as name:
        yield name


def played(display, *acts):
    """Return what stands in the fields after `acts`."""
    ran = subprocess.run(
        [sys.executable, Path(xkeys.__file__), *acts], capture_output=True, text=True, check=True,
        timeout=60,
        env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return json.loads(ran.stdout)


@pytest.mark.parametrize("layout", ["us", "th"])
def test_no_key_of_a_terminal_takes_words_out_of_a_field(display, layout):
    keys = ("Home", "Control+k", "Control+d", "Control+u")

    seen = played(display, layout, "line", *keys, "lines", *keys)

    assert (seen["line"], seen["lines"]) == ("ABC", "ABC")


def test_the_line_below_the_passphrase_tells_what_the_letters_show(display):
    before, thai, english, capital = (
        played(display, *acts)
        for acts in ((), ("th", "secret", "m"), ("us", "secret", "a"), ("us", "secret", "Shift+a"))
    )

    assert (thai["secret"], english["secret"], capital["secret"]) == ("ท", "a", "A")
    assert "ไทย" not in before["hint"] and "อังกฤษ" not in before["hint"]
    assert thai["hint"] == "แป้นพิมพ์: ไทย"
    assert english["hint"] == capital["hint"] == "แป้นพิมพ์: อังกฤษ · Caps Lock ปิด"
