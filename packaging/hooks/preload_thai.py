# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Load our Thai line breaker before Qt looks for one: Qt asks for a library `thai` and takes the one loaded.

Runs at the start of the frozen program only. Without the library Qt would cut Thai inside words.
"""

import ctypes
import sys
from pathlib import Path

_NAME = "thai.dll" if sys.platform == "win32" else "libthai.so.0"
_LIBRARY = Path(getattr(sys, "_MEIPASS", "")) / "thai-lib" / _NAME

if _LIBRARY.is_file():
    # Kept for the life of the process, or it could be unloaded again.
    sys.pmqa_thai_library = ctypes.CDLL(str(_LIBRARY))  # type: ignore[attr-defined]
