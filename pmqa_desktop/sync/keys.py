# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A person's keys on one device: made, kept in a file under a passphrase, opened again.

One identity holds an Ed25519 signing key (libsodium through PyNaCl, the only verifier and signer used here)
and an age X25519 key that files are sealed to. The recipe of the key file is docs/bundle-format.md, section 6.
"""

import hashlib
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec
import pyrage
from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.sync import bech32
from pmqa_desktop.text import N_

Entropy = Callable[[int], bytes]
"""Gives so many random bytes; a parameter wherever keys, salts or nonces are made."""

LARGEST_KEY_FILE = 16 * 1024
"""The most bytes of a key file."""
_MOST_MEMORY = 512 * 1024 * 1024
_MOST_PASSES = 16
_SEED_BYTES = 32
_SALT_BYTES = 16
_PROOF_CONTEXT = b"pmqa-enrolment-v1"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs: argon2id memory in bytes and passes."""

    memory: int
    passes: int


LIVE_COST = Cost(256 * 1024 * 1024, 8)
REHEARSAL_COST = Cost(64 * 1024 * 1024, 2)
PUBLISHED_COST = Cost(1024 * 1024, 1)
"""For the keys of the practice round, which come from a number and whose passphrase is printed: nothing to protect."""


class Identity:
    """An open identity: it can sign, and open what was sealed to it, until it is closed."""

    def __init__(self, person: str, signing_seed: bytes, age_secret: bytes, *, rehearsal: bool) -> None:
        """Take the two raw secrets of 32 bytes each; `new_identity` and `read_key_file` are the usual makers."""
        public, secret = bindings.crypto_sign_seed_keypair(signing_seed)
        self.person = person
        self.rehearsal = rehearsal
        self.key: str = public.hex()
        self.keyid: str = key_id(public)
        self._secret = bytearray(secret)
        self._age_secret = bytearray(age_secret)
        self.recipient: str = str(self.age_identity.to_public())

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of 64 bytes over `message`.

        Raises:
            Expected: `identity-closed`.
        """
        self._check_open()
        return bytes(bindings.crypto_sign(message, bytes(self._secret))[: bindings.crypto_sign_BYTES])

    @property
    def age_identity(self) -> "pyrage.x25519.Identity":
        """Return the age identity that unseals; raises Expected `identity-closed` after closing."""
        self._check_open()
        return pyrage.x25519.Identity.from_str(age_secret_text(bytes(self._age_secret)))

    def prove_possession(self) -> str:
        """Return the proof of an enrolment: the hex signature over both public keys (`proof_message`)."""
        return self.sign(proof_message(self.key, self.recipient)).hex()

    @property
    def closed(self) -> bool:
        """Tell whether the secrets were dropped."""
        return not self._secret

    def close(self) -> None:
        """Overwrite and drop the secrets; closing twice is harmless."""
        for secret in (self._secret, self._age_secret):
            secret[:] = bytes(len(secret))
            secret.clear()

    def secrets(self) -> tuple[bytes, bytes]:
        """Return the raw signing seed and age secret, for writing the key file only."""
        self._check_open()
        return bindings.crypto_sign_ed25519_sk_to_seed(bytes(self._secret)), bytes(self._age_secret)

    def _check_open(self) -> None:
        if self.closed:
            raise Expected("identity-closed")


def key_id(raw: bytes) -> str:
    """Return the key id of a raw public key: the hex of its SHA-256."""
    return hashlib.sha256(raw).hexdigest()


@lru_cache(maxsize=4096)
def is_sound_key(raw: bytes) -> bool:
    """Tell whether a raw public key is a point of the main group: not degenerate, not written in a second form."""
    return bindings.crypto_core_ed25519_is_valid_point(raw)


def proof_message(signing_key: str, age_recipient: str) -> bytes:
    """Return what an enrolment's proof signs: context NUL signing key (hex) NUL age recipient."""
    return b"\0".join((_PROOF_CONTEXT, signing_key.encode("ascii"), age_recipient.encode("ascii")))


def age_secret_text(secret: bytes) -> str:
    """Return 32 secret bytes as age writes them: `AGE-SECRET-KEY-1...`."""
    return bech32.encode("age-secret-key-", secret).upper()


def new_identity(person: str, entropy: Entropy = os.urandom, *, rehearsal: bool = False) -> Identity:
    """Make new keys for a person on this device."""
    return Identity(person, entropy(_SEED_BYTES), entropy(_SEED_BYTES), rehearsal=rehearsal)


def seeded_identity(person: str, seed: bytes) -> Identity:
    """Derive the rehearsal identity of `person` from a seed: the same seed and person give the same keys."""

    def derived(use: bytes) -> bytes:
        return hashlib.sha256(b"\0".join((b"pmqa-rehearsal-v1", use, person.encode(), seed))).digest()

    return Identity(person, derived(b"sign"), derived(b"age"), rehearsal=True)


# --- the key file --------------------------------------------------------------------------------------------


