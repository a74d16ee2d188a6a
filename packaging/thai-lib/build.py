# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Compile the Thai line breaker and its word list into a folder, then compare it with its Python twin."""

import ctypes
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from pmqa_desktop.thai import load_words, segmenter  # noqa: E402 - found only now that the project is on the path

FLAGS = ("-O2", "-std=c11", "-Wall", "-Wextra", "-Werror", "-shared")
WORD = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{2,}")
_MOST = 512


def to_tis(text: str) -> bytes:
    """Return text as TIS-620, what it lacks as 0xFF."""
    return bytes(
        code if (code := ord(c)) < 0x80 else code - 0xE00 + 0xA0 if 0xE01 <= code <= 0xE5B else 0xFF for c in text
    )


def write_words(folder: Path) -> None:
    """Write the bundled lists as the library reads them."""
    words = {word for word in load_words() if WORD.fullmatch(word)}
    rows = sorted(to_tis(word) for word in words)
    (folder / "thai-words.tis").write_bytes(b"\n".join(rows) + b"\n")


def compile_library(folder: Path) -> Path | None:
    """Compile for this system; return the library, or None without a compiler."""
    source = str(HERE / "pmqathai.c")
    if sys.platform == "win32":
        compiler, target = shutil.which("gcc"), folder / "thai.dll"
        extra = ["-s", "-static-libgcc"]
    else:
        compiler, target = shutil.which("cc") or shutil.which("gcc"), folder / "libthai.so.0"
        extra = ["-fPIC", "-Wl,-soname,libthai.so.0", f"-Wl,--version-script={HERE / 'thai.map'}", "-Wl,-z,defs"]
    if compiler is None:
        return None
    subprocess.run([compiler, *FLAGS, *extra, "-o", str(target), source], check=True)
    return target


def breaks(library: ctypes.CDLL, handle: int, text: str) -> list[int]:
    """Ask the compiled library for the breaks of a text."""
    found = (ctypes.c_int * _MOST)()
    count = library.th_brk_find_breaks(ctypes.c_void_p(handle), to_tis(text), found, ctypes.c_size_t(_MOST))
    return list(found[:count])


def compare(path: Path) -> int:
    """Return how many runs of Thai were compared with the Python twin.

    Raises:
        RuntimeError: the two disagree.
    """
    library = ctypes.CDLL(str(path))
    library.th_brk_new.restype = ctypes.c_void_p
    handle = library.th_brk_new(None)
    if not handle:
        raise RuntimeError("the library did not find its word list")
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "resources").rglob("*.toml"))]
    runs = {run for text in texts for run in WORD.findall(text)}
    twin = segmenter()
    for run in sorted(runs):
        if breaks(library, handle, run) != twin.cuts(run):
            raise RuntimeError(f"{run}: {breaks(library, handle, run)} instead of {twin.cuts(run)}")
    library.th_brk_delete(ctypes.c_void_p(handle))
    return len(runs)


def main(folder: Path) -> int:
    """Build into `folder`; 1 when there is no compiler."""
    folder.mkdir(parents=True, exist_ok=True)
    library = compile_library(folder)
    if library is None:
        shutil.rmtree(folder)
        return 1
    write_words(folder)
    print(f"{library.name}: {compare(library)} runs of Thai break as in pmqa_desktop/thai.py")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
