# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""`verify` on damaged files: none passes, each is told in words, and the untouched file passes every time.

300 damages here, the same on every run; 10,000 others under `dev.py check --deep`.
"""

import base64
import json
import os
import random
import re

import pytest
from round_files import small_round

from pmqa_desktop.cli import run
from pmqa_desktop.messages import MESSAGES

DEEP = os.environ.get("PMQA_HYPOTHESIS") == "deep"
TIMES = 10_000 if DEEP else 300
PER_CHUNK = TIMES // 10
FILES = (
    "sheet-chair-alpha.pmqa",
    "sheet-expert-2-beta.pmqa",
    "roster.pmqa",
    "consensus-alpha.pmqa",
    "word-chair-alpha.pmqa",
)
PAYLOAD = re.compile(rb'"payload":"([^"]+)"')


def flip_bit(data, chance):
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def other_byte(data, chance):
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def cut_out(data, chance):
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice([1, 2, 3, 64, 4096]) :]


def truncate(data, chance):
    return data[: chance.randrange(len(data))]


def put_in(data, chance):
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice([1, 2, 16])) + data[at:]


def repeat(data, chance):
    start, size = chance.randrange(len(data)), chance.choice([1, 4, 400])
    return data[: start + size] + data[start:]


def swap_lines(data, chance):
    lines = data.splitlines(keepends=True)
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def drop_line(data, chance):
    lines = data.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def graft(data, chance):
    """Put a line of another sound file in the place of one."""
    other = small_round().files[chance.choice(FILES)].splitlines(keepends=True)
    lines = data.splitlines(keepends=True)
    lines[chance.randrange(len(lines))] = chance.choice(other)
    return b"".join(lines)


def change_content(data, chance):
    """Change what was signed and keep the envelope well formed."""
    found = chance.choice(list(PAYLOAD.finditer(data)))
    payload = base64.b64decode(found[1])
    changed = chance.choice([flip_bit, other_byte, cut_out, put_in, change_digit])(payload, chance)
    return data[: found.start(1)] + base64.b64encode(changed) + data[found.end(1) :]


def change_digit(payload, chance):
    digits = [at for at, byte in enumerate(payload) if 0x30 <= byte <= 0x39]
    at = chance.choice(digits)
    return payload[:at] + str(chance.randrange(10)).encode() + payload[at + 1 :]


def swap_signatures(data, chance):
    """Give two documents each other's signature."""
    found = re.findall(rb'"sig":"([^"]+)"', data)
    one, two = chance.sample(found, 2)
    return data.replace(one, b"?", 1).replace(two, one, 1).replace(b"?", two, 1)


PLAIN = (flip_bit, other_byte, cut_out, put_in, repeat)
DAMAGES = (*PLAIN, truncate, swap_lines, drop_line, graft, change_content, swap_signatures)


def damaged(data, chance):
    """Damage a file until it differs: some damages hit two equal bytes."""
    while True:
        found = chance.choice(DAMAGES)(data, chance)
        if found and chance.random() < 0.2:
            found = chance.choice(PLAIN)(found, chance)
        if found != data:
            return found


def verified(path, capsys):
    capsys.readouterr()
    code = run(["verify", str(path), "--json"])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    (one,) = json.loads(told.out)
    return code, one


@pytest.mark.parametrize("chunk", range(10))
def test_no_damaged_file_is_accepted_and_every_refusal_has_words(chunk, tmp_path, capsys):
    path = tmp_path / "file.pmqa"
    for number in range(PER_CHUNK):
        chance = random.Random(f"{DEEP}:{chunk}:{number}")
        data = small_round().files[chance.choice(FILES)]
        path.write_bytes(damaged(data, chance))
        code, one = verified(path, capsys)
        assert (code, one["ok"]) == (1, False), (chunk, number)
        assert one["refusals"], (chunk, number)
        for refusal in one["refusals"]:
            assert refusal["code"] in MESSAGES and refusal["message"], (chunk, number)


@pytest.mark.parametrize("name", FILES)
def test_the_untouched_file_is_always_accepted(name, tmp_path, capsys):
    path = tmp_path / "file.pmqa"
    path.write_bytes(small_round().files[name])
    for _ in range(3):
        code, one = verified(path, capsys)
        assert (code, one["ok"], one["refusals"]) == (0, True, [])
