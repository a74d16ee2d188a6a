# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import io
import stat

import pyrage
import pytest
from documents import a_declaration, bundled, identity

from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.sync.keys import new_identity
from pmqa_desktop.sync.sealing import (
    HEAD_BYTES,
    create_private,
    is_sealed,
    seal,
    seal_stream,
    unseal,
    unseal_bytes,
)

CHAIR, EXPERT = identity("chair"), identity("expert-1")
CLEAR = bundled(a_declaration())
SEALED = seal(CLEAR, [CHAIR.recipient])


def refusal_of(data, staging, who=CHAIR):
    with pytest.raises(Refused) as caught:
        unseal(io.BytesIO(data), who, staging)
    assert list(staging.iterdir()) == []
    return caught.value.code


def test_every_recipient_opens_it_and_nobody_else(tmp_path):
    sealed = seal(CLEAR, [CHAIR.recipient, EXPERT.recipient, CHAIR.recipient])

    assert unseal_bytes(sealed, CHAIR) == CLEAR
    assert unseal_bytes(sealed, EXPERT) == CLEAR
    assert refusal_of(sealed, tmp_path, identity("expert-2")) == "not-for-this-key"
    assert CLEAR[:40] not in sealed


def test_a_stream_is_sealed_and_opened_the_same_way(tmp_path):
    target = io.BytesIO()
    data = CLEAR * 1000
    seal_stream(io.BytesIO(data), target, [CHAIR.recipient])

    opened = unseal(io.BytesIO(target.getvalue()), CHAIR, tmp_path)

    assert opened.read_bytes() == data
    assert stat.S_IMODE(opened.stat().st_mode) == 0o600


def test_tells_sealed_files_by_their_begin():
    assert is_sealed(SEALED[:HEAD_BYTES])
    assert is_sealed(b"-----BEGIN AGE ENCRYPTED FILE-----\n"[:HEAD_BYTES])
    assert not is_sealed(CLEAR[:HEAD_BYTES])
    assert not is_sealed(b"")


def test_a_sealed_file_cut_anywhere_leaves_nothing(tmp_path):
    codes = {refusal_of(SEALED[:end], tmp_path) for end in range(0, len(SEALED), 3)}

    assert codes == {"sealed-header-invalid", "sealed-damaged"}


def test_a_sealed_file_cut_after_its_first_chunk_leaves_nothing(tmp_path):
    sealed = seal(bytes(200_000), [CHAIR.recipient])

    assert refusal_of(sealed[:150_000], tmp_path) == "sealed-damaged"
    assert refusal_of(sealed + b"x", tmp_path) == "sealed-damaged"


def test_every_changed_byte_of_a_sealed_file_is_refused(tmp_path):
    for place in range(len(SEALED)):
        broken = bytearray(SEALED)
        broken[place] ^= 1 << place % 8
        assert refusal_of(bytes(broken), tmp_path)


def test_a_passphrase_file_is_refused_without_any_work(tmp_path):
    # A work factor of 2^60 would never come to an end.
    header = b"age-encryption.org/v1\n-> scrypt MDEyMzQ1Njc4OTAxMjM0NQ 60\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"

    assert refusal_of(header + bytes(100), tmp_path) == "age-passphrase-refused"


def test_a_passphrase_stanza_among_others_is_refused(tmp_path):
    head, _, rest = SEALED.partition(b"\n--- ")
    mixed = head + b"\n-> scrypt MDEyMzQ1Njc4OTAxMjM0NQ 18\n" + b"A" * 43 + b"\n--- " + rest

    assert refusal_of(mixed, tmp_path) == "age-passphrase-refused"


HEADERS = {
    "armoured": (b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n", "age-armour-refused"),
    "other version": (SEALED.replace(b"/v1\n", b"/v2\n", 1), "sealed-header-invalid"),
    "no recipient": (b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n", "sealed-header-invalid"),
    "header without end": (b"age-encryption.org/v1\n" + b"-> X25519 A\nA\n" * 9999, "sealed-header-invalid"),
    "too many recipients": (
        b"age-encryption.org/v1\n" + b"-> X25519 A\nA\n" * 257 + b"--- AAAA\n",
        "sealed-header-invalid",
    ),
    "odd stanza": (SEALED.replace(b"-> X25519 ", b"-> \xff ", 1), "sealed-header-invalid"),
    "other recipients only": (SEALED.replace(b"-> X25519 ", b"-> ssh-rsa ", 1), "sealed-header-invalid"),
}


@pytest.mark.parametrize(("data", "code"), HEADERS.values(), ids=HEADERS)
def test_refuses_a_header_that_is_not_ours(data, code, tmp_path):
    assert refusal_of(data, tmp_path) == code


@pytest.mark.parametrize("recipient", ["", "age1x", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1X"])
def test_seals_to_true_recipients_only(recipient):
    with pytest.raises(Refused, match="recipient-invalid"):
        seal(b"x", [CHAIR.recipient, recipient])


def test_seals_to_somebody():
    with pytest.raises(Refused, match="recipient-invalid"):
        seal(b"x", [])


def test_other_age_programs_open_it():
    assert pyrage.decrypt(SEALED, [CHAIR.age_identity]) == CLEAR


def test_a_closed_identity_opens_nothing(tmp_path):
    gone = new_identity("gone")
    gone.close()

    with pytest.raises(Expected, match="identity-closed"):
        unseal(io.BytesIO(SEALED), gone, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_private_file_is_never_written_over(tmp_path):
    create_private(tmp_path / "a").close()

    with pytest.raises(FileExistsError):
        create_private(tmp_path / "a")
