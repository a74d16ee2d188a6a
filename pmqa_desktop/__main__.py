# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The headless commands as a module: `python -m pmqa_desktop merge ...`."""

import sys

from pmqa_desktop.cli import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
