# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading one's own sheet back, signing it, and writing the file for the secretariat."""
