# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0

"""Where the set of signed documents and the own drafts lie: SQLite behind sqlite-utils, and nothing else speaks SQL."""
