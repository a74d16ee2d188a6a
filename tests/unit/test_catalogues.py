# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The committed catalogues: fresh, complete in Thai, never fuzzy, same placeholders, compiled from their text."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def catalogues():
    spec = importlib.util.spec_from_file_location("catalogue_update", ROOT / "i18n" / "update.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(catalogues, tmp_path, monkeypatch):
    """A copy of the catalogues that a test may spoil."""
    for file in [catalogues.TEMPLATE, *(ROOT / "i18n").rglob("pmqa.[mp]o")]:
        target = tmp_path / file.relative_to(ROOT / "i18n")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    monkeypatch.setattr(catalogues, "TEMPLATE", tmp_path / "pmqa.pot")
    monkeypatch.setattr(catalogues, "catalogue_path", lambda language: tmp_path / language / "LC_MESSAGES" / "pmqa.po")
    monkeypatch.setattr(catalogues, "extract", catalogues.TEMPLATE.read_text)
    return tmp_path


def test_catalogues_are_fresh_complete_and_compiled(catalogues):
    found = list(catalogues.findings())

    assert not found, "\n".join([*found[:20], f"{len(found)} findings: run python3 dev.py i18n"])


def test_an_update_of_fresh_catalogues_changes_nothing(catalogues, copy):
    catalogues.update()
    before = {file: file.read_bytes() for file in copy.rglob("pmqa.*")}

    catalogues.update()

    assert {file: file.read_bytes() for file in copy.rglob("pmqa.*")} == before


def test_a_new_message_is_noticed_until_it_is_translated(catalogues, copy):
    template = catalogues.TEMPLATE.read_text("utf-8") + '\nmsgid "One {thing} more"\nmsgstr ""\n'
    catalogues.extract = lambda: template

    stale = list(catalogues.findings())
    catalogues.update()
    untranslated = list(catalogues.findings())

    assert "pmqa.pot has no 'One {thing} more'" in stale
    assert "th: 'One {thing} more' is not translated" in untranslated


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ('msgid "One {thing} more"\nmsgstr "อีก {things}"\n', "has placeholders ['{things}'] instead of ['{thing}']"),
        ('#, fuzzy\nmsgid "One {thing} more"\nmsgstr "อีก {thing}"\n', "is marked fuzzy"),
        ('msgid "One {thing} more"\nmsgstr "อีก {thing}"\n', "pmqa.mo is not compiled from pmqa.po"),
    ],
)
def test_a_wrong_translation_is_noticed(catalogues, copy, entry, expected):
    path = catalogues.catalogue_path("th")
    path.write_text(path.read_text("utf-8") + "\n" + entry, "utf-8")

    assert any(expected in line for line in catalogues.findings())
