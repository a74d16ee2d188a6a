# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The page `docs/bundle-format.md` says what the program does: every field, every limit, every code, the recipe."""

import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from documents import identity
from golden_bundles import FOLDER

import pmqa_desktop
from pmqa_desktop.domain import answers, documents
from pmqa_desktop.domain.documents import KINDS, Document
from pmqa_desktop.domain.payload import DEEPEST, LONGEST_TEXT
from pmqa_desktop.domain.payload_rules import ABOUT_ONE_AGENCY, MOST_SIGNATURES
from pmqa_desktop.messages.files import FILES
from pmqa_desktop.messages.trust import TRUST
from pmqa_desktop.sync import container, envelope, keys, sealing

PAGE = (Path(pmqa_desktop.__file__).parents[1] / "docs" / "bundle-format.md").read_text(encoding="utf-8")
BODIES = {
    value
    for module in (answers, documents)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, answers.Value) and not issubclass(value, Document)
} - {answers.Value, documents.Author}


def section(title):
    return re.split(r"\n#+ ", PAGE.split(f" {title}\n", 1)[1], maxsplit=1)[0]


def fields_told(text):
    return {name: optional == "?" for name, optional in re.findall(r"^\| `(\w+)`(\??) \|", text, re.MULTILINE)}


@pytest.mark.parametrize("body", sorted(BODIES, key=lambda body: body.__name__), ids=lambda body: body.__name__)
def test_every_field_of_every_body_is_told(body):
    fields = {field.name: not field.required for field in msgspec.structs.fields(body)}

    assert fields_told(section(body.__name__)) == fields


def test_the_common_fields_are_told():
    fields = {field.name: not field.required for field in msgspec.structs.fields(Document)}

    assert fields_told(section("1.2 Fields of every document")) == fields | {"kind": False, "body": False}


def test_every_kind_is_told():
    assert set(fields_told(section("1.4 Kinds"))) == set(KINDS)
    assert " ".join(sorted(ABOUT_ONE_AGENCY)) == " ".join(sorted(re.search(r"required in `([^`]+)`", PAGE)[1].split()))


def test_every_code_is_told():
    told = set(re.findall(r"^\| `([a-z][a-z0-9-]+)` \|", PAGE.split("## 9. Codes", 1)[1], re.MULTILINE))

    assert told >= set(FILES) | set(TRUST)


@pytest.mark.parametrize(
    "limit",
    [
        envelope.line_limit("roster"),
        envelope.line_limit("scoresheet"),
        container._PART_LINE,
        container.PART_BYTES,
        container.LARGEST_BUNDLE,
        container.LARGEST_PAPERS,
        container.MOST_LINES,
        LONGEST_TEXT,
        keys.LARGEST_KEY_FILE,
        keys.LIVE_COST.memory,
        keys.REHEARSAL_COST.memory,
        keys._MOST_MEMORY,
        sealing.LONGEST_HEADER,
    ],
)
def test_every_limit_is_told(limit):
    assert f"{limit:,}" in PAGE


def test_the_small_limits_are_told():
    assert f"| signatures of one document | {MOST_SIGNATURES} |" in PAGE
    assert f"| nesting | {DEEPEST} |" in PAGE
    assert f"more than {sealing.MOST_STANZAS} stanzas" in PAGE


SHELLS = [tool for tool in [shutil.which("sh")] if tool and all(map(shutil.which, ("openssl", "jq", "xxd")))]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_recipe_of_the_page_verifies_a_golden_document(shell, tmp_path):
    recipe = PAGE.split("```sh\n", 1)[1].split("```", 1)[0]
    line = (FOLDER / "scoresheet.pmqa").read_bytes().splitlines()[1]
    (tmp_path / "line.json").write_bytes(line)

    done = subprocess.run([shell, "-e", "-c", recipe], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "Signature Verified Successfully" in done.stdout
    assert identity("expert-1").keyid in done.stdout
    broken = recipe.replace("cat - payload", "cat - payload payload")
    assert subprocess.run([shell, "-e", "-c", broken], cwd=tmp_path, capture_output=True, check=False).returncode


def test_the_page_names_where_the_golden_files_are():
    assert "tests/data/bundles/" in PAGE
