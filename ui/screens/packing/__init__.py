# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Packs: the secretariat writes those of all seats, an evaluator takes a later one in."""
