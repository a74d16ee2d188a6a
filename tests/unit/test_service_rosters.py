# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The roster from version to version, through files between officers' machines."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from officers import LIVE, MADE_AT, Office
from trust_world import PEOPLE, ROOTS, World, key_of, people, person

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.criteria import criteria_from_body
from pmqa_desktop.domain.documents import RootPerson
from pmqa_desktop.domain.trust import follow_chain
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.services.identity import Applicant, write_enrolment
from pmqa_desktop.services.rounds.enrolling import compare, compare_all, read_enrolments
from pmqa_desktop.services.rounds.first_roster import check_setup, first_roster_in
from pmqa_desktop.services.rounds.plan import load_more, load_plan
from pmqa_desktop.services.rounds.rosters import (
    countersign,
    newest,
    one_waiting,
    pending,
    propose,
    read_rosters,
    review,
    rosters_among,
    start_round,
    write_rosters,
)
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.sync.keys import seeded_identity

AT = {"made_at": MADE_AT, "app": "test"}


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def begun(office):
    return office.start()


def roster_in(documents):
    return max(rosters_among(documents).values(), key=lambda one: one.document.seq)


def code_of(work):
    with pytest.raises(Expected) as caught:
        work()
    return caught.value.code


def proposed(office, documents, who="office-1", **changes):
    parent = newest(documents, roster_in(documents).digest if len(rosters_among(documents)) == 1 else first(documents))
    body = replace(parent.document.body, **(changes or {"title_en": "Renamed"}))
    child = propose(office.desk(who), parent, body, "จำเป็น")
    return child, {**documents, child.digest: child}


def first(documents):
    return next(d for d, one in rosters_among(documents).items() if one.document.seq == 1)


# --- beginning -----------------------------------------------------------------------------------------------


def test_a_real_round_begins_when_two_officers_have_signed(office):
    keys = [office.enrolled(identity) for identity in office.identities.values()]
    roster, criteria = start_round(office.desk(), office.plan, keys)
    documents = {one.digest: one for one in (roster, criteria)}
    alone = review(documents, roster.digest)
    assert (alone.in_force, alone.may_sign, alone.problem) == (False, ("office-2", "office-3"), None)
    assert code_of(lambda: newest(documents, roster.digest)) == "under-signed"

    both = office.signed(documents, roster.digest, "office-3")

    assert newest(both, roster.digest).digest == roster.digest
    frozen = criteria_from_body(criteria.document.body)
    assert frozen.settings.quorum_consensus == 2 and criteria.document.roster == roster.digest


def test_fingerprints_of_a_real_round_are_compared_before_a_key_enters(office, tmp_path):
    keys = [office.enrolled(identity) for identity in office.identities.values()]
    unseen = [dataclasses.replace(one, compared=False) if one.person == "expert-1" else one for one in keys]

    assert code_of(lambda: start_round(office.desk(), office.plan, unseen)) == "fingerprint-not-compared"
    assert code_of(lambda: compare(unseen[4], "0000 0000")) == "fingerprint-differs"
    marked = compare_all(unseen, [" ".join(one.fingerprint[0].split()[:2]) for one in unseen])
    assert all(one.compared for one in marked)


def test_everybody_of_the_plan_must_be_enrolled_and_nobody_else(office):
    keys = [office.enrolled(identity) for identity in office.identities.values()]
    stranger = office.enrolled(office.new_key("stranger"))

    assert code_of(lambda: start_round(office.desk(), office.plan, keys[:-1])) == "not-enrolled"
    assert code_of(lambda: start_round(office.desk(), office.plan, [*keys, stranger])) == "enrolment-unexpected"
    assert code_of(lambda: start_round(office.desk("expert-1"), office.plan, keys)) == "role-not-yours"


def test_a_live_round_takes_no_key_of_a_rehearsal(office, tmp_path):
    practice = seeded_identity("expert-1", b"x")
    written, _ = write_enrolment(practice, Applicant(LIVE, "ก", ""), tmp_path, **AT)

    with pytest.raises(Refused) as caught:
        read_enrolments(written.path, LIVE, rehearsal=False)
    assert caught.value.code == "other-rehearsal"
    office.identities["office-1"] = seeded_identity("office-1", b"x")
    keys = [office.enrolled(office.identities[name]) for name in ("office-2", "office-3", "chair")]
    assert code_of(lambda: start_round(office.desk(), office.plan, keys)) in {"not-enrolled", "rehearsal-key"}


def test_a_file_without_an_enrolment_is_told(office, begun, tmp_path):
    written = write_rosters(begun, tmp_path, office.identities["office-1"], **AT)

    assert code_of(lambda: read_enrolments(written.path)) == "not-an-enrolment"


