# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The technical log: what the program did, for whoever helps; never what a person wrote or scored."""

import logging
import logging.handlers
import platform
from pathlib import Path

from pmqa_desktop import __version__
from pmqa_desktop.paths import private_folder

LOG_NAME = "pmqa-desktop.log"
_BYTES, _KEPT = 512 * 1024, 3
_ROOTS = ("pmqa_desktop", "ui")


def start_log(home: Path, *, verbose: bool = False) -> Path:
    """Write the log below `home` from now on (three older files are kept) and return its path.

    Calling it again moves the log, so that no file is written twice or left open.
    """
    path = private_folder(home / "log") / LOG_NAME
    stop_log()
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for root in _ROOTS:
        logger = logging.getLogger(root)
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    logging.getLogger(__name__).info(
        "PMQA Desktop %s, Python %s, %s", __version__, platform.python_version(), platform.platform(terse=True)
    )
    return path


def stop_log() -> None:
    """Close the log file, if one is open."""
    for root in _ROOTS:
        logger = logging.getLogger(root)
        logger.setLevel(logging.NOTSET)
        for handler in tuple(logger.handlers):
            if isinstance(handler, logging.handlers.RotatingFileHandler):
                logger.removeHandler(handler)
                handler.close()
