# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Sealed bundles that pass by: nothing clear on a disk, nothing used before the end, faults told as what they are."""

import errno
import io
import os
import threading

import pytest
from documents import a_papers, bundled, identity

from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.progress import Cancelled, Meter, Progress
from pmqa_desktop.sync.container import blob_of
from pmqa_desktop.sync.importing import read_file, read_one_blob, read_through
from pmqa_desktop.sync.keys import seeded_identity
from pmqa_desktop.sync.sealing import passing_clear, seal, seal_stream, unseal_bytes

ME, OTHER = identity("chair"), identity("secretary")
FIRST, SECOND = blob_of(os.urandom(900_000), "1"), blob_of(b"%PDF-1.7 " + b"x" * 500_000, "2")
CLEAR = bundled(a_papers(), blobs=(FIRST, SECOND))
SEALED = seal(CLEAR, [ME.recipient])


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "pack.pmqa"
    path.write_bytes(SEALED)
    return path


def code_of(act, *arguments, **named):
    with pytest.raises(Expected) as caught:
        act(*arguments, **named)
    return caught.value.code


def no_threads():
    return not [one for one in threading.enumerate() if one.name == "unseal"]


@pytest.mark.parametrize("key", [ME, None])
def test_reading_through_gives_what_reading_a_copy_gives_and_leaves_no_clear_bytes(pack, tmp_path, key):
    if key is None:
        pack.write_bytes(CLEAR)
    sinks = {}
    bundle = read_through(pack, key, on_blob=lambda entry: sinks.setdefault(entry.digest, io.BytesIO()))

    assert list(tmp_path.iterdir()) == [pack]
    assert bundle == read_file(pack, key, tmp_path)
    assert {digest: sink.getvalue() for digest, sink in sinks.items()} == {
        one.entry.digest: one.open().read() for one in (FIRST, SECOND)
    }
    assert no_threads()