@pytest.mark.parametrize(
    "text", ["round = 1", "x", "\ud800", 'round = "r"\nextra = 1', f"year_be = {'9' * 5000}", "year_be = 1.5"]
)
def test_a_plan_that_cannot_be_used_is_told_with_its_place(text):
    data = text.encode("utf-8", "surrogatepass")
    assert code_of(lambda: load_plan(data, "plan.toml")) == "plan-invalid"
    assert code_of(lambda: load_more(data, "plan.toml")) == "plan-invalid"


@pytest.mark.parametrize(("roots", "threshold", "code"), [
    (("office-1", "office-2", "office-3"), 1, "roster-threshold-low"),
    (("office-1", "office-2"), 2, "roster-roots-few"),
])  # fmt: skip
def test_an_unsound_first_roster_is_never_signed(office, roots, threshold, code):
    keys = [office.enrolled(identity) for identity in office.identities.values()]
    plan = replace(office.plan, roots=roots, threshold=threshold)

    assert code_of(lambda: start_round(office.desk(), plan, keys)) == code


# --- proposing and countersigning ----------------------------------------------------------------------------


def test_a_proposal_goes_round_by_files_in_any_order_until_it_is_in_force(office, begun, tmp_path):
    child, documents = proposed(office, begun)
    offered = write_rosters(documents, tmp_path, office.identities["office-1"], **AT).path
    copies = []
    for officer in ("office-2", "office-3"):
        stick = read_rosters([offered])
        seen = review(stick, child.digest)
        assert [change.code for change in seen.changes] == ["change-field"]
        stick[child.digest] = countersign(seen, office.identities[officer])
        copies.append(write_rosters(stick, tmp_path, office.identities[officer], **AT).path)

    for order in (copies, copies[::-1], [*copies, offered], copies[:1]):
        joined = read_rosters(order)
        assert newest(joined, first(joined)).digest == child.digest
    assert len(read_rosters(copies)[child.digest].signatures) == 3
    assert newest(read_rosters([offered]), first(begun)).document.seq == 1


def test_the_old_and_the_new_officers_must_both_agree(office, begun):
    fresh = {name: office.new_key(name) for name in ("chair", "expert-1")}
    body = newest(begun, first(begun)).document.body
    roots = (body.roots[0], *(replace(body.roots[1], person=n, key=office.identities[n].key) for n in fresh))
    child, documents = proposed(office, begun, roots=roots)

    with_old = office.signed(documents, child.digest, "office-2")
    seen = review(with_old, child.digest)
    assert [quorum.met for quorum in seen.quorums] == [True, False] and not seen.in_force
    assert seen.may_sign == ("chair", "expert-1")
    assert follow_chain(rosters_among(with_old), first(begun)).digests == (first(begun),)
    with_both = office.signed(with_old, child.digest, "expert-1")

    assert newest(with_both, first(begun)).digest == child.digest


def test_who_is_no_root_person_cannot_countersign(office, begun):
    child, documents = proposed(office, begun)

    assert (
        code_of(lambda: countersign(review(documents, child.digest), office.identities["chair"])) == "not-a-root-person"
    )
    again = office.signed(documents, child.digest, "office-1")
    assert again[child.digest] == child


def test_a_proposal_needs_a_reason_and_a_change_and_a_sound_result(office, begun):
    parent = newest(begun, first(begun))
    body = parent.document.body

    assert code_of(lambda: propose(office.desk(), parent, body, "เหตุผล")) == "roster-unchanged"
    assert code_of(lambda: propose(office.desk(), parent, replace(body, year_be=1), " \u200b")) == "reason-needed"
    few = edits.without_root(body, "office-3")
    assert code_of(lambda: propose(office.desk(), parent, few, "เหตุผล")) == "roster-roots-few"
    office.identities["stranger"] = office.new_key("stranger")
    work = lambda: propose(office.desk("stranger"), parent, replace(body, year_be=1), "เหตุผล")  # noqa: E731
    assert code_of(work) == "key-unknown"


@pytest.mark.parametrize("degenerate", ["01" + "00" * 31, "00" * 32, "ec" + "ff" * 30 + "7f", "ff" * 32])
def test_degenerate_keys_never_enter_a_roster(office, begun, degenerate):
    parent = newest(begun, first(begun))
    body = edits.with_key(parent.document.body, "expert-1", degenerate, "")

    assert code_of(lambda: propose(office.desk(), parent, body, "เหตุผล")) == "key-degenerate"


def test_two_proposals_in_force_are_a_fork_that_both_sides_see(office, begun):
    one, documents = proposed(office, begun, title_en="One")
    documents = office.signed(documents, one.digest, "office-2")
    two = propose(office.desk("office-3"), begun[first(begun)], replace(one.document.body, title_en="Two"), "อีกฉบับ")
    # where the first is not known: with both at hand nobody is let sign a rival
    documents |= office.signed({**begun, two.digest: two}, two.digest, "office-2")

    assert code_of(lambda: newest(documents, first(begun))) == "roster-fork"
    seen = {one.roster.digest: one for one in pending(documents, first(begun))}
    assert seen[one.digest].rivals == (two.digest,) and seen[two.digest].rivals == (one.digest,)
    assert not any(each.in_force for each in seen.values())


