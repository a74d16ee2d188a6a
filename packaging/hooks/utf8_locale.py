# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Give Qt a UTF-8 locale where none is set (a service, an empty environment), or it complains on every start."""

import os
import sys

if sys.platform != "win32" and not any(os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")):
    os.environ["LC_CTYPE"] = "C.UTF-8"
