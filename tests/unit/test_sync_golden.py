# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The files of a released format stay readable for ever, and a stranger's tools read them by the page."""

import base64
import hashlib
import json
import shutil
import subprocess

import pytest
from documents import identity
from golden_bundles import FOLDER, PASSPHRASE, golden_files

from pmqa_desktop.domain.documents import KINDS
from pmqa_desktop.sync.keys import read_key_file
from pmqa_desktop.sync.verifying import inspect_file

MADE = golden_files()


@pytest.mark.parametrize("name", MADE)
def test_the_golden_files_are_what_the_program_writes(name):
    assert (FOLDER / name).read_bytes() == MADE[name]


def test_there_is_a_golden_file_of_each_kind():
    listed = {document.kind for path in FOLDER.glob("*.pmqa") for document in inspect_file(path).documents}

    assert listed == set(KINDS) - {"manifest"}


@pytest.mark.parametrize("name", [name for name in MADE if name.endswith(".pmqa")])
def test_every_golden_bundle_verifies(name):
    assert inspect_file(FOLDER / name).ok


def test_the_golden_sealed_file_opens():
    found = inspect_file(FOLDER / "sealed.pmqa", identity("expert-1"))

    assert found.ok
    assert found.sealed
    assert found.documents == inspect_file(FOLDER / "several.pmqa").documents


def test_the_golden_key_file_opens():
    assert read_key_file((FOLDER / "expert-1.key").read_bytes(), PASSPHRASE).key == identity("expert-1").key


# What docs/bundle-format.md tells a stranger to do, with nothing of ours.
DER_PREFIX = bytes.fromhex("302a300506032b6570032100")
OPENSSL = [tool for tool in [shutil.which("openssl")] if tool]


def signatures_of(bundle):
    for line in bundle.splitlines():
        envelope = json.loads(line)
        if "payload" not in envelope:
            continue
        payload = base64.b64decode(envelope["payload"])
        document = json.loads(payload)
        kind = envelope["payloadType"].encode()
        message = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
        keys = [bytes.fromhex(key) for key in (document["author"]["key"], *document.get("cosigners", []))]
        by_id = {hashlib.sha256(key).hexdigest(): key for key in keys}
        for signature in envelope["signatures"]:
            yield by_id[signature["keyid"]], message, base64.b64decode(signature["sig"])


def verified_by(openssl, folder, key, message, signature):
    for name, data in (("key", DER_PREFIX + key), ("message", message), ("signature", signature)):
        (folder / name).write_bytes(data)
    options = ["-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "message", "-sigfile", "signature"]
    command = [openssl, "pkeyutl", "-verify", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("openssl", OPENSSL)
def test_openssl_verifies_by_the_recipe_of_the_page(openssl, tmp_path):
    found = list(signatures_of(MADE["several.pmqa"]))

    assert len(found) == 8
    assert all(verified_by(openssl, tmp_path, *one) for one in found)
    key, message, signature = found[0]
    assert not verified_by(openssl, tmp_path, key, message + b"x", signature)
