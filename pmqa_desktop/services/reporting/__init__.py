# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From signed documents to paper and tables: fill the reports' plain values, have them set, write them whole."""

from pmqa_desktop.services.reporting.service import REPORTS, ReportingService, ReportName

__all__ = ["REPORTS", "ReportName", "ReportingService"]
