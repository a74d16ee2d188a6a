# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Power cuts are tried where they can be recorded, and the run says so where they can't."""

from power_cuts import compiler

CAN_RECORD = compiler() is not None
collect_ignore = [] if CAN_RECORD else ["test_power_cuts.py"]


def pytest_report_header():
    return "power cuts: tried" if CAN_RECORD else "power cuts: not tried, recording needs Linux and a C compiler"
