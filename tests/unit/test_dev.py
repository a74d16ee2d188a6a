# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What dev.py decides on a machine it has never seen; nothing is installed here."""

import sys
from types import SimpleNamespace

import pytest

import dev


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A Debian 12 that has Python 3.11 alone; what a test adds to `there` exists, `commands` records what was run."""
    there: set[str] = set()
    commands: list[list[str]] = []
    state = SimpleNamespace(there=there, commands=commands, root=False, apt_works=True)

    def which(name):
        return f"/usr/bin/{name}" if name in there else None

    def runs(command):
        text = " ".join(map(str, command))
        if "ensurepip" in text:
            return "ensurepip" in there
        return any(library in text and library in there for library in dev.QT_LIBRARIES.values())

    def apt(packages):
        commands.append(dev.install_command(packages, root=True))
        if state.apt_works:
            known = {**dev.QT_LIBRARIES, **dev.WINDOW_LIBRARIES, **dev.TEST_PROGRAMS}
            there.update(known.get(package, "ensurepip") for package in packages)

    monkeypatch.setattr(dev, "loads", lambda library: library in there)
    monkeypatch.setattr(dev.shutil, "which", which)
    monkeypatch.setattr(dev, "runs", runs)
    monkeypatch.setattr(dev, "apt", apt)
    monkeypatch.setattr(dev, "is_root", lambda: state.root)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    return state


def everything():
    return {*dev.QT_LIBRARIES.values(), *dev.WINDOW_LIBRARIES.values(), *dev.TEST_PROGRAMS.values(), "ensurepip"}


def test_a_complete_machine_is_left_alone(machine, capsys):
    machine.there |= everything()

    dev.install_system_packages(sys.executable)

    assert machine.commands == []
    assert capsys.readouterr().out == ""


def test_root_installs_what_is_missing(machine):
    machine.root = True
    machine.there |= {"apt-get", "libGL.so.1"}

    dev.install_system_packages("/usr/bin/python3.11")

    (command,) = machine.commands
    assert command[:2] == ["apt-get", "install"]
    assert {"libegl1", "python3.11-venv", "libxcb-cursor0", "libthai0", "poppler-utils"} <= set(command)
    assert "libgl1" not in command


def test_without_root_the_one_command_is_named(machine):
    with pytest.raises(dev.Stop) as stopped:
        dev.install_system_packages("/usr/bin/python3.11")

    assert machine.commands == []
    assert "sudo apt-get install -y --no-install-recommends libgl1 libegl1" in str(stopped.value)
    assert "python3.11-venv" in str(stopped.value)


def test_a_failed_installation_is_not_taken_for_a_good_one(machine):
    machine.root, machine.apt_works = True, False
    machine.there |= everything() - {"libGL.so.1"} | {"apt-get"}

    with pytest.raises(dev.Stop, match="libgl1"):
        dev.install_system_packages(sys.executable)


def test_what_only_windows_and_some_tests_need_is_a_remark(machine, capsys):
    machine.there |= everything() - {"libxcb-cursor.so.0"}

    dev.install_system_packages(sys.executable)

    assert "sudo apt-get install -y --no-install-recommends libxcb-cursor0" in capsys.readouterr().out


def test_uv_makes_up_for_a_missing_ensurepip(machine):
    machine.there |= everything() - {"ensurepip"} | {"uv"}

    dev.install_system_packages(sys.executable)

    assert machine.commands == []


@pytest.mark.parametrize(
    ("libc", "good"),
    [(("glibc", "2.36"), True), (("glibc", "2.34"), True), (("glibc", "2.31"), False), (("", ""), False)],
)
def test_an_old_c_library_is_refused(monkeypatch, libc, good):
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev.platform, "libc_ver", lambda _executable: libc)

    if good:
        dev.check_system_c_library()
    else:
        with pytest.raises(dev.Stop, match=r"2\.34"):
            dev.check_system_c_library()


def test_a_fitting_python_is_found_beside_another():
    assert dev.pick_python((3, 11), lambda _name: None) == sys.executable
    assert dev.pick_python((3, 13), {"python3.12": "/usr/bin/python3.12"}.get) == "/usr/bin/python3.12"
    with pytest.raises(dev.Stop, match=r"Python 3\.11"):
        dev.pick_python((3, 9), lambda _name: None)


@pytest.mark.parametrize(
    ("system", "environment", "expected"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_a_display_is_told_from_none(system, environment, expected):
    assert dev.has_display(system, environment) is expected


def test_a_changed_lock_or_python_makes_the_environment_stale(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1")
    first = dev.fingerprint([lock], "3.11")
    lock.write_text("a==2")

    assert len({first, dev.fingerprint([lock], "3.11"), dev.fingerprint([lock], "3.12")}) == 3


def test_a_standing_environment_is_not_touched(machine, monkeypatch, tmp_path):
    stamp = tmp_path / "stamp"
    stamp.write_text(dev.fingerprint(dev.LOCKS, f"{sys.version_info.major}.{sys.version_info.minor}"))
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(dev, "runs", lambda _command: True)

    dev.setup()

    assert machine.commands == []


def test_every_task_of_the_readme_exists():
    options = dev.parser().parse_args(["bench", "--json", "--full"])

    assert options.work is dev.bench
    assert all(
        dev.parser().parse_args([task]).task == task
        for task in ("setup", "run", "test", "check", "shots", "package", "i18n")
    )
