# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The union of sets, the state digest, and the facts that a store keeps."""

import hashlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from trust_world import World, keyid_of

from pmqa_desktop.domain.admitted import Admitted, Signature
from pmqa_desktop.domain.documents import Manifest, ManifestBody
from pmqa_desktop.domain.facts import COLUMNS, Fact, fact_of
from pmqa_desktop.domain.merging import join, join_signatures, state_digest, state_of

WORLD = World()
DOCUMENTS = [WORLD.sheet("ev1"), WORLD.sheet("ev2"), WORLD.next_roster(signers=("root0", "root1", "root2"))]
KEYIDS = ["aa" * 32, "bb" * 32, "cc" * 32]


@st.composite
def sets(draw: st.DrawFn) -> dict[str, Admitted]:
    chosen = draw(st.lists(st.sampled_from(DOCUMENTS), unique_by=lambda d: d.digest))
    found = {}
    for document in chosen:
        pairs = draw(st.sets(st.tuples(st.sampled_from(KEYIDS), st.sampled_from([b"1", b"2"])), min_size=1))
        signatures = join_signatures((Signature(*pair) for pair in pairs), ())
        found[document.digest] = replace(document, signatures=signatures)
    return found


@given(sets(), sets(), sets())
def test_join_is_a_semilattice(a: dict, b: dict, c: dict) -> None:
    assert join(a, b) == join(b, a)
    assert join(join(a, b), c) == join(a, join(b, c))
    assert join(a, a) == a
    assert state_of(join(a, b)) == state_of(join(b, a))


@given(sets(), sets())
def test_join_loses_nothing(a: dict, b: dict) -> None:
    joined = join(a, b)
    for part in (a, b):
        for digest, document in part.items():
            assert set(document.keyids) <= set(joined[digest].keyids)
            assert joined[digest].payload == document.payload
    assert set(joined) == set(a) | set(b)


def test_join_leaves_its_arguments_alone() -> None:
    a, b = {DOCUMENTS[0].digest: DOCUMENTS[0]}, {DOCUMENTS[1].digest: DOCUMENTS[1]}
    join(a, b)
    assert (list(a), list(b)) == ([DOCUMENTS[0].digest], [DOCUMENTS[1].digest])


def test_one_signature_stays_per_key_id() -> None:
    one, two, other = Signature("aa", b"1"), Signature("aa", b"2"), Signature("bb", b"9")
    assert join_signatures([two, other], [one]) == (one, other)
    assert join_signatures([one], [other, two]) == (one, other)


def test_the_bytes_of_the_state_are_as_specified() -> None:
    lines = b"sha256:aa k1 k2\nsha256:bb k3\n"
    entries = [("sha256:bb", ("k3",), "scoresheet"), ("sha256:aa", ("k2", "k1"), "roster")]
    assert state_digest(entries) == "sha256:" + hashlib.sha256(lines).hexdigest()
    assert state_digest([]) == "sha256:" + hashlib.sha256(b"").hexdigest()


def test_manifests_are_not_part_of_the_state() -> None:
    sheet = ("sha256:aa", ("k1",), "scoresheet")
    assert state_digest([sheet, ("sha256:bb", ("k2",), "manifest")]) == state_digest([sheet])


def test_the_state_tells_a_signature_that_came_later() -> None:
    roster = DOCUMENTS[2]
    less = replace(roster, signatures=roster.signatures[:2])
    assert state_of({roster.digest: roster}) != state_of({less.digest: less})
    again = replace(roster, signatures=tuple(replace(s, sig=b"other") for s in roster.signatures))
    assert state_of({roster.digest: roster}) == state_of({again.digest: again})


def every_kind() -> list[Admitted]:
    world = World()
    done = world.panel_done()
    world.declaration("ev1", state="tie_told")
    world.endorsement("ev1", done["consensus"], done["ev1"], agrees=False)
    result = world.result(done["consensus"])
    world.ranking(result)
    world.extract()
    world.sheet("ev1", seq=2, supersedes=(done["ev1"].digest,), after=True)
    world.signed(Manifest, "sec0", ManifestBody(entries=()))
    return list(world.made.values())


def test_a_fact_comes_back_from_its_row_unchanged() -> None:
    documents = every_kind()
    assert len({document.kind for document in documents}) >= 10
    for document in documents:
        fact = fact_of(document)
        row = fact.to_row()
        assert len(row) == len(COLUMNS)
        assert all(isinstance(value, str | int) for value in row)
        assert Fact.from_row(row) == fact


def test_a_fact_tells_what_a_document_stands_on() -> None:
    world = World()
    done = world.panel_done()
    sheets = {done[name].digest for name in ("chair", "ev1", "ev2")}
    consensus = fact_of(done["consensus"])
    assert set(consensus.parents()) == sheets | {done["reveal"].digest}
    assert consensus.one("stage") == "consensus"
    assert consensus.keyids == (keyid_of("chair"),)
    revised = fact_of(world.sheet("ev1", seq=2, supersedes=(done["ev1"].digest,), after=True))
    assert (revised.parents(), revised.one("after_reveal"), revised.seat) == ((done["ev1"].digest,), "yes", "s-ev1")
    assert revised.ref("items") == ("1.1", "1.2")
    assert fact_of(world.roster).slot == ("roster",)