def test_of_several_proposals_one_is_named_before_signing(office, begun):
    one, documents = proposed(office, begun, title_en="One")
    two = propose(office.desk("office-3"), begun[first(begun)], replace(one.document.body, title_en="Two"), "อีกฉบับ")
    waiting = pending({**documents, two.digest: two}, first(begun))

    assert code_of(lambda: one_waiting(waiting)) == "several-proposals"
    assert one_waiting(waiting, " ".join(groups(two.digest)[0].split()[:3])).roster == two
    assert code_of(lambda: one_waiting(waiting, "0000 0000 0000")) == "fingerprint-differs"
    assert code_of(lambda: one_waiting(())) == "nothing-to-countersign"


def test_a_first_roster_that_lacks_signatures_is_pending(office):
    keys = [office.enrolled(identity) for identity in office.identities.values()]
    roster, _ = start_round(office.desk(), office.plan, keys)

    (seen,) = pending({roster.digest: roster}, roster.digest)

    assert seen.parents == () and seen.quorums[0].need == 2 and seen.changes == ()


def test_a_review_needs_the_version_before(office, begun):
    child, _ = proposed(office, begun)

    assert code_of(lambda: review({child.digest: child}, child.digest)) == "parent-awaited"
    assert code_of(lambda: review(begun, child.digest)) == "roster-not-here"


# --- first opening -------------------------------------------------------------------------------------------


def test_a_real_round_opens_only_after_its_fingerprint_was_confirmed(office, begun):
    documents = tuple(begun.values())
    told = first_roster_in(documents, "f")
    assert told.fingerprint == groups(first(begun)) and told.problem is None

    check = lambda confirmed, known=(): check_setup(documents, dict(known), file="f", confirmed=confirmed)  # noqa: E731
    assert code_of(lambda: check(None)) == "first-roster-unconfirmed"
    assert code_of(lambda: check("0123 4567")) == "fingerprint-differs"
    assert check(" ".join(told.fingerprint[2].split()[:2])).digest == first(begun)
    assert check(first(begun)).digest == first(begun)
    assert check(None, rosters_among(begun).items()).digest == first(begun)


def test_a_rehearsal_may_be_opened_without(tmp_path):
    practice = Office(tmp_path, rehearsal=True, threshold=1, round_id="practice-2569")
    documents = tuple(practice.start().values())

    assert check_setup(documents, {}, file="f", confirmed=None).rehearsal


def test_a_file_under_an_older_roster_sets_nothing_up(office, begun):
    child, documents = proposed(office, begun)
    newer = office.signed(documents, child.digest, "office-3")

    code = code_of(lambda: check_setup(tuple(begun.values()), rosters_among(newer), file="f", confirmed=first(begun)))

    assert code == "roster-older"
    check_setup(tuple(newer.values()), rosters_among(begun), file="f", confirmed=first(begun))


def test_a_first_roster_that_lacks_signatures_sets_nothing_up(office):
    keys = [office.enrolled(identity) for identity in office.identities.values()]
    roster, criteria = start_round(office.desk(), office.plan, keys)

    code = code_of(lambda: check_setup((roster, criteria), {}, file="f", confirmed=roster.digest))

    assert code == "under-signed"


# --- what an officer is told is what the rule of trust decides -------------------------------------------------

names = st.sampled_from((*ROOTS, "sec0", "sec1"))


@given(
    after=st.sets(names, min_size=1), threshold=st.integers(1, 3), signers=st.lists(names, min_size=1, unique=True),
    gone=st.none() | names, rehearsal=st.booleans(),
)  # fmt: skip
def test_in_force_is_told_exactly_when_the_chain_takes_it(after, threshold, signers, gone, rehearsal):
    world = World(rehearsal=rehearsal)
    roots = tuple(RootPerson(person=name, key=key_of(name)) for name in sorted(after))
    lost = people(person(gone, (gone, "compromised"))) if gone in PEOPLE else people()
    child = world.next_roster(
        signers=signers, roots=roots, threshold=min(threshold, len(roots)), persons=lost, title_en="Next"
    )
    documents = {one.digest: one for one in (world.roster, child)}

    seen = review(documents, child.digest)

    taken = follow_chain(documents, world.roster.digest).digests[1:] == (child.digest,)
    assert seen.in_force == taken
    assert bool(seen.problem or seen.may_sign) != taken
    assert not set(seen.may_sign) & {who for quorum in seen.quorums if not quorum.met for who in quorum.signed}
