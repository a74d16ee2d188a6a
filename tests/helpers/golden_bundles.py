# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Make the golden files of the bundle format: `python tests/helpers/golden_bundles.py` from the repository's root.

They hold one document of each kind and a key file, all from seeds, so that making them again gives the same
bytes. Once a format version is released its files are never made anew: later programs must read them for ever.
A sealed file cannot be made twice alike; it is made once and kept.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "bundles"
PASSPHRASE = "รหัสผ่าน"

if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

from documents import (  # noqa: E402 - found on the path set above
    BUILDERS,
    PAPER,
    a_criteria,
    a_declaration,
    a_reveal,
    a_revision,
    a_roster,
    a_scoresheet,
    bundled,
    identity,
    themed,
)

from pmqa_desktop.sync.container import blob_of  # noqa: E402
from pmqa_desktop.sync.keys import Cost, write_key_file  # noqa: E402
from pmqa_desktop.sync.sealing import seal  # noqa: E402


def golden_files() -> dict[str, bytes]:
    """The name and bytes of every golden file but the sealed one."""
    files = {f"{kind}.pmqa": bundled(build()) for kind, build in BUILDERS.items() if kind not in ("papers", "manifest")}
    files["papers.pmqa"] = bundled(BUILDERS["papers"](), blobs=(blob_of(PAPER, "รายงาน.pdf"),))
    sheet = a_scoresheet()
    files["several.pmqa"] = bundled(a_roster(), a_criteria(), sheet, a_revision(sheet), a_declaration(), a_reveal())
    files["themes.pmqa"] = bundled(*themed())
    files["expert-1.key"] = write_key_file(
        identity("expert-1"), PASSPHRASE, entropy=lambda size: bytes(range(size)), cost=Cost(64 * 1024, 2)
    )
    return files


def sealed_file() -> bytes:
    """A bundle sealed to `expert-1`; other bytes each time."""
    return seal(golden_files()["several.pmqa"], [identity("expert-1").recipient])


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in golden_files().items():
        (FOLDER / name).write_bytes(data)
    if not (FOLDER / "sealed.pmqa").exists():
        (FOLDER / "sealed.pmqa").write_bytes(sealed_file())
