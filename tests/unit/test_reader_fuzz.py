# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The reader against bytes that nobody planned: changed, cut and spliced files, and sound signatures over nonsense.

Every golden file, sealed files, key files and portable drafts are changed by Hypothesis, byte by byte and inside their
structure, where they are then signed, sealed or packed anew. A reader may answer with a refusal and nothing else, or
take the file; it takes changed bytes only where they are a whole document of their own signer. A few hundred inputs
here, the same on every run; ten minutes of others under `dev.py check --deep` (or PMQA_FUZZ_SECONDS of them).
"""

import base64
import io
import json
import os
import time
import zlib
from collections import Counter
from contextlib import ExitStack
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from documents import identity
from golden_bundles import FOLDER, PASSPHRASE
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from laptops import PASSPHRASE as OWN
from laptops import SmallRound

from pmqa_desktop.domain.facts import fact_of
from pmqa_desktop.domain.payload import decode_payload, encode_payload
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.messages import MESSAGES, word_error
from pmqa_desktop.services.safekeeping.draft_file import carried, read_carried
from pmqa_desktop.services.session import Session
from pmqa_desktop.sync.container import read_bundle
from pmqa_desktop.sync.envelope import admit_line, signed_bytes
from pmqa_desktop.sync.importing import read_file
from pmqa_desktop.sync.keys import Cost, check_key_file, read_key_file
from pmqa_desktop.sync.portable import lock_up, open_up
from pmqa_desktop.sync.sealing import seal
from pmqa_desktop.sync.verifying import inspect_file

DEEP = os.environ.get("PMQA_DEEP") == "1"
SECONDS = float(os.environ.get("PMQA_FUZZ_SECONDS", "600" if DEEP else "0"))
EXAMPLES = 400 if SECONDS else 40
TURNS = 3 if SECONDS else 1
"""In how many parts the time of a property is cut: one test that long would look stuck."""
KEY = identity("expert-1")
CHEAP = Cost(memory=8 * 1024, passes=1)
DEAREST = Cost(memory=1024 * 1024, passes=4)
"""A changed key file may ask for minutes of derivation within its limits; the tests do not pay that."""
MOST_INTEGER = 2**63 - 1
TOKENS = (
    b"\n", b"\r", b"\0", b"{", b"}", b"[", b"]", b'"', b"\\", b"\\u0000", b"\\ud800", b"null", b"true", b"-0", b"1.0",
    b"1e9", b"9007199254740993", b"AAAA", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\xe2\x80\xae", b"--- ", b'{"blob":',
    b"-> X25519 ", b"-> scrypt ", b"age-encryption.org/v1\n", b"[" * 200, b'"kind":"manifest"', b'"seq":0', b"sha256:",
)  # fmt: skip
SEEN: Counter[str] = Counter()


@cache
def golden() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}


@cache
def clear_ones() -> tuple[str, ...]:
    return tuple(name for name in golden() if name.endswith(".pmqa") and name != "sealed.pmqa")


@st.composite
def changed(draw: st.DrawFn, data: bytes, others: tuple[bytes, ...] = ()) -> bytes:
    """Change bytes in one to five ways."""
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        end = at + draw(st.sampled_from((0, 1, 2, 3, 4, 16, 76, 1024)))
        put = b""
        match draw(st.integers(0, 7)):
            case 0:
                put, end = bytes([(data[at] if data else 0) ^ (1 << draw(st.integers(0, 7)))]), at + 1
            case 1:
                put = draw(st.sampled_from(TOKENS))
            case 2:
                put = draw(st.binary(max_size=24))
            case 3:
                put, end = data[at:end], at
            case 4:
                end = len(data)
            case 5:
                data = draw(swapped(data))
                continue
            case 6 if others:
                other = draw(st.sampled_from(others))
                begin = draw(st.integers(0, len(other)))
                put = other[begin : begin + end - at]
        data = data[:at] + put + data[end:]
    return data


@st.composite
def swapped(draw: st.DrawFn, data: bytes) -> bytes:
    """Change two lines with each other."""
    lines = data.splitlines(keepends=True)
    if lines:
        one, two = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


TEXTS = (
    "", "\r", "\u202ex", "sha256:" + "0" * 64, "age1" + "q" * 58, "0" * 64, "2026-01-01T00:00:00Z", "a" * 65_537,
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**64), 2**64), st.floats(allow_nan=False), st.text(max_size=6),
    st.sampled_from(TEXTS), st.builds(list), st.builds(dict), st.builds(lambda: [[[[]]]]),
)  # fmt: skip


@st.composite
def bent(draw: st.DrawFn, tree: Any) -> Any:
    """Change a JSON tree in one to three places: another value, one left out, one added, one twice."""
    tree = json.loads(json.dumps(tree))
    for _ in range(draw(st.integers(1, 3))):
        node = tree
        for _level in range(draw(st.integers(0, 6))):
            inside = list(node.values()) if isinstance(node, dict) else node
            deeper = [one for one in inside if isinstance(one, dict | list) and one]
            if not deeper:
                break
            node = draw(st.sampled_from(deeper))
        keys = sorted(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            continue
        key, way = draw(st.sampled_from(keys)), draw(st.integers(0, 4))
        if way <= 1:
            node[key] = draw(LEAVES)
        elif way == 2:
            del node[key]
        elif isinstance(node, dict):
            node[draw(st.text(max_size=5)) if way == 3 else draw(st.sampled_from(keys))] = draw(LEAVES)
        else:
            node.insert(key, deepcopy(node[key]) if way == 3 else draw(LEAVES))
    return tree


def canonical(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def told(error: Expected) -> None:
    """Hold that a refusal has words and can be shown."""
    assert error.code in MESSAGES and word_error(error)
    SEEN[error.code] += 1


def at_length(test: Any) -> None:
    """Run a property once, or anew with other examples until its time is over."""
    if not SECONDS:
        settings(max_examples=EXAMPLES, deadline=None, database=None)(given(st.data())(test))()
    over, turn = time.monotonic() + SECONDS / len(PROPERTIES) / TURNS, int(time.time())
    while time.monotonic() < over:
        turn += 1
        fresh = settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=False)
        fresh(seed(turn)(given(st.data())(test)))()


# --- the properties ------------------------------------------------------------------------------------------


def clear_files(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(clear_ones()))
    whole = tuple(golden()[one] for one in clear_ones())
    given_bytes = data.draw(changed(golden()[name], whole))
    SEEN["clear files"] += 1
    try:
        read_bundle(io.BytesIO(given_bytes))
    except Refused as error:
        told(error)
    else:
        assert given_bytes in whole, "changed bytes were accepted"


def sealed_files(data: st.DataObject) -> None:
    """Change the sealed file, or seal a changed one."""
    whole = tuple(golden()[one] for one in clear_ones())
    if data.draw(st.booleans()):
        given_bytes = data.draw(changed(golden()["sealed.pmqa"], whole))
    else:
        given_bytes = seal(data.draw(changed(golden()["several.pmqa"], whole)), [KEY.recipient])
    SEEN["sealed files"] += 1
    path = scratch() / "sealed.pmqa"
    path.write_bytes(given_bytes)
    try:
        found = read_file(path, KEY, scratch())
    except Refused as error:
        told(error)
    else:
        assert b"".join(one.payload for one in found.documents) in payloads(), "changed bytes were accepted"
    assert sorted(one.name for one in scratch().iterdir()) == ["sealed.pmqa"], "an unsealed copy was left"


@cache
def payloads() -> frozenset[bytes]:
    read = (read_bundle(io.BytesIO(golden()[name])) for name in clear_ones())
    return frozenset(b"".join(one.payload for one in bundle.documents) for bundle in read)


@cache
def lines() -> tuple[bytes, ...]:
    return tuple(
        line for name in clear_ones() for line in golden()[name].splitlines() if line.startswith(b'{"payload"')
    )


def signed_nonsense(data: st.DataObject) -> None:
    """Sign a bent document soundly: the rules of content must refuse it, or it is a document in the exact form."""
    envelope = json.loads(data.draw(st.sampled_from(lines())))
    tree = json.loads(base64.b64decode(envelope["payload"]))
    signer = identity(tree["author"]["person"])
    payload = canonical(data.draw(bent(tree)))
    if data.draw(st.integers(0, 9)) == 0:
        payload = data.draw(changed(payload))
    signature = signer.sign(signed_bytes(tree["kind"], payload))
    envelope |= {
        "payload": base64.b64encode(payload).decode(),
        "signatures": [{"keyid": signer.keyid, "sig": base64.b64encode(signature).decode()}],
    }
    SEEN["signed nonsense"] += 1
    try:
        found = admit_line(canonical(envelope))
    except Refused as error:
        told(error)
    else:
        SEEN["signed nonsense taken"] += 1
        assert encode_payload(decode_payload(found.payload)) == payload == found.payload
        assert fact_of(found).digest == found.digest


def shown_files(data: st.DataObject) -> None:
    """Whatever a file is, looking into it ends in words."""
    name = data.draw(st.sampled_from(sorted(golden())))
    path = scratch() / "shown.pmqa"
    path.write_bytes(data.draw(changed(golden()[name], tuple(golden().values()))))
    SEEN["shown files"] += 1
    try:
        found = inspect_file(path, KEY)
    finally:
        path.unlink()
    for refusal in found.refusals:
        assert refusal.code in MESSAGES
    json.dumps(found.tree(lambda refusal: refusal.code), ensure_ascii=False)


def key_files(data: st.DataObject) -> None:
    whole = golden()["expert-1.key"]
    if data.draw(st.booleans()):
        given_bytes = data.draw(changed(whole))
    else:
        given_bytes = canonical(data.draw(bent(json.loads(whole)))) + b"\n"
    SEEN["key files"] += 1
    try:
        check_key_file(given_bytes)
        tree = json.loads(given_bytes)
        if tree["memory"] > DEAREST.memory or tree["passes"] > DEAREST.passes:
            return
        found = read_key_file(given_bytes, PASSPHRASE)
    except Expected as error:
        told(error)
    else:
        assert given_bytes == whole and found.person == "expert-1"


def locked_drafts(data: st.DataObject) -> None:
    whole, content = locked()
    given_bytes = data.draw(changed(whole))
    head = given_bytes.partition(b"\n")[0]
    SEEN["locked drafts"] += 1
    if dear(head):
        return
    try:
        found = open_up(given_bytes, "words")
    except Expected as error:
        told(error)
    else:
        assert (given_bytes, found) == (whole, content)


def dear(head: bytes) -> bool:
    try:
        tree = json.loads(head)
        return bool(tree["memory"] > DEAREST.memory or tree["passes"] > DEAREST.passes)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


@cache
def locked() -> tuple[bytes, bytes]:
    content = carried(drafted(), ("alpha",))
    return lock_up(content, "words", entropy=bytes, cost=CHEAP), content


def packed_drafts(data: st.DataObject) -> None:
    """Pack a bent draft as its owner could: what is taken fits the store, whatever else is refused."""
    whole = locked()[1]
    plain = zlib.decompress(whole)
    how = data.draw(st.integers(0, 3))
    if how == 0:
        packed = data.draw(changed(whole))
    else:
        packed = zlib.compress(data.draw(changed(plain)) if how == 1 else canonical(data.draw(bent(json.loads(plain)))))
    SEEN["packed drafts"] += 1
    try:
        found = read_carried(drafted(), packed)
    except Expected as error:
        told(error)
    else:
        SEEN["packed drafts taken"] += 1
        for edits in found.drafts.values():
            for edit in edits:
                numbers = [one for one in msgspec.to_builtins(edit) if isinstance(one, int)]
                assert all(abs(one) <= MOST_INTEGER for one in numbers), edit


# --- what they work on ---------------------------------------------------------------------------------------

_KEPT: dict[str, Any] = {}


def scratch() -> Path:
    return _KEPT["folder"]  # type: ignore[no-any-return]


def drafted() -> Session:
    """A laptop with one whole draft, opened when first asked for."""
    if "session" not in _KEPT:
        round_ = SmallRound(_KEPT["home"], _KEPT["stack"])
        laptop = round_.laptop("expert-1")
        laptop.scoring.declare("alpha", "no_conflict", "", OWN)
        laptop.scoring.fill("alpha", round_.full_sheet())
        _KEPT["session"] = laptop.session
    return _KEPT["session"]  # type: ignore[no-any-return]


PROPERTIES = (clear_files, sealed_files, signed_nonsense, shown_files, key_files, locked_drafts, packed_drafts)


@pytest.fixture
def room(tmp_path):
    _KEPT.clear()
    locked.cache_clear()
    for name in ("folder", "home"):
        _KEPT[name] = tmp_path / name
        _KEPT[name].mkdir()
    with ExitStack() as stack:
        _KEPT["stack"] = stack
        yield
    _KEPT.clear()
    locked.cache_clear()


@pytest.mark.parametrize("test", PROPERTIES, ids=lambda test: test.__name__)
@pytest.mark.parametrize("turn", range(TURNS))
def test_bytes_that_nobody_planned_are_refused_in_words(test, turn, room, capsys):
    before = Counter(SEEN)
    at_length(test)
    found = SEEN - before
    assert sum(found.values()) >= EXAMPLES
    if SECONDS:
        with capsys.disabled():
            print(f"\n{test.__name__}: {dict(sorted(found.items()))}", flush=True)
