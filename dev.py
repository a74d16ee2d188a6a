#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One command for everybody who works on the program: `python3 dev.py setup|run|test|check|bench|shots|package|i18n`.

Standard library only, so that it works on a machine that has nothing but Python. Every task but `setup` makes the
environment itself where it is missing or older than the lock files.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "pmqa-locks.txt"
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")
PYTHONS = ((3, 11), (3, 12))
GLIBC = (2, 34)

# Debian package -> what proves that it is there: a library to load, or a program on PATH.
QT_LIBRARIES = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libxkbcommon0": "libxkbcommon.so.0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libthai0": "libthai.so.0",
}
# pdftotext reads reports; the others check a signature by the recipe of docs/bundle-format.md, as a stranger would.
TEST_PROGRAMS = {"poppler-utils": "pdftotext", "openssl": "openssl", "jq": "jq", "xxd": "xxd"}


class Stop(Exception):
    """The task cannot go on; the text says why and what to do, in Thai and English."""


def say(thai: str, english: str) -> None:
    """Tell one thing in both languages."""
    print(f"{thai}\n{english}", flush=True)


# ------------------------------------------------------------------------------------------------ decisions


def loads(library: str) -> bool:
    """Tell whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing(wanted: Mapping[str, str], is_there: Callable[[str], object]) -> list[str]:
    """Return the packages of `wanted` whose proof is not there."""
    return [package for package, proof in wanted.items() if not is_there(proof)]


def install_command(packages: Iterable[str], *, root: bool) -> list[str]:
    """Return the one command that installs Debian packages."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return command if root else ["sudo", *command]


def version_of(text: str) -> tuple[int, ...]:
    """Return the leading numbers of a version such as `2.36`."""
    return tuple(int(part) for part in text.split(".")[:2] if part.isdigit())


