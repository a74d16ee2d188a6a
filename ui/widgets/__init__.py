# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Widgets that all screens share; import them from their modules: labels, boxes, buttons, signs, scores, inputs."""
