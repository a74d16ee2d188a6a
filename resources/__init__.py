# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0

"""Data of the program: criteria, fonts, icons, style, words, practice case, help."""