def test_a_sealed_file_that_is_cut_anywhere_is_refused_as_damaged(pack):
    for length in range(len(SEALED) - 1, 1000, -len(SEALED) // 23):
        pack.write_bytes(SEALED[:length])
        assert code_of(read_through, pack, ME) == "sealed-damaged"
    assert no_threads()


def test_a_bundle_that_goes_on_or_ends_early_inside_a_sound_seal_is_refused(pack):
    for clear, code in ((CLEAR + b"{}\n", "trailing-data"), (CLEAR[:-600_000], "bundle-truncated")):
        pack.write_bytes(seal(clear, [ME.recipient]))
        assert code_of(read_through, pack, ME) == code
    assert no_threads()


def test_who_it_is_not_for_is_told_before_anything_else(pack):
    assert code_of(read_through, pack, OTHER) == "not-for-this-key"
    assert code_of(read_through, pack, None) == "sealed-key-needed"
    closed = seeded_identity("expert-1", b"closed here")
    closed.close()
    assert code_of(read_through, pack, closed) == "identity-closed"


def test_reading_stops_where_it_is_asked_to(pack):
    def step(done):
        if done > 300_000:
            raise Cancelled

    assert code_of(read_through, pack, ME, step=step) == "cancelled"
    assert no_threads()


def test_one_blob_is_given_by_its_digest_and_what_lies_behind_it_is_not_looked_at(pack):
    wanted = FIRST.entry.digest
    assert read_one_blob(pack, ME, SECOND.entry.digest) == SECOND.open().read()
    assert read_one_blob(pack, ME, "sha256:" + "0" * 64) == b""

    damaged = bytearray(SEALED)
    damaged[-100] ^= 1
    pack.write_bytes(damaged)
    assert read_one_blob(pack, ME, wanted) == FIRST.open().read()
    assert code_of(read_one_blob, pack, ME, SECOND.entry.digest) in ("sealed-damaged", "blob-changed")
    assert no_threads()


def test_a_blob_that_is_not_what_its_digest_says_is_never_given(pack):
    """The table of contents names one paper, another was put in its place: by whoever may seal to this key."""
    other = blob_of(bytes(900_000), "1")
    lines = CLEAR.split(b"\n")
    swapped = bundled(a_papers(), blobs=(other, SECOND)).split(b"\n")
    parts = [line.replace(other.entry.digest.encode(), FIRST.entry.digest.encode()) for line in swapped[2:]]
    pack.write_bytes(seal(b"\n".join([*lines[:2], *parts]), [ME.recipient]))

    assert code_of(read_one_blob, pack, ME, FIRST.entry.digest) == "blob-changed"


class Failing:
    """A stream that fails after some calls."""

    def __init__(self, error, after=0):
        self.error, self.after = error, after

    def _call(self):
        self.after -= 1
        if self.after < 0:
            raise self.error

    def read(self, size=-1):
        self._call()
        return bytes(size)

    def write(self, data):
        self._call()
        return len(data)

    def flush(self):
        pass


@pytest.mark.parametrize("after", [0, 3])
@pytest.mark.parametrize("error", [OSError(28, "full"), Cancelled(), Refused("blob-changed", "x")])
def test_what_a_stream_raises_while_sealing_comes_out_as_it_is(error, after):
    with pytest.raises(type(error)) as read:
        seal_stream(Failing(error, after), io.BytesIO(), [ME.recipient])
    with pytest.raises(type(error)) as written:
        seal_stream(io.BytesIO(bytes(1_000_000)), Failing(error, after), [ME.recipient])
    assert read.value is error and written.value is error


def test_even_a_short_stream_that_cannot_be_written_is_told():
    """Of a stream this short pyrage swallows the failure of its only write."""
    with pytest.raises(OSError, match="full"):
        seal_stream(io.BytesIO(b"short"), Failing(OSError(28, "full")), [ME.recipient])


def test_a_sealed_stream_opens_to_what_went_in():
    sealed = io.BytesIO()
    seal_stream(io.BytesIO(CLEAR), sealed, [ME.recipient])
    assert unseal_bytes(sealed.getvalue(), ME) == CLEAR
    sealed.seek(0)
    with passing_clear(sealed, ME) as stream:
        assert stream.read(100) == CLEAR[:100]
    assert no_threads()


class WindowsPipe(io.FileIO):
    """A pipe that answers as Windows does when its reader is gone: with an invalid argument."""

    def write(self, data):
        try:
            return super().write(data)
        except BrokenPipeError:
            raise OSError(errno.EINVAL, "Invalid argument") from None


def test_a_reader_may_have_enough_on_windows_too(pack, monkeypatch):
    plain = os.fdopen

    def fdopen(handle, mode, buffering=-1):
        if mode == "wb":
            return io.BufferedWriter(WindowsPipe(handle, "wb"), buffering)
        return plain(handle, mode, buffering)

    monkeypatch.setattr(os, "fdopen", fdopen)
    with pack.open("rb") as sealed, passing_clear(sealed, ME) as stream:
        assert stream.read(100) == CLEAR[:100]
    assert read_one_blob(pack, ME, FIRST.entry.digest) == FIRST.open().read()
    assert no_threads()


def test_a_meter_tells_kib_of_all_phases_and_stops_at_any_chunk():
    told = []
    meter = Meter(Progress(lambda *step: told.append(step)), 2 * 1024 * 1024)
    for what in ("a", "b"):
        step = meter.phase(what, 1024 * 1024)
        for done in range(0, 1024 * 1024 + 1, 1024):
            step(done)
    assert told[0] == (0, 2048, "a") and told[-1][0] >= 2040 and told[-1][1:] == (2048, "b")
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told) and len(told) < 1000

    progress = Progress()
    step = Meter(progress, 10**12).phase("x", 10**12)
    step(5)
    progress.cancel()
    with pytest.raises(Cancelled):
        step(6)
