# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Write Bech32, the text form of age keys (BIP 173, with age's longer strings).

The age library makes random identities only; a rehearsal derives its own from a seed, and a key file keeps
the raw secret, so the text form is written here. Reading it is the age library's work.
"""

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """Return the Bech32 string of `data` under a lower-case `prefix`."""
    groups = _five_bit_groups(data)
    return prefix + "1" + "".join(_LETTERS[group] for group in groups + _checksum(prefix, groups))


def _five_bit_groups(data: bytes) -> list[int]:
    missing = -len(data) * 8 % 5
    number = int.from_bytes(data) << missing
    count = (len(data) * 8 + missing) // 5
    return [number >> 5 * place & 31 for place in reversed(range(count))]


def _checksum(prefix: str, groups: list[int]) -> list[int]:
    letters = prefix.encode("ascii")
    spread = [letter >> 5 for letter in letters] + [0] + [letter & 31 for letter in letters]
    rest = _remainder(spread + groups + [0] * 6) ^ 1
    return [rest >> 5 * place & 31 for place in reversed(range(6))]


def _remainder(values: list[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_GENERATOR):
            if top >> bit & 1:
                rest ^= term
    return rest
