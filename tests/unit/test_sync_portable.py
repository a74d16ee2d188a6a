# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A file under a passphrase: opens whole or not at all, and costs nothing that a stranger chose."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13
from nacl.secret import SecretBox
from refusals import refused

from pmqa_desktop.sync.keys import Cost
from pmqa_desktop.sync.portable import is_under_passphrase, lock_up, open_up

CHEAP = Cost(memory=8 * 1024, passes=1)
PIECE = 64 * 1024


def locked(content):
    return lock_up(content, "รหัส ผ่าน", cost=CHEAP)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_content_of_any_size_comes_back(size):
    content = bytes(n % 251 for n in range(size))
    data = locked(content)

    assert open_up(data, "รหัส ผ่าน") == content
    assert is_under_passphrase(data)
    refused("wrong-passphrase", open_up, data, "รหัสผ่าน")


def test_the_recipe_is_as_described():
    data = locked(b"x" * (PIECE + 5))
    line, _, boxes = data.partition(b"\n")
    head = json.loads(line)
    salt, prefix = base64.b64decode(head["salt"]), base64.b64decode(head["nonce"])
    key = crypto_pwhash_alg(32, "รหัส ผ่าน".encode(), salt, head["passes"], head["memory"], crypto_pwhash_ALG_ARGON2ID13)
    first, second = boxes[: PIECE + 16], boxes[PIECE + 16 :]
    assert SecretBox(key).decrypt(first, prefix + bytes(8) + b"\0") == b"x" * PIECE
    assert SecretBox(key).decrypt(second, prefix + bytes(7) + b"\1\1") == b"x" * 5


@given(st.data())
def test_no_changed_byte_and_no_missing_piece_opens(data):
    whole = bytearray(locked(b"abc" * PIECE))
    head = whole.index(b"\n") + 1
    match data.draw(st.sampled_from(["flip", "cut", "swap", "append", "drop"])):
        case "flip":
            whole[data.draw(st.integers(head, len(whole) - 1))] ^= 1
        case "cut":
            del whole[data.draw(st.integers(head + 16, len(whole) - 1)) :]
        case "swap":
            box = PIECE + 16
            whole[head : head + 2 * box] = whole[head + box : head + 2 * box] + whole[head : head + box]
        case "append":
            whole += bytes(16)
        case "drop":
            del whole[len(whole) - (PIECE + 16) :]
    refused("wrong-passphrase", open_up, bytes(whole), "รหัส ผ่าน")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"memory":8192', b'"memory":1099511627776', "key-file-limits"),
        (b'"memory":8192', b'"memory":8193', "key-file-limits"),
        (b'"passes":1', b'"passes":1000000', "key-file-limits"),
        (b'"kdf":"argon2id"', b'"kdf":"none"', "draft-file-invalid"),
        (b"{", b"{ ", "draft-file-invalid"),
        (b"pmqa-draft-v1", b"pmqa-draft-v2", "draft-file-invalid"),
    ],
)
def test_a_head_that_nobody_would_write_is_refused_before_any_work(old, new, code):
    refused(code, open_up, locked(b"content").replace(old, new, 1), "รหัส ผ่าน")


@pytest.mark.parametrize("foreign", [b"", b"\n", b"{}", b"[" * 5000, b"age-encryption.org/v1\n", b"\xff" * 2000])
def test_a_foreign_file_is_refused(foreign):
    refused("draft-file-invalid", open_up, foreign, "x")
    assert not is_under_passphrase(foreign)
