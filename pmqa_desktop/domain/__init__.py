# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Immutable values and pure rules: no clock, no file, no SQL, no Qt."""
