# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The program's pictures as plain shapes: worked out once, drawn by one pen on the screen and by another on paper.

They are read in grey print too: a level is a number of filled steps and a depth of one hue, a seat has a shape of its
own, a score is written beside its mark, and lines differ by their dashes.
"""
