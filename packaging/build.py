# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Freeze the program, let the frozen program test itself, and lay archives beside it (`python3 dev.py package`)."""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "pmqa-desktop"
BUILD, DIST = ROOT / "build", ROOT / "dist"
FROZEN = DIST / NAME
EXECUTABLE = FROZEN / (f"{NAME}.exe" if sys.platform == "win32" else NAME)
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def version() -> str:
    """Return the program's version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def run(*command: str | Path, **options: object) -> int:
    """Run a command in the project's folder and return its exit code."""
    print("+", *command, flush=True)
    return subprocess.run(command, cwd=ROOT, check=False, **options).returncode  # type: ignore[call-overload,no-any-return]


def build_thai_library() -> None:
    """Compile the Thai line breaker that Qt looks for; without a compiler the program goes without it and says so."""
    shutil.rmtree(BUILD / "thai-lib", ignore_errors=True)
    if run(sys.executable, ROOT / "packaging" / "thai-lib" / "build.py", BUILD / "thai-lib"):
        print("no Thai line breaker: install gcc to build it; lines on screen may break inside Thai words", flush=True)


def freeze() -> int:
    """Make the frozen folder anew."""
    shutil.rmtree(FROZEN, ignore_errors=True)
    spec = ROOT / "packaging" / f"{NAME}.spec"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    return run(*command, "--workpath", BUILD / "pyinstaller", "--distpath", DIST, spec)


def self_test() -> int:
    """Run the frozen program's self-test from another folder, with nothing in its environment."""
    print("+ env -i", EXECUTABLE, "self-test", flush=True)
    # Windows itself needs SystemRoot to start any program.
    environment = {key: os.environ[key] for key in ("SystemRoot",) if key in os.environ}
    with tempfile.TemporaryDirectory() as elsewhere:
        if sys.platform == "win32":
            environment["LOCALAPPDATA"] = elsewhere
        return subprocess.run([EXECUTABLE, "self-test"], cwd=elsewhere, env=environment, check=False).returncode


def folder_size(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def make_tar() -> Path:
    """Pack the frozen folder; nothing in the archive tells who built it, or when."""

    def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
        return entry

    target = DIST / f"{NAME}-{version()}-{sys.platform}-{platform.machine()}.tar.gz"
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        archive.add(FROZEN, arcname=f"{NAME}-{version()}", filter=anonymous)
    return target


def make_deb() -> Path | None:
    """Build the Debian package, where dpkg-deb is at hand."""
    architecture = ARCHITECTURES.get(platform.machine())
    if shutil.which("dpkg-deb") is None or architecture is None:
        return None
    root = BUILD / "debian"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(FROZEN, root / "opt" / NAME, symlinks=True)
    link = root / "usr" / "bin" / NAME
    link.parent.mkdir(parents=True)
    link.symlink_to(f"/opt/{NAME}/{NAME}")
    shares = {"pmqa-desktop.desktop": "applications", "pmqa-desktop.xml": "mime/packages"}
    sources = {name: ROOT / "packaging" / "debian" / name for name in shares}
    for name, place in shares.items():
        folder = root / "usr" / "share" / place
        folder.mkdir(parents=True)
        shutil.copyfile(sources[name], folder / name)
    icon = ROOT / "resources" / "icons" / f"{NAME}.svg"
    if icon.is_file():
        folder = root / "usr" / "share" / "icons" / "hicolor" / "scalable" / "apps"
        folder.mkdir(parents=True)
        shutil.copyfile(icon, folder / icon.name)
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        (ROOT / "packaging" / "debian" / "control")
        .read_text("utf-8")
        .format(
            version=version(),
            architecture=architecture,
            size=folder_size(root) // 1024,
            libc=platform.libc_ver(sys.executable)[1],
        ),
        "utf-8",
    )
    target = DIST / f"{NAME}_{version()}_{architecture}.deb"
    return None if run("dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z3", root, target) else target


def main() -> int:
    """Build everything; the exit code is that of the first step that failed."""
    build_thai_library()
    if code := freeze():
        return code
    if code := self_test():
        print(f"the frozen program did not pass its self-test ({code})", flush=True)
        return code
    made = [FROZEN, make_tar()]
    if sys.platform.startswith("linux") and (deb := make_deb()):
        made.append(deb)
    for path in made:
        size = folder_size(path) if path.is_dir() else path.stat().st_size
        print(f"{size / 1_000_000:8.1f} MB  {path.relative_to(ROOT)}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
