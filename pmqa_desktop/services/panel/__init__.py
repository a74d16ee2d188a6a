# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The panel's table: reveal, compare, settle, gather words, sign and endorse; one module per act behind one desk."""

from pmqa_desktop.services.panel.notes import AREA
from pmqa_desktop.services.panel.service import PanelService
from pmqa_desktop.services.panel.values import (
    Matrix,
    MatrixRow,
    PanelAgency,
    PanelComment,
    PanelItem,
    PanelOutlook,
    PanelSeat,
    PanelThemes,
)

__all__ = [
    "AREA",
    "Matrix",
    "MatrixRow",
    "PanelAgency",
    "PanelComment",
    "PanelItem",
    "PanelOutlook",
    "PanelSeat",
    "PanelService",
    "PanelThemes",
]
