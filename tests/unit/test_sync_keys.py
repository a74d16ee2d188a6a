# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import json

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey, VerifyKey

from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.sync import bech32
from pmqa_desktop.sync.keys import (
    LIVE_COST,
    REHEARSAL_COST,
    Cost,
    Identity,
    age_secret_text,
    change_passphrase,
    is_sound_key,
    key_id,
    new_identity,
    read_key_file,
    seeded_identity,
    write_key_file,
)

QUICK = Cost(8192, 1)
PASSPHRASE = "รหัสผ่าน ๑๒๓"


def counting(start=0):
    """Entropy that counts: the same bytes in every run."""
    place = start

    def entropy(size):
        nonlocal place
        place += 1
        return place.to_bytes(2) * (size // 2)

    return entropy


@pytest.fixture
def me():
    return new_identity("chair", counting())


def key_file(identity, **changes):
    tree = json.loads(write_key_file(identity, PASSPHRASE, entropy=counting(9), cost=QUICK))
    return json.dumps(tree | changes, sort_keys=True, separators=(",", ":")).encode() + b"\n"


# RFC 8032, section 7.1, test 2
def test_signs_as_the_standard_says():
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    me = Identity("p", seed, bytes(32), rehearsal=True)

    assert me.key == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert me.sign(b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


def test_the_age_identity_opens_what_is_sealed_to_its_recipient(me):
    sealed = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(me.recipient)])

    assert pyrage.decrypt(sealed, [me.age_identity]) == b"x"


@given(st.binary(min_size=32, max_size=32))
def test_age_reads_the_secrets_written_here(secret):
    text = age_secret_text(secret)

    assert str(pyrage.x25519.Identity.from_str(text)) == text


# BIP 173 gives `a12uel5l` for the prefix `a` without data
def test_bech32_as_the_standard_says():
    assert bech32.encode("a", b"") == "a12uel5l"


def test_the_proof_signs_both_public_keys(me):
    message = b"pmqa-enrolment-v1\0" + me.key.encode() + b"\0" + me.recipient.encode()

    assert VerifyKey(bytes.fromhex(me.key)).verify(message, bytes.fromhex(me.prove_possession()))


def test_the_same_seed_and_person_give_the_same_keys():
    first, again = seeded_identity("chair", b"7"), seeded_identity("chair", b"7")
    other, elsewhere = seeded_identity("expert-1", b"7"), seeded_identity("chair", b"8")

    assert (first.key, first.recipient) == (again.key, again.recipient)
    assert len({first.key, other.key, elsewhere.key}) == 3
    assert len({first.recipient, other.recipient, elsewhere.recipient}) == 3
    assert first.rehearsal


def test_a_new_identity_takes_its_own_entropy():
    assert new_identity("p").key != new_identity("p").key


def test_a_closed_identity_signs_no_more(me):
    me.close()
    me.close()

    assert me.closed
    for use in (lambda: me.sign(b""), me.prove_possession, lambda: me.age_identity, me.secrets):
        with pytest.raises(Expected, match="identity-closed"):
            use()


@pytest.mark.parametrize("rehearsal", [True, False])
def test_a_key_file_gives_the_identity_back(rehearsal):
    me = new_identity("ผู้ตรวจ", rehearsal=rehearsal)

    again = read_key_file(write_key_file(me, PASSPHRASE, cost=QUICK), PASSPHRASE)

    assert (again.person, again.key, again.recipient) == (me.person, me.key, me.recipient)
    assert again.rehearsal is rehearsal
    assert again.sign(b"x") == me.sign(b"x")


def test_the_form_of_typing_does_not_matter(me):
    data = write_key_file(me, "e\u0301", cost=QUICK)

    assert read_key_file(data, "\u00e9").key == me.key


def test_a_practice_key_file_says_so_and_costs_less(me):
    data = write_key_file(me, PASSPHRASE, rehearsal=True)

    assert json.loads(data)["memory"] == REHEARSAL_COST.memory == 64 * 1024 * 1024
    assert json.loads(data)["passes"] == REHEARSAL_COST.passes == 2
    assert read_key_file(data, PASSPHRASE).rehearsal
    assert Cost(256 * 1024 * 1024, 8) == LIVE_COST


@pytest.mark.parametrize("passphrase", ["รหัสผ่าน ๑๒๔", "รหัสผ่าน ๑๒๓ ", "x"])
def test_a_wrong_passphrase_is_told(me, passphrase):
    with pytest.raises(Expected) as caught:
        read_key_file(key_file(me), passphrase)

    assert caught.value.code == "wrong-passphrase"


def test_an_empty_passphrase_is_refused(me):
    with pytest.raises(Expected, match="passphrase-missing"):
        write_key_file(me, "", cost=QUICK)
    with pytest.raises(Expected, match="passphrase-missing"):
        read_key_file(key_file(me), "")


def test_a_passphrase_can_be_changed(me):
    data = change_passphrase(key_file(me), PASSPHRASE, "ใหม่", cost=QUICK)

    assert read_key_file(data, "ใหม่").key == me.key
    for passphrase, at in ((PASSPHRASE, data), ("ใหม่", key_file(me))):
        with pytest.raises(Expected, match="wrong-passphrase"):
            read_key_file(at, passphrase)


def test_no_secret_stands_in_the_key_file(me):
    data = key_file(me)

    seed, age = me.secrets()
    for secret in (seed, age, b"chair", me.key.encode()):
        assert secret not in data


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"memory": 513 * 1024 * 1024}, "key-file-limits"),
        ({"memory": 8191}, "key-file-limits"),
        ({"memory": 8193}, "key-file-limits"),
        ({"memory": -1}, "key-file-limits"),
        ({"passes": 17}, "key-file-limits"),
        ({"passes": 0}, "key-file-limits"),
        ({"salt": "AAAA"}, "key-file-invalid"),
        ({"nonce": "AAAA"}, "key-file-invalid"),
        ({"kdf": "scrypt"}, "key-file-invalid"),
        ({"format": "pmqa-key-v2"}, "key-file-invalid"),
        ({"more": 1}, "key-file-invalid"),
        ({"box": "AAAA"}, "wrong-passphrase"),
    ],
)
def test_refuses_a_key_file_that_was_changed(me, changes, code):
    with pytest.raises(Expected) as caught:
        read_key_file(key_file(me, **changes), PASSPHRASE)

    assert caught.value.code == code


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 9000, b"x" * 20_000, b"\xff", b"null"])
def test_refuses_what_is_no_key_file(data):
    with pytest.raises(Refused, match="key-file-invalid"):
        read_key_file(data, PASSPHRASE)


def test_every_changed_byte_of_a_key_file_is_noticed(me):
    data = key_file(me)
    costly = range(data.index(b'"memory":') + 9, data.index(b',"nonce"'))

    for place in range(len(data)):
        if place in costly:
            continue  # more memory is a slow way to the same answer; the limits have a test of their own
        broken = bytearray(data)
        broken[place] ^= 1 << place % 7
        with pytest.raises(Expected):
            read_key_file(bytes(broken), PASSPHRASE)


SMALL_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
]


@pytest.mark.parametrize("key", SMALL_ORDER)
def test_degenerate_keys_are_not_sound(key):
    assert not is_sound_key(bytes.fromhex(key))


def test_usual_keys_are_sound_and_named_by_their_hash():
    raw = bytes(SigningKey(bytes(32)).verify_key)

    assert is_sound_key(raw)
    assert key_id(raw) == "139e3940e64b5491722088d9a0d741628fc826e09475d341a780acde3c4b8070"
