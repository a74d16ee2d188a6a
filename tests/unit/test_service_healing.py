# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Two rosters in force at once, made by officers who did not know of each other, and the third that settles them."""

import json
from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE
from stranger import second_opinion
from trust_round import AGENCY, CHEAP, TrustRound

from pmqa_desktop.cli import run
from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.healing import fork_of, forked, heal, healed_body
from pmqa_desktop.services.rounds.roster_desk import RosterDesk
from pmqa_desktop.services.rounds.rosters import countersign, newest, one_waiting, pending, propose, read_rosters
from pmqa_desktop.sync.keys import write_key_file

REASON = "ตกลงกันแล้ว"


@pytest.fixture
def round_(tmp_path):
    with ExitStack() as stack:
        yield TrustRound(tmp_path, stack)


@pytest.fixture
def sides(round_):
    """Office 1 and 2 report a key stolen; office 3 and 2 replace the chair."""
    parent = round_.documents[round_.first]
    stolen = edits.with_key_state(
        round_.body, round_.identities["expert-1"].key, "compromised", ("sha256:" + "5" * 64,)
    )
    found = []
    for by, body in (("office-1", stolen), ("office-3", edits.with_chair(round_.body, AGENCY, "expert-2"))):
        child = propose(round_.office.desk(by), parent, body, "ต่างคนต่างทำ")
        signed = round_.office.signed({**round_.documents, child.digest: child}, child.digest, "office-2")
        found.append(signed[child.digest])
    return found


@pytest.fixture
def documents(round_, sides):
    return {**round_.documents, **{side.digest: side for side in sides}}


def healed(round_, documents, sides, base, *officers, by="office-2"):
    made = heal(round_.office.desk(by), sides, base, healed_body(sides, base), REASON)
    return made.digest, round_.office.signed({**documents, made.digest: made}, made.digest, *officers)


def test_the_sides_are_shown_and_nothing_else_can_be_proposed(round_, documents, sides):
    seen = forked(documents, round_.first)
    assert [one.roster.digest for one in seen] == sorted(side.digest for side in sides)
    assert all(one.rivals and not one.in_force for one in seen)
    assert forked(round_.documents, round_.first) == ()
    with pytest.raises(Expected) as caught:
        newest(documents, round_.first)
    assert caught.value.code == "roster-fork"


def test_a_healing_takes_one_side_and_every_revocation_of_the_other(round_, documents, sides):
    stolen, replaced = sides
    for base in (stolen.digest, replaced.digest):
        body = healed_body(sides, base)
        (key,) = next(one.keys for one in body.persons if one.person == "expert-1")
        assert key.state == "compromised" and body.kept == ("sha256:" + "5" * 64,)
    assert healed_body(sides, stolen.digest).panels[0].chair == "chair"
    assert healed_body(sides, replaced.digest).panels[0].chair == "expert-2"
    with pytest.raises(Expected) as caught:
        healed_body(sides, "0000 0000")
    assert caught.value.code == "fingerprint-differs"


def test_an_officer_reads_what_it_changes_against_each_side_and_signs(round_, documents, sides):
    stolen, replaced = sides
    digest, half = healed(round_, documents, sides, replaced.digest)
    waiting = pending(half, round_.first)
    seen = one_waiting(waiting[:1])
    assert (seen.roster.digest, seen.problem, seen.rivals, seen.in_force) == (digest, None, (), False)
    told = {side.roster.digest: [change.code for change in side.changes] for side in seen.sides}
    assert told == {
        stolen.digest: ["change-chair"], replaced.digest: ["change-key-compromised", "change-kept-more"],
    }  # fmt: skip
    assert {(one.of, one.need, one.signed) for one in seen.quorums} == {(2, 2, ("office-2",)), (3, 2, ("office-2",))}

    whole = round_.office.signed(half, digest, "office-3")
    assert newest(whole, round_.first).digest == digest
    assert (pending(whole, round_.first), forked(whole, round_.first)) == ((), ())


def test_nothing_is_healed_that_is_whole_and_two_healings_must_be_healed_again(round_, documents, sides):
    with pytest.raises(Expected) as caught:
        heal(round_.office.desk(), sides[:1], sides[0].digest, round_.body, REASON)
    assert caught.value.code == "nothing-to-heal"
    _, one = healed(round_, documents, sides, sides[0].digest, "office-1")
    _, other = healed(round_, documents, sides, sides[1].digest, "office-3")
    two = {**one, **other}
    again = [seen.roster for seen in forked(two, round_.first)]
    assert len(again) == 2 and all(roster.document.seq == 3 for roster in again)
    digest, whole = healed(round_, two, again, again[0].digest, "office-1")
    assert newest(whole, round_.first).digest == digest and whole[digest].document.seq == 4


