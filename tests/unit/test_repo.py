# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Rules of the repository that no linter knows; each failing message names file and line."""

import ast
import importlib
import re
import socket
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NOT_OURS = {".git", ".venv", "build", "dist", "practice-out", "shots", "__pycache__"}
SHIPPED = ("main.py", "pmqa_desktop", "ui")
PROSE = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".po",
    ".pot",
    ".cfg",
    ".spec",
    ".lock",
    ".nsi",
    ".svg",
    ".qss",
}


def files(*suffixes: str, below: tuple[str, ...] = (".",)) -> Iterator[Path]:
    for place in below:
        start = ROOT / place
        for path in sorted(start.rglob("*")) if start.is_dir() else [start]:
            inside = path.relative_to(ROOT)
            ours = not NOT_OURS & set(inside.parts) and not any(part.endswith("_cache") for part in inside.parts)
            if ours and path.is_file() and path.suffix in suffixes:
                yield path


def sources(*below: str) -> list[Path]:
    return list(files(".py", below=below or (".",)))


def lines_with(pattern: str, paths: Iterator[Path] | list[Path]) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


def nodes_like(is_wrong: Callable[[ast.AST], bool], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if is_wrong(node)
    ]


def tell_all(found: list[str]) -> None:
    """Fail with every place, which a bare assert would shorten."""
    assert not found, "\n".join(found)


def test_lock_files_hold_names_versions_and_hashes_only():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text("utf-8")
        pinned = re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)

        assert "--hash=sha256:" in text
        assert len(pinned) > 10
        assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host|@ file", text)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_lock_files_answer_what_the_project_asks(lock, wanted):
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))

    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_the_version_is_the_same_everywhere():
    import pmqa_desktop

    assert PROJECT["project"]["version"] == pmqa_desktop.__version__


def test_the_installed_program_asks_for_the_libraries_that_the_source_asks_for():
    import dev

    depends = re.search(r"^Depends: (.*)$", (ROOT / "packaging/debian/control").read_text("utf-8"), re.MULTILINE)
    # The frozen program brings its own Thai line breaker.
    assert {*dev.QT_LIBRARIES, *dev.WINDOW_LIBRARIES} - {"libthai0"} <= set(depends.group(1).split(", "))


@pytest.mark.parametrize("folder", ["packaging", "tests"])
def test_folders_that_must_not_be_packages_are_none(folder):
    assert list((ROOT / folder).rglob("__init__.py")) == []


def test_no_folder_of_tests_hides_a_package():
    hidden = {"ui", "packaging", "i18n", "resources", "pmqa_desktop"}

    assert not hidden & {path.name for path in (ROOT / "tests").iterdir()}


@pytest.mark.parametrize("name", ["pmqa_desktop", "ui", "resources", "i18n"])
def test_our_packages_come_from_the_repository(name):
    assert Path(importlib.import_module(name).__file__).is_relative_to(ROOT / name)


def test_packaging_is_the_library_and_not_our_folder():
    assert not Path(importlib.import_module("packaging").__file__).is_relative_to(ROOT / "packaging")


def test_an_internet_socket_cannot_be_opened_while_tests_run():
    with pytest.raises(RuntimeError, match="internet socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_shipped_code_uses_nothing_of_the_network_but_the_local_socket():
    names = r"(socket|ssl|http|urllib\.request|ftplib|smtplib|asyncio|requests|httpx)"
    tell_all(lines_with(rf"^\s*(import|from) {names}\b", sources(*SHIPPED)))
    tell_all(lines_with(r"AF_INET|QTcpSocket|QUdpSocket|QNetworkAccessManager|openUrl", sources(*SHIPPED)))
    for path in sources("ui"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtNetwork":
                assert {alias.name for alias in node.names} <= {"QLocalServer", "QLocalSocket"}, path


def test_no_path_of_a_developers_machine():
    private = r"/(wo" + r"rk|root|Users)/|/home/(?!somchai\b)\w|[A-Z]:\\Users"

    tell_all(lines_with(private, [*files(*PROSE), ROOT / ".ci" / "run"]))
    tell_all(lines_with(re.escape(str(ROOT)) + r"(?![\w-])", files(*PROSE)))


def test_links_between_documents_lead_somewhere():
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in files(".md")
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]

    tell_all(dead)


def test_nothing_is_left_for_later():
    words = "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error"])
    words += r"|pytest\.(mark\.)?(sk" + r"ip|xf" + r"ail|import" + r"orskip)\b"

    tell_all(lines_with(rf"\b({words})", sources()))


def test_no_file_is_too_long_to_read():
    assert [f"{path}: {n}" for path in sources() if (n := len(path.read_text("utf-8").splitlines())) > 600] == []


def test_every_source_says_its_licence():
    wanted = ["# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors", "# SPDX-License-Identifier: Apache-2.0"]
    unsaid = []
    for path in sources():
        lines = path.read_text("utf-8").splitlines()
        unsaid += [] if lines[:2] == wanted or lines[1:3] == wanted else [str(path)]

    assert unsaid == []


def test_tests_wait_for_conditions_and_never_for_time():
    waits = r"\bsleep\(|qtbot\.wa" + r"it\(|qWa" + r"it\(|singleShot\("

    tell_all(lines_with(waits, sources("tests")))


def test_shipped_code_has_no_assert():
    tell_all(nodes_like(lambda node: isinstance(node, ast.Assert), sources(*SHIPPED)))


def test_the_domain_knows_no_floats():
    def floats(node: ast.AST) -> bool:
        if isinstance(node, ast.Constant):
            return isinstance(node.value, float)
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"

    tell_all(nodes_like(floats, sources("pmqa_desktop/domain")))


def test_archives_are_never_unpacked_and_exceptions_of_linters_have_reasons():
    tell_all(lines_with(r"extractall\(|\bpickle\b|\beval\(|(?<!\.)\bexec\(", sources(*SHIPPED)))
    tell_all(lines_with(r"#\s*noqa(?!: [A-Z]+\d+)", sources(*SHIPPED)))


SHOWN_BY = {
    "setText", "setWindowTitle", "setTitle", "setToolTip", "setStatusTip", "setPlaceholderText", "setAccessibleName",
    "setAccessibleDescription", "setTabText", "addTab", "addItem", "addAction", "setHeaderLabels", "setInformativeText",
}  # fmt: skip
SHOWN_IN = {"QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "WrapLabel"}


def test_every_word_on_screen_goes_through_gettext():
    def shows_a_literal(node: ast.AST) -> bool:
        if not isinstance(node, ast.Call):
            return False
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        shown = node.args[:2] if name in {"addTab", "setTabText"} else node.args[:1]
        return name in SHOWN_BY | SHOWN_IN and any(re.search(r"[A-Za-zก-๙]", literal(part)) for part in shown)

    def literal(part: ast.expr) -> str:
        pieces = part.values if isinstance(part, ast.JoinedStr) else [part]
        return "".join(piece.value for piece in pieces if isinstance(getattr(piece, "value", None), str))

    tell_all(nodes_like(shows_a_literal, sources("ui")))
