# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Power cuts are tried where they can be recorded, and the run's head says whether they are."""

from power_cuts import compiler

collect_ignore = [] if compiler() else ["test_power_cuts.py"]