def has_display(system: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown; a Qt platform chosen on purpose counts as yes."""
    if not system.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def fingerprint(locks: Iterable[Path], python: str) -> str:
    """Return a text that changes when the lock files or the Python of the environment change."""
    seen = hashlib.sha256(python.encode())
    for lock in locks:
        seen.update(lock.read_bytes())
    return seen.hexdigest()


def pick_python(current: tuple[int, int], which: Callable[[str], str | None]) -> str:
    """Return the interpreter for the environment: this one if its version fits, else one on PATH.

    Raises:
        Stop: no fitting Python is installed.
    """
    if current in PYTHONS:
        return sys.executable
    for major, minor in PYTHONS:
        if found := which(f"python{major}.{minor}"):
            return found
    raise Stop("ต้องใช้ Python 3.11 หรือ 3.12 โปรดติดตั้งก่อน\nPython 3.11 or 3.12 is needed: please install one.")


# -------------------------------------------------------------------------------------------------- set-up


def venv_python() -> Path:
    """Return the interpreter of the environment."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def runs(command: Sequence[str | Path]) -> bool:
    """Tell whether a command ends well; its output does not matter."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def check_system_c_library() -> None:
    """Refuse a C library that Qt's wheels do not run on: pip would silently take an old Qt.

    Raises:
        Stop: it is not glibc 2.34 or newer.
    """
    name, version = platform.libc_ver(str(sys.executable))
    if not sys.platform.startswith("linux") or (name == "glibc" and version_of(version) >= GLIBC):
        return
    found = f"{name or 'not glibc'} {version}".strip()
    raise Stop(
        f"ระบบนี้มี {found} แต่โปรแกรมต้องใช้ glibc 2.34 ขึ้นไป (Debian 12, Ubuntu 22.04 หรือใหม่กว่า)\n"
        f"This system has {found}; glibc 2.34 or newer is needed (Debian 12, Ubuntu 22.04 or later)."
    )


def install_system_packages(python: str) -> None:
    """Install what Qt and venv need from Debian as root; else name the one command.

    Raises:
        Stop: something needed is missing and could not be installed here.
    """
    if not sys.platform.startswith("linux"):
        return
    needed = missing(QT_LIBRARIES, loads)
    if not shutil.which("uv") and not runs([python, "-c", "import ensurepip, venv"]):
        needed.append(f"python{python_version(python)}-venv")
    wished = missing(WINDOW_LIBRARIES, loads) + missing(TEST_PROGRAMS, shutil.which)
    if not needed and not wished:
        return
    if is_root() and shutil.which("apt-get"):
        apt(needed + wished)
        # A library that was not there when this process looked first may be remembered so: ask a new one.
        needed = [package for package in needed if package in QT_LIBRARIES and not loads_anew(QT_LIBRARIES[package])]
        if not needed:
            return
    command = " ".join(install_command(needed + wished, root=is_root()))
    if needed:
        raise Stop(
            f"ระบบยังขาด: {', '.join(needed)}\nโปรดสั่งครั้งเดียว แล้วเริ่มใหม่:\n    {command}\n"
            f"Missing on this system: {', '.join(needed)}\nPlease run that one command, then this again."
        )
    say(
        f"ยังขาดส่วนเสริม (หน้าต่างและการตรวจ): {', '.join(wished)} สั่งได้ด้วย:\n    {command}",
        "These are needed only to show windows and for some tests; the command above installs them.",
    )


def apt(packages: Sequence[str]) -> None:
    """Install Debian packages as root; what fails is noticed by looking again."""
    say(f"กำลังติดตั้ง {' '.join(packages)}", f"Installing {' '.join(packages)}")
    patience = ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], install_command(packages, root=True)):
        subprocess.run(
            [*command, *patience],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=environment,
            check=False,
        )


def is_root() -> bool:
    """Tell whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def loads_anew(library: str) -> bool:
    """Tell whether a process that starts now finds a shared library."""
    return runs([sys.executable, "-c", f"import ctypes; ctypes.CDLL({library!r})"])


def python_version(python: str) -> str:
    """Return `3.11` or the like of an interpreter."""
    if python == sys.executable:
        return f"{sys.version_info.major}.{sys.version_info.minor}"
    return python.rpartition("python")[2]


def make_environment(python: str) -> None:
    """Make `.venv` anew when its interpreter does not run.

    Raises:
        Stop: the environment cannot be made.
    """
    if runs([venv_python(), "-c", ""]):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    uv = shutil.which("uv")
    if runs([python, "-c", "import ensurepip"]):
        subprocess.run([python, "-m", "venv", VENV], stdin=subprocess.DEVNULL, check=True)
    elif uv is None or subprocess.run([uv, "venv", "--seed", "--python", python, VENV], check=False).returncode:
        raise Stop("สร้างสภาพแวดล้อม .venv ไม่ได้\nThe environment .venv cannot be made: install python3-venv.")


def install_dependencies() -> None:
    """Install exactly what the lock files list, by uv where it is there and works, else by pip.

    Raises:
        Stop: neither could.
    """
    wanted = ["--require-hashes", *(part for lock in LOCKS for part in ("-r", str(lock)))]
    uv = shutil.which("uv")
    if uv and call([uv, "pip", "install", "--quiet", "--python", venv_python(), *wanted]) == 0:
        return
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    if call([venv_python(), "-m", "pip", "install", *quiet, *wanted]):
        raise Stop(
            "ติดตั้งส่วนประกอบไม่สำเร็จ โปรดตรวจการเชื่อมต่อเครือข่ายแล้วสั่งใหม่\n"
            "The dependencies could not be installed: please check the network and run this again."
        )


def setup() -> None:
    """Make the environment, unless it stands already as the lock files say.

    Raises:
        Stop: something is missing that cannot be installed here.
    """
    python = pick_python(sys.version_info[:2], shutil.which)
    wanted = fingerprint(LOCKS, python_version(python))
    if STAMP.is_file() and STAMP.read_text("utf-8") == wanted and runs([venv_python(), "-c", ""]):
        return
    check_system_c_library()
    install_system_packages(python)
    say("กำลังเตรียมสภาพแวดล้อม .venv (ครั้งแรกใช้เวลาประมาณหนึ่งถึงสองนาที)", "Preparing .venv (a minute or two, once).")
    make_environment(python)
    install_dependencies()
    STAMP.write_text(wanted, "utf-8")


# --------------------------------------------------------------------------------------------------- tasks


def call(command: Sequence[str | Path], **environment: str) -> int:
    """Run a command in the project's folder and return its exit code."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def python(*arguments: str | Path, **environment: str) -> int:
    """Run the environment's Python in the project's folder and return the exit code."""
    return call([venv_python(), *arguments], **environment)


def run(options: argparse.Namespace) -> int:
    """Open the program on the practice round; without a display build that round headless."""
    if has_display(sys.platform, os.environ):
        return python("main.py", *(options.rest or ["--practice"]))
    out = ROOT / "practice-out"
    say(
        "เครื่องนี้ไม่มีจอภาพ จึงจัดรอบซ้อมให้แบบไม่เปิดหน้าต่าง",
        "There is no display here, so the practice round is built without a window.",
    )
    code = python("main.py", "practice", out, "--seed", "7")
    if code == 0:
        say(
            f"เสร็จแล้ว: รายงานอยู่ใน {out / 'reports'} ผลรวมอยู่ใน {out / 'results.xlsx'}",
            f"Done: the reports are in {out / 'reports'}, the results in {out / 'results.xlsx'}.",
        )
    return code


def test(options: argparse.Namespace) -> int:
    """Run all tests on two processes, or those named on one; always in random order."""
    named = any(not argument.startswith("-") or argument.startswith("-n") for argument in options.rest)
    workers = [] if named else ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    return python("-m", "pytest", *workers, *options.rest)


def check(options: argparse.Namespace) -> int:
    """Run every check that is no test and say which failed."""
    steps: list[tuple[str, Sequence[str | Path]]] = [
        ("ruff check", ("-m", "ruff", "check", ".")),
        ("ruff format", ("-m", "ruff", "format", "--check", ".")),
        ("mypy", ("-m", "mypy")),
        ("import contracts", (venv_python().with_name("lint-imports"),)),
        ("catalogues", (ROOT / "i18n" / "update.py", "--check")),
    ]
    failed = []
    for name, command in steps:
        print(f"== {name}", flush=True)
        code = call(command) if name == "import contracts" else python(*command)
        failed += [name] if code else []
    if options.deep:
        print("== mutants: every broken rule of trust and merge must be noticed", flush=True)
        code = python("-m", "pytest", "-n", "2", "-q", "tests/unit/test_merge_mutants.py")
        failed += ["mutants"] if code else []
        # At length a single test may take minutes; nobody wants its stack printed for that.
        at_length = ("-m", "pytest", "-n", "2", "-q", "-o", "faulthandler_timeout=0")
        for name, place in (
            ("properties", "tests/unit"),
            ("kills, full disks and power cuts", "tests/fault"),
            ("cut-off words", "tests/visual"),
        ):
            print(f"== {name}, at length", flush=True)
            code = python(*at_length, place, PMQA_HYPOTHESIS="deep", PMQA_DEEP="1")
            failed += [name] if code else []
    print("all checks passed" if not failed else f"failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def bench(options: argparse.Namespace) -> int:
    """Measure against floors built in the same run and print one JSON object."""
    return python("tests/bench/run.py", *(["--full"] if options.full else []), PYTHONPATH=str(ROOT))


def shots(options: argparse.Namespace) -> int:
    """Write a picture of every screen and of every page of the reports."""
    return python("-m", "ui.shots", options.folder, QT_QPA_PLATFORM="offscreen")


def package(_options: argparse.Namespace) -> int:
    """Freeze the program, test the frozen program and build the installers."""
    return python("packaging/build.py")


def i18n(_options: argparse.Namespace) -> int:
    """Extract, merge and compile the catalogues."""
    return python("i18n/update.py")


def parser() -> argparse.ArgumentParser:
    """Describe the tasks."""
    top = argparse.ArgumentParser(prog="dev.py", description=(__doc__ or "").splitlines()[0])
    tasks = top.add_subparsers(dest="task", required=True, metavar="TASK")

    def task(name: str, work: Callable[[argparse.Namespace], int] | None, text: str) -> argparse.ArgumentParser:
        sub = tasks.add_parser(name, help=text)
        sub.set_defaults(work=work, rest=[])
        return sub

    task("setup", None, "make .venv from the lock files, look for system libraries")
    task("run", run, "open the program on the practice round")
    task("test", test, "run the tests (arguments go to pytest)")
    deep = task("check", check, "ruff, format, mypy, import contracts, catalogues")
    deep.add_argument("--deep", action="store_true", help="also mutants and properties at length (many minutes)")
    measure = task("bench", bench, "print ratios and sizes as JSON")
    measure.add_argument("--json", action="store_true", help="accepted for clearness: the output is always JSON")
    measure.add_argument("--full", action="store_true", help="measure growth up to 100,000 bundles")
    pictures = task("shots", shots, "write a PNG of every screen and of every page of the reports")
    pictures.add_argument("folder", nargs="?", default="shots")
    task("package", package, "freeze the program and test the frozen one")
    task("i18n", i18n, "extract, merge and compile the catalogues")
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one task and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a Windows console that is not UTF-8 must not stop the work
            reconfigure(encoding="utf-8", errors="replace")
    options, rest = parser().parse_known_args(arguments)
    if rest and options.task not in {"run", "test"}:
        parser().error(f"unknown: {' '.join(rest)}")
    options.rest = rest
    try:
        setup()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"{failed}", file=sys.stderr)
        return 1
    if options.work is None:
        say("พร้อมแล้ว: python3 dev.py run", "Ready: python3 dev.py run")
        return 0
    try:
        return int(options.work(options))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
