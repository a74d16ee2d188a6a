# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The core of PMQA Desktop: a library without Qt, used by the window and by the command line alike."""

__version__ = "0.1.0"