def test_a_fork_is_told_with_what_each_side_changes_and_what_a_healing_would(round_, documents, sides):
    stolen, replaced = sides
    assert fork_of(round_.documents, round_.first) is None
    fork = fork_of(documents, round_.first)
    assert (fork.agreed.digest, fork.healings) == (round_.first, ())
    told = {one.digest: ([change.code for change in one.changes], one.signed) for one in fork.sides}
    assert told == {
        stolen.digest: (["change-key-compromised", "change-kept-more"], ("office-1", "office-2")),
        replaced.digest: (["change-chair"], ("office-2", "office-3")),
    }
    outcome = {one.digest: [change.code for change in changes] for one, changes in fork.outcome(stolen.digest)}
    assert outcome[stolen.digest] == []
    assert sorted(outcome[replaced.digest]) == ["change-chair", "change-kept-more", "change-key-compromised"]
    digest, half = healed(round_, documents, sides, replaced.digest)
    assert [one.roster.digest for one in fork_of(half, round_.first).healings] == [digest]


def test_a_side_of_a_fork_takes_no_more_signatures(round_, documents, sides):
    for side in forked(documents, round_.first):
        with pytest.raises(Expected) as caught:
            countersign(side, round_.identities["office-1"])
        assert caught.value.code == "roster-fork"


def test_on_the_registry_everything_counts_again_in_the_eyes_of_a_stranger_too(round_, documents, sides):
    office, expert = round_.laptop("office-2"), round_.laptop("expert-2")
    round_.take(expert, round_.file_of(tuple(documents[d] for d in (round_.first, sides[1].digest))))
    sheet = round_.judge(expert)
    file = round_.export(expert, "scoresheet")
    round_.take(office, round_.file_of(tuple(d for d in documents.values() if d.kind == "roster")), file)
    assert office.session.view().status[sheet] == "other-roster"
    desk = RosterDesk(office.session)
    assert len(desk.sides()) == 2

    signed = desk.heal(sides[1].digest, REASON, PASSPHRASE)
    assert office.session.view().problem == "roster-fork"
    half = desk.export(round_.new_folder(), signed.digest).path
    full = round_.sign(half, signed.digest, "office-3")
    assert round_.take(office, full).good

    seen = office.session.view()
    assert (seen.problem, seen.roster_digest, seen.status[sheet]) == (None, signed.digest, "counted")
    for laptop in (expert, round_.laptop("chair")):
        round_.take(laptop, full)
        assert laptop.session.view().roster_digest == signed.digest
    with pytest.raises(Expected) as caught:
        desk.heal(sides[1].digest, REASON, PASSPHRASE)
    assert caught.value.code == "nothing-to-heal"
    everything = round_.file_of([one.admitted() for one in office.session.documents.envelopes()])
    _, told = second_opinion(everything.parent, everything, "--first", round_.first)
    assert told["roster"] == signed.digest and sheet not in told["not_counted"]


def test_the_command_heals(round_, documents, sides, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PMQA_PASSPHRASE", PASSPHRASE)
    keys = {}
    for name in ("office-1", "office-2"):
        keys[name] = tmp_path / f"{name}.key"
        keys[name].write_bytes(write_key_file(round_.identities[name], PASSPHRASE, rehearsal=False, cost=CHEAP))
    file = round_.file_of([one for one in documents.values() if one.kind in ("roster", "criteria")])
    trust = ("--trust", round_.first, "--json")

    def told(*arguments, code):
        capsys.readouterr()
        assert run([*map(str, arguments)]) == code
        printed = capsys.readouterr()
        return json.loads(printed.out), printed.err

    shown, words = told("roster", "show", file, *trust, code=1)
    assert (shown["in_force"], len(shown["pending"])) == (None, 2) and "Traceback" not in words
    options = ("--base", sides[0].digest, "--reason", REASON, "--to", tmp_path, "--key")
    made, words = told("roster", "heal", file, *options, keys["office-1"], *trust, code=0)
    assert sorted(side["digest"] for side in made["heals"]) == sorted(side.digest for side in sides)
    assert not made["in_force"] and len(words.splitlines()) > 6
    sign = ("roster", "countersign", made["path"], "--yes", "--to", tmp_path, "--key", keys["office-2"])
    which = " ".join(" ".join(made["fingerprint"]).split()[:3])
    signed, _ = told(*sign, "--which", which, *trust, code=0)
    assert signed["in_force"]
    again, _ = told("roster", "heal", signed["path"], *options, keys["office-1"], *trust, code=1)
    assert again["error"]["code"] == "nothing-to-heal"
    assert newest(read_rosters([file, tmp_path / signed["path"]]), round_.first)
