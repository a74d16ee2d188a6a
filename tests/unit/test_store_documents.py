# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The set of documents: union, facts without parsing, state, holding area, damage found by digests."""

import sqlite3
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_documents import admitted, declaration, keyid_of, sheet

from pmqa_desktop.domain.admitted import Signature
from pmqa_desktop.domain.documents import Extract, ExtractBody, Manifest, ManifestBody
from pmqa_desktop.domain.facts import fact_of
from pmqa_desktop.domain.merging import join, state_of
from pmqa_desktop.errors import Damage, Expected
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.store.documents import DocumentRepository, Pack
from pmqa_desktop.store.meta import MetaRepository, NamedRound


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "a.pmqadb", create=True) as opened:
        yield opened


def _extract():
    source = sheet().document
    common = {name: getattr(source, name) for name in ("round", "rehearsal", "author", "seq", "app", "made_at")}
    return Extract(**common, body=ExtractBody(roots=(), threshold=1))


def test_adding_tells_new_known_and_new_signatures(store):
    documents = DocumentRepository(store)
    first, both = admitted(_extract(), "p1"), admitted(_extract(), "p1", "p2")
    assert documents.add([first, sheet()]) == ("new", "new")
    assert documents.add([first, both, both]) == ("known", "new-signatures", "known")
    assert documents.get(first.digest).signatures == both.signatures
    assert documents.get("sha256:" + "0" * 64) is None
    assert first.digest in documents


def test_one_call_with_the_same_document_twice_adds_it_once(store):
    one = sheet()
    assert DocumentRepository(store).add([one, one]) == ("new", "known")
    assert store.value("SELECT count(*) FROM documents") == 1


def test_a_manifest_never_goes_in(store):
    source = sheet().document
    common = {name: getattr(source, name) for name in ("round", "rehearsal", "author", "seq", "app", "made_at")}
    assert DocumentRepository(store).add([admitted(Manifest(**common, body=ManifestBody(entries=())))]) == ("known",)
    assert store.value("SELECT count(*) FROM documents") == 0


def test_what_comes_out_is_what_went_in(store):
    documents = DocumentRepository(store)
    put = sorted([sheet(), sheet(seq=2), declaration("p2")], key=lambda one: one.digest)
    documents.add(put)
    assert [stored.admitted() for stored in documents.envelopes()] == put
    assert documents.facts() == tuple(fact_of(one) for one in put)
    assert [stored.kind for stored in documents.envelopes(kind="declaration")] == ["declaration"]
    assert list(documents.envelopes(agency="other")) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["p1", "p2", "p3"]), st.integers(1, 3)), max_size=8), st.randoms())
def test_any_order_in_any_portions_gives_the_state_of_the_pure_union(tmp_path_factory, made, random):
    put = [sheet(person, seq=seq) for person, seq in made]
    pure = {}
    for one in put:
        pure = join(pure, {one.digest: one})
    random.shuffle(put)
    with open_store(tmp_path_factory.mktemp("s") / "a.pmqadb", create=True) as store:
        documents = DocumentRepository(store)
        cut = random.randrange(len(put) + 1)
        documents.add(put[:cut])
        documents.add(put[cut:])
        assert documents.state() == state_of(pure)


def test_of_two_signatures_by_one_key_the_smaller_stays_whatever_came_first(tmp_path):
    small = replace(sheet(), signatures=(Signature(keyid_of("p1"), b"\x01" * 64),))
    large = replace(sheet(), signatures=(Signature(keyid_of("p1"), b"\x02" * 64),))
    kept = []
    for name, order in (("a", [small, large]), ("b", [large, small])):
        with open_store(tmp_path / name, create=True) as store:
            documents = DocumentRepository(store)
            for one in order:
                documents.add([one])
            kept.append(documents.get(small.digest).signatures)
    assert kept[0] == kept[1] == small.signatures


def test_a_failed_file_is_undone_alone(store):
    documents = DocumentRepository(store)
    with store.write():
        documents.add([sheet("p1")])
        with suppress(Expected), store.savepoint():
            documents.add([sheet("p2")])
            raise Expected("other-round")
        documents.add([sheet("p3")])
    assert {fact.person for fact in documents.facts()} == {"p1", "p3"}


def test_a_stored_document_cannot_be_changed(store):
    DocumentRepository(store).add([sheet()])
    with pytest.raises(sqlite3.IntegrityError, match="never change"), store.write() as conn:
        conn.execute("UPDATE documents SET seq = 2")


def test_a_flipped_bit_in_a_payload_is_found_by_its_digest(store):
    documents = DocumentRepository(store)
    good, bad = sheet("p1"), sheet("p2")
    documents.add([good, bad])
    with store.write() as conn:
        conn.execute("DROP TRIGGER documents_stay")
        payload = bytearray(bad.payload)
        payload[40] ^= 1
        conn.execute("UPDATE documents SET payload = ? WHERE digest = ?", (bytes(payload), bad.digest))
    assert documents.damaged() == (bad.digest,)
    with pytest.raises(Damage) as caught:
        documents.get(bad.digest).admitted()
    assert caught.value.code == "document-damaged"


def test_the_holding_area_keeps_within_its_quota_and_outside_the_state(store):
    documents = DocumentRepository(store, holding_documents=2)
    empty = documents.state()
    assert documents.hold(sheet("p1"), "a.pmqa")
    assert not documents.hold(sheet("p1"), "b.pmqa")
    documents.hold(sheet("p2"), "b.pmqa")
    with pytest.raises(Expected) as caught:
        documents.hold(sheet("p3"), "c.pmqa")
    assert caught.value.code == "holding-area-full"
    assert documents.state() == empty
    waiting = {one.person: one for one in documents.waiting()}
    assert waiting["p1"].file == "a.pmqa"
    assert waiting["p1"].stored.admitted() == sheet("p1")
    documents.release([sheet("p1").digest])
    assert [one.person for one in documents.waiting()] == ["p2"]


def test_the_holding_area_counts_bytes_too(store):
    documents = DocumentRepository(store, holding_bytes=len(sheet("p1").payload))
    documents.hold(sheet("p1"), "a.pmqa")
    with pytest.raises(Expected):
        documents.hold(sheet("p2"), "b.pmqa")


def test_a_pack_is_kept_by_name_never_by_path(store):
    documents = DocumentRepository(store)
    pack = Pack("PMQA-r2569-abcd1234.pmqa", "sha256:" + "a" * 64, ("dpt",))
    documents.keep_pack(pack)
    documents.keep_pack(pack)
    assert documents.packs() == (pack,)
    for path in ("../x.pmqa", "C:\\x.pmqa"):
        with pytest.raises(sqlite3.IntegrityError):
            documents.keep_pack(Pack(path, "sha256:" + "b" * 64, ()))


def test_a_file_is_named_once(store):
    meta = MetaRepository(store)
    named = NamedRound("sha256:" + "a" * 64, "r2569", False)
    assert meta.named() is None
    meta.name(named)
    meta.name(named)
    assert meta.named() == named
    with pytest.raises(Expected) as caught:
        meta.name(replace(named, roster="sha256:" + "b" * 64))
    assert caught.value.code == "other-round"
