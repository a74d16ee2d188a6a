# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The evaluator's scoring screen: rail of agencies, seven categories, items, ticks, words, and the report beside it."""
