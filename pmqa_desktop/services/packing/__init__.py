# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What each seat is given to judge: the agencies' papers, sealed packs, and the letters that go along."""
