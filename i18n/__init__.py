# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0

"""Message catalogues; message ids are English, Thai is complete at every commit."""
