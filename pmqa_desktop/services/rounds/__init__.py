# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A round and its rosters: planned, opened, changed by the officers together, recovered."""
