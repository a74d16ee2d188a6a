# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The page docs/codes.md, made from the messages; run this file to write it anew."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "codes.md"
HEAD = """# Codes

Every refusal, complaint and remark has a code: in the window, on stderr and in what the commands print with `--json`.
Codes are stable once released; their wording may improve. `{...}` stands for what was found. The Thai wording is in
`i18n/th/LC_MESSAGES/pmqa.po`. When a code of the file format is raised, [bundle-format.md](bundle-format.md) tells.
Exit codes of the commands: 0 in order, 1 the answer is no, 2 the command was mistyped, 3 damaged data.

| code | what the person is told |
|---|---|
"""


def page() -> str:
    """Return the page as it should be."""
    from pmqa_desktop.messages import MESSAGES  # after the path is set, when run as a file

    rows = (f"| `{code}` | {told.replace('|', chr(92) + '|')} |" for code, told in sorted(MESSAGES.items()))
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page(), encoding="utf-8")
