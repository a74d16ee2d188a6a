# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair's screens: my panels, the reveal, the table where items are settled, and signing the consensus."""
