# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The evaluator at work: declare, judge, attach, find, be reminded, sign."""
