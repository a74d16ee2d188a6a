# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Typeset Thai and English text into PDF: shaped marks, real word breaks, and text that can be searched and copied.

The order of the modules is the order of the work: `fonts` (faces and shaping), `embedding` (faces into a PDF file),
`pen` (the only one that writes to a page), `atoms`, `lines`, `paragraphs`, `tables` (blocks), `pages` (blocks onto
pages). Text
enters as `Run` values, never as markup, so nothing in it can be taken for a command.
"""
