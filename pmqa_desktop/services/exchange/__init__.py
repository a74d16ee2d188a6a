# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Files in and out: signed documents sent, taken in, checked, proved."""
