# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0

"""Paper and tables: the Thai PDF engine, one module per report, workbook and CSV."""
