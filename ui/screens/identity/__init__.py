# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Keys and rosters: the own key made, enrolled and backed up; a first roster compared; a next one countersigned."""
