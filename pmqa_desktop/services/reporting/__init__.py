# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From signed documents to paper and tables: fill the reports' plain values, have them set, write them whole."""

from pmqa_desktop.services.reporting.service import (
    ABOUT_THE_ROUND,
    OF_A_SEAT,
    REPORTS,
    ReportingService,
    ReportName,
    save_first_roster_page,
    write_whole,
)

__all__ = [
    "ABOUT_THE_ROUND",
    "OF_A_SEAT",
    "REPORTS",
    "ReportName",
    "ReportingService",
    "save_first_roster_page",
    "write_whole",
]
