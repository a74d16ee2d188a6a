# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Work that must outlive this laptop: portable drafts, mirrors, backups, and closing the round here."""