class _KeyFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Literal["pmqa-key-v1"] = "pmqa-key-v1"
    kdf: Literal["argon2id"] = "argon2id"
    memory: int
    passes: int
    salt: bytes
    nonce: bytes
    box: bytes


class _Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    person: str
    rehearsal: bool
    seed: bytes
    age: bytes


_encoder = msgspec.json.Encoder(order="sorted")
_key_files = msgspec.json.Decoder(_KeyFile)
_kept = msgspec.json.Decoder(_Kept)


def write_key_file(
    identity: Identity,
    passphrase: str,
    *,
    rehearsal: bool | None = None,
    entropy: Entropy = os.urandom,
    cost: Cost | None = None,
) -> bytes:
    """Return the bytes of a key file that only `passphrase` opens.

    Args:
        identity: an open identity.
        passphrase: any text that is not empty; it is composed (NFC) first, so keyboards do not matter.
        rehearsal: the cheaper derivation and the mark of practice; as the identity says when absent.
        entropy: source of salt and nonce.
        cost: another cost than the usual one (tests).

    Raises:
        Expected: `passphrase-missing`, `identity-closed`.
    """
    practice = identity.rehearsal if rehearsal is None else rehearsal
    paid = cost or (REHEARSAL_COST if practice else LIVE_COST)
    salt, nonce = entropy(_SALT_BYTES), entropy(SecretBox.NONCE_SIZE)
    seed, age = identity.secrets()
    kept = _encoder.encode(_Kept(person=identity.person, rehearsal=practice, seed=seed, age=age))
    box = SecretBox(derive_key(passphrase, salt, paid)).encrypt(kept, nonce).ciphertext
    return _encoder.encode(_KeyFile(memory=paid.memory, passes=paid.passes, salt=salt, nonce=nonce, box=box)) + b"\n"


def read_key_file(data: bytes, passphrase: str) -> Identity:
    """Open a key file.

    Raises:
        Expected: `wrong-passphrase`, `passphrase-missing`.
        Refused: `key-file-invalid`, `key-file-limits`; nothing was derived then.
    """
    file = _parse_key_file(data)
    key = derive_key(passphrase, file.salt, Cost(file.memory, file.passes))
    try:
        plain = SecretBox(key).decrypt(file.box, file.nonce)
    except CryptoError:
        raise Expected("wrong-passphrase") from None
    try:
        kept = _kept.decode(plain)
    except (msgspec.MsgspecError, ValueError):
        raise Refused("key-file-invalid", found=N_("damaged content")) from None
    if len(kept.seed) != _SEED_BYTES or len(kept.age) != _SEED_BYTES:
        raise Refused("key-file-invalid", found=N_("damaged content"))
    return Identity(kept.person, kept.seed, kept.age, rehearsal=kept.rehearsal)


def change_passphrase(
    data: bytes, old: str, new: str, *, entropy: Entropy = os.urandom, cost: Cost | None = None
) -> bytes:
    """Return the same identity as a key file under a new passphrase; the errors are those of reading and writing."""
    identity = read_key_file(data, old)
    try:
        return write_key_file(identity, new, entropy=entropy, cost=cost)
    finally:
        identity.close()


def check_key_file(data: bytes) -> None:
    """Tell whether bytes have the form of a key file, without opening it.

    Raises:
        Refused: `key-file-invalid`, `key-file-limits`.
    """
    found = _parse_key_file(data)
    check_cost(Cost(found.memory, found.passes))


def _parse_key_file(data: bytes) -> _KeyFile:
    if len(data) > LARGEST_KEY_FILE:
        raise Refused("key-file-invalid", found=f"{len(data)} bytes")
    try:
        file = _key_files.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Refused("key-file-invalid", found=N_("another format")) from None
    if _encoder.encode(file) + b"\n" != data:
        raise Refused("key-file-invalid", found=N_("changed after it was written"))
    if len(file.salt) != _SALT_BYTES or len(file.nonce) != SecretBox.NONCE_SIZE:
        raise Refused("key-file-invalid", found=N_("damaged content"))
    check_cost(Cost(file.memory, file.passes))
    return file


def check_cost(cost: Cost) -> None:
    """Refuse a cost out of a file that nobody would choose, before anything is derived.

    Raises:
        Refused: `key-file-limits`.
    """
    if not bindings.crypto_pwhash_argon2id_MEMLIMIT_MIN <= cost.memory <= _MOST_MEMORY or cost.memory % 1024:
        raise Refused("key-file-limits", found=f"{cost.memory} bytes")
    if not 1 <= cost.passes <= _MOST_PASSES:
        raise Refused("key-file-limits", found=f"{cost.passes} passes")


def derive_key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return the key of 32 bytes that a passphrase gives by argon2id; composed (NFC), so keyboards do not matter.

    Raises:
        Expected: `passphrase-missing`.
    """
    composed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    if not composed:
        raise Expected("passphrase-missing")
    return bindings.crypto_pwhash_alg(
        SecretBox.KEY_SIZE, composed, salt, cost.passes, cost.memory, bindings.crypto_pwhash_ALG_ARGON2ID13
    )
