# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The own workspace as a whole: overview, drafts on the move, mirror, closing the round, copies of the file."""
