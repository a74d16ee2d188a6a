# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Start PMQA Desktop: with a command headless, else (nothing, a file to open, `--practice`) with its window."""

import sys

from pmqa_desktop.services.readiness import SelfCheck


def _try_window() -> tuple[SelfCheck, ...]:
    from ui.run import try_window  # noqa: PLC0415 - commands work where Qt does not

    return try_window()


def main(arguments: list[str]) -> int:
    """Return the exit code of the window or of the command that the arguments name."""
    if not arguments or arguments[0] == "--practice" or arguments[0].endswith(".pmqa"):
        from ui.run import run_window  # noqa: PLC0415 - commands work where Qt does not

        return run_window(arguments)
    from pmqa_desktop.cli import run  # noqa: PLC0415 - the window needs no commands

    return run(arguments, _try_window)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
