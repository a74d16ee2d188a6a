# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What counts: rights, slots, lineage, held, two versions, stale, recused, keys, chairs, closing."""

import random
import re
import sys
from pathlib import Path

import pytest
from trust_world import PEOPLE, ROOTS, World, agency, key_of, panel, people, person, view_of

from pmqa_desktop.domain import trust
from pmqa_desktop.domain.documents import RootPerson, Seat
from pmqa_desktop.domain.facts import FURTHEST_ALONE, fact_of
from pmqa_desktop.domain.view import view
from pmqa_desktop.messages import MESSAGES


def test_a_finished_panel_counts_whole() -> None:
    world = World()
    done = world.panel_done()
    word = world.endorsement("ev1", done["consensus"], done["ev1"])
    result = world.result(done["consensus"])
    ranking = world.ranking(result)
    extract = world.extract()
    seen = world.view()
    assert set(seen.status.values()) == {"counted"}
    assert seen.chain == (world.named,)
    assert (seen.roster_digest, seen.criteria_digest, seen.problem) == (world.named, world.criteria.digest, None)
    assert (seen.round, seen.rehearsal) == ("r2569", True)
    assert seen.current("consensus", "dpt") == done["consensus"].digest
    assert seen.current("endorsement", done["consensus"].digest, "ev1") == word.digest
    assert (seen.current("result", "dpt"), seen.current("ranking")) == (result.digest, ranking.digest)
    assert seen.current("extract") == extract.digest
    assert seen.cell("scoresheet", "oic", "ev1") is None


def test_the_view_is_a_function_of_the_set() -> None:
    world = World()
    done = world.panel_done()
    world.sheet("ev1", seq=2, supersedes=(done["ev1"].digest,))
    world.sheet("ev2", score=7)
    world.declaration("ev3", state="recused")
    world.next_roster()
    documents = list(world.made.values())
    expected = world.view()
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        again = view_of(documents, world.named)
        assert (again.status, again.cells, again.chain) == (expected.status, expected.cells, expected.chain)
        assert list(again.cells) == list(expected.cells)


@pytest.mark.parametrize("module", ["trust", "rights", "view"])
def test_every_code_is_worded(module: str) -> None:
    """Whatever these rules answer in kebab-case has its sentence."""
    source = (Path(trust.__file__).parent / f"{module}.py").read_text("utf-8")
    codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
    assert len(codes) > 5
    assert codes - set(MESSAGES) == set()


# --- no trust, no counting


def test_nothing_counts_in_a_live_round_without_a_named_roster() -> None:
    world = World(rehearsal=False)
    world.panel_done()
    seen = view_of(world.made.values(), None)
    assert set(seen.status.values()) == {"no-trusted-roster"}
    assert (seen.roster, seen.roster_digest, dict(seen.cells)) == (None, None, {})
    assert set(view_of(world.made.values(), world.named).status.values()) == {"counted"}


def test_nothing_counts_between_two_rehearsals() -> None:
    world, other = World(), World(round_id="r2570")
    world.panel_done()
    seen = view_of([*world.made.values(), *other.made.values()], None)
    assert set(seen.status.values()) == {"rival-rosters"}
    named = view_of([*world.made.values(), *other.made.values()], world.named)
    assert {named.status[d] for d in world.made} == {"counted"}
    assert {named.status[d] for d in other.made} == {"other-roster", "not-this-round"}


# --- who may sign what


@pytest.mark.parametrize(
    ("who", "kind", "code"),
    [
        ("sec0", "criteria", "counted"),
        ("ev1", "criteria", "role-not-yours"),
        ("chair", "criteria", "role-not-yours"),
        ("ev1", "scoresheet", "counted"),
        ("sec0", "scoresheet", "role-not-yours"),
        ("ev3", "scoresheet", "role-not-yours"),
        ("sec0", "declaration", "role-not-yours"),
        ("ev1", "declaration", "counted"),
        ("chair", "reveal", "counted"),
        ("ev1", "reveal", "role-not-yours"),
        ("sec0", "reveal", "role-not-yours"),
        ("ev1", "consensus", "role-not-yours"),
        ("sec0", "consensus", "role-not-yours"),
        ("sec1", "result", "counted"),
        ("chair", "result", "role-not-yours"),
        ("ev1", "ranking", "role-not-yours"),
    ],
)
def test_each_kind_is_somebodys_to_sign(who: str, kind: str, code: str) -> None:
    world = World()
    done = world.panel_done() if kind in {"consensus", "result", "ranking"} else {}
    make = {
        "criteria": lambda: world.criteria_document(who),
        "scoresheet": lambda: world.sheet(who),
        "declaration": lambda: world.declaration(who),
        "reveal": lambda: world.reveal([world.sheet("chair"), world.sheet("ev1")], who=who),
        "consensus": lambda: world.consensus(done["reveal"], [done["ev1"]], who=who, score=1),
        "result": lambda: world.result(done["consensus"], who=who),
        "ranking": lambda: world.ranking(world.result(done["consensus"]), who=who),
    }
    made = make[kind]()
    seen = world.view()
    assert seen.status[made.digest] == code
    assert set(seen.status.values()) <= {"counted", code}, "what is nobody's to give disturbs nothing"


def test_a_seat_on_one_panel_gives_no_right_on_another() -> None:
    world = World()
    world.restart(panels=(panel("dpt", ("chair", "ev1")), panel("oic", ("chair", "ev2"))))
    foreign = world.sheet("ev2", "dpt")
    wrong_seat = world.sheet("ev1", "dpt", seat="s-chair", score=1)
    nowhere = world.sheet("ev1", "nowhere")
    seen = world.view()
    assert [seen.status[d.digest] for d in (foreign, wrong_seat, nowhere)] == ["seat-not-yours"] * 3


def test_a_rostered_key_speaks_for_its_own_person_only() -> None:
    world = World()
    forged = world.sheet("ev1", device="ev2")
    own = world.sheet("ev1", score=1)
    seen = world.view()
    assert seen.status[forged.digest] == "key-not-yours"
    assert seen.current("scoresheet", "dpt", "ev1") == own.digest


def test_a_key_that_the_newest_roster_does_not_name_is_unknown() -> None:
    world = World()
    sheet = world.sheet("ev1")
    world.next_roster(
        persons=people(but=("ev1",)), panels=(panel("dpt", ("chair", "ev2")), panel("oic", ("chair", "ev2")))
    )
    assert world.view().status[sheet.digest] == "key-unknown"


def test_a_seat_judges_its_items_only() -> None:
    world = World()
    seat = Seat(seat="s-ev1", person="ev1", title_th="ก", title_en="a", items=("1.1",))
    rest = panel("dpt", ("chair", "ev2"))
    limited = panel("dpt", seats=(*rest.seats, seat))
    world.restart(panels=(limited, panel("oic")))
    too_much = world.sheet("ev1", items=("1.1", "1.2"))
    seen = world.view()
    assert seen.status[too_much.digest] == "items-not-yours"
    assert seen.cells["scoresheet", "dpt", "ev1"].state == "held"
    own = world.sheet("ev1", items=("1.1",), seq=2, supersedes=(too_much.digest,))
    assert world.view().current("scoresheet", "dpt", "ev1") == own.digest


# --- keys


def test_a_compromised_key_is_void_but_for_what_is_kept() -> None:
    world = World()
    kept, stolen = world.sheet("ev1"), world.sheet("ev1", "oic")
    forged = world.sheet("ev1", seq=2, score=500, supersedes=(kept.digest,))
    assert world.view().current("scoresheet", "dpt", "ev1") == forged.digest
    second = world.next_roster(
        persons=people(person("ev1", ("ev1", "compromised"), ("ev1-b", "active"))), kept=(kept.digest,)
    )
    seen = world.view()
    assert (seen.status[forged.digest], seen.status[stolen.digest]) == ("key-compromised", "key-compromised")
    assert seen.current("scoresheet", "dpt", "ev1") == kept.digest
    world.roster = second
    again = world.sheet("ev1", seq=2, device="ev1-b", supersedes=(kept.digest,))
    assert world.view().current("scoresheet", "dpt", "ev1") == again.digest


def test_a_retired_key_keeps_its_past_and_signs_nothing_new() -> None:
    world = World()
    before = world.sheet("ev1")
    world.roster = world.next_roster(persons=people(person("ev1", ("ev1", "retired"), ("ev1-b", "active"))))
    after = world.sheet("ev1", seq=2, supersedes=(before.digest,))
    seen = world.view()
    assert (seen.status[before.digest], seen.status[after.digest]) == ("counted", "key-retired")
    moved = world.sheet("ev1", seq=2, device="ev1-b", supersedes=(before.digest,))
    assert world.view().current("scoresheet", "dpt", "ev1") == moved.digest


def test_documents_of_a_fork_side_do_not_count() -> None:
    world = World()
    under_first = world.sheet("ev1")
    side = world.next_roster(title_en="One")
    world.next_roster(title_en="Two")
    world.roster = side
    under_side = world.sheet("ev2")
    seen = world.view()
    assert (seen.problem, len(seen.fork)) == ("roster-fork", 2)
    assert seen.status[under_first.digest] == "counted"
    assert seen.status[under_side.digest] == "other-roster"
    assert seen.cells["roster",].state == "conflict"


def test_documents_wait_for_the_roster_they_name() -> None:
    world = World()
    second = world.next_roster()
    first_sheet = world.sheet("ev1")
    world.roster = second
    sheet = world.sheet("ev1", seq=2, supersedes=(first_sheet.digest,))
    seen = world.without(second)
    assert seen.status[sheet.digest] == "parent-awaited"
    assert seen.cells["scoresheet", "dpt", "ev1"].state == "held"
    assert world.view().status[sheet.digest] == "counted"


def test_a_sheet_names_the_roster_it_was_made_under() -> None:
    world = World()
    unnamed = world.sheet("ev1", roster="")
    assert world.view().status[unnamed.digest] == "roster-not-named"


# --- slots and lineage


def test_the_newest_revision_counts() -> None:
    world = World()
    first = world.sheet("ev1")
    second = world.sheet("ev1", seq=2, supersedes=(first.digest,))
    seen = world.view()
    assert (seen.status[first.digest], seen.status[second.digest]) == ("superseded", "counted")
    assert seen.cells["scoresheet", "dpt", "ev1"].seq == 2


def test_while_a_parent_is_missing_the_cell_has_no_value() -> None:
    world = World()
    first = world.sheet("ev1")
    second = world.sheet("ev1", seq=2, score=1, supersedes=(first.digest,))
    third = world.sheet("ev1", seq=3, score=2, supersedes=(second.digest,))
    seen = world.without(second)
    cell = seen.cells["scoresheet", "dpt", "ev1"]
    assert (cell.state, cell.digest, cell.code, cell.candidates) == ("held", "", "parent-awaited", (third.digest,))
    assert seen.status[first.digest] == "superseded", "the older sheet is never shown in its stead"
    assert world.view().current("scoresheet", "dpt", "ev1") == third.digest


def test_two_versions_have_no_value_until_both_are_superseded() -> None:
    world = World()
    one, two = world.sheet("ev1", score=1), world.sheet("ev1", score=2)
    seen = world.view()
    cell = seen.cells["scoresheet", "dpt", "ev1"]
    assert (cell.state, cell.digest) == ("conflict", "")
    assert cell.candidates == tuple(sorted((one.digest, two.digest)))
    assert {seen.status[one.digest], seen.status[two.digest]} == {"two-versions"}
    half = world.sheet("ev1", seq=2, score=3, supersedes=(one.digest,))
    assert world.view().cells["scoresheet", "dpt", "ev1"].state == "conflict"
    healed = world.sheet("ev1", seq=3, score=4, supersedes=tuple(sorted((half.digest, two.digest))))
    assert world.view().current("scoresheet", "dpt", "ev1") == healed.digest
    later = world.sheet("ev1", seq=4, score=5, supersedes=(healed.digest,))
    assert world.view().current("scoresheet", "dpt", "ev1") == later.digest, "the lineage heals for good"


def test_two_versions_at_the_top_heal_nothing_below() -> None:
    world = World()
    first = world.sheet("ev1")
    tops = [world.sheet("ev1", seq=2, score=n, supersedes=(first.digest,)) for n in (1, 2)]
    cell = world.view().cells["scoresheet", "dpt", "ev1"]
    assert (cell.state, cell.candidates) == ("conflict", tuple(sorted(top.digest for top in tops)))


def test_superseding_both_tops_settles_what_either_settled() -> None:
    world = World()
    below = [world.sheet("ev1", score=n) for n in (1, 2)]
    one = world.sheet("ev1", seq=2, score=3, supersedes=tuple(sorted(d.digest for d in below)))
    two = world.sheet("ev1", seq=2, score=4, supersedes=(below[0].digest,))
    candidates = tuple(sorted((one.digest, two.digest)))
    assert world.view().cells["scoresheet", "dpt", "ev1"].candidates == candidates
    settled = world.sheet("ev1", seq=3, score=5, supersedes=candidates)
    assert world.view().current("scoresheet", "dpt", "ev1") == settled.digest


def test_many_versions_cost_no_more_each() -> None:
    """Somebody who signs hundreds of versions of one number over a long lineage slows nobody down."""
    world = World()
    newest = world.sheet("ev1")
    for seq in range(2, 200):
        newest = world.sheet("ev1", seq=seq, supersedes=(newest.digest,))
    for score in range(200):
        world.sheet("ev1", seq=200, score=score, supersedes=(newest.digest,))
    assert _calls(world) < 200 * len(world.made)
    assert len(world.view().cells["scoresheet", "dpt", "ev1"].candidates) == 200


def test_a_parent_of_another_slot_is_refused_its_place() -> None:
    world = World()
    wrong = world.sheet("ev1", seq=2, supersedes=(world.sheet("ev2").digest,))
    seen = world.view()
    assert seen.status[wrong.digest] == "parent-mismatch"
    assert seen.cells["scoresheet", "dpt", "ev1"].state == "held"


@pytest.mark.parametrize("seq", [3, 5, 2**53])
def test_a_number_that_does_not_follow_takes_no_place_and_its_owner_goes_on(seq: int) -> None:
    world = World()
    one = world.sheet("chair")
    jump = world.sheet("chair", seq=seq, supersedes=(one.digest,))
    on_top = [world.sheet("chair", seq=n, supersedes=(jump.digest,)) for n in (2, seq + 1) if n <= 2**53]
    seen = world.view()
    assert seen.current("scoresheet", "dpt", "chair") == one.digest
    assert {seen.status[later.digest] for later in (jump, *on_top)} == {"seq-jump"}

    two = world.sheet("chair", seq=2, supersedes=(one.digest,))
    assert world.view().current("scoresheet", "dpt", "chair") == two.digest


def test_a_number_is_counted_from_the_highest_of_several() -> None:
    world = World()
    one, other = world.sheet("ev1"), world.sheet("ev1", score=50)
    two = world.sheet("ev1", seq=2, supersedes=(one.digest,))
    for seq, settles in ((4, False), (3, True)):
        healed = world.sheet("ev1", seq=seq, supersedes=tuple(sorted((two.digest, other.digest))))
        assert (world.view().current("scoresheet", "dpt", "ev1") == healed.digest) is settles


def test_what_rests_on_nothing_that_is_here_holds_its_place_up_to_a_limit() -> None:
    """Above the limit it takes none, at the limit the owner can still sign the next: nobody counts himself out."""
    world = World()
    nowhere = ("sha256:" + "7" * 64,)
    one = world.sheet("ev1")
    beyond = world.sheet("ev1", seq=FURTHEST_ALONE + 1, supersedes=nowhere)
    assert world.view().current("scoresheet", "dpt", "ev1") == one.digest
    assert world.view().status[beyond.digest] == "seq-jump"

    held = world.sheet("ev1", seq=FURTHEST_ALONE, supersedes=nowhere)
    cell = world.view().cells["scoresheet", "dpt", "ev1"]
    assert (cell.state, cell.code, cell.candidates) == ("held", "parent-awaited", (held.digest,))

    on = world.sheet("ev1", seq=FURTHEST_ALONE + 1, supersedes=(held.digest,))
    assert world.view().current("scoresheet", "dpt", "ev1") == on.digest


def test_a_recusal_is_not_jumped_over() -> None:
    world = World()
    recused = world.declaration("ev1", state="recused")
    world.declaration("ev1", seq=9, supersedes=(recused.digest,))
    assert world.view().recused("dpt", "ev1")


# --- criteria


def test_sheets_of_other_criteria_do_not_count() -> None:
    world = World()
    sheet = world.sheet("ev1")
    second = world.criteria_document(tolerance=2, seq=2, supersedes=(world.criteria.digest,))
    seen = world.view()
    assert (seen.criteria_digest, seen.status[sheet.digest]) == (second.digest, "other-criteria")
    world.criteria = second
    again = world.sheet("ev1", seq=2, supersedes=(sheet.digest,))
    assert world.view().current("scoresheet", "dpt", "ev1") == again.digest


def test_sheets_wait_for_their_criteria() -> None:
    world = World()
    sheet = world.sheet("ev1")
    seen = world.without(world.criteria)
    assert (seen.criteria_digest, seen.status[sheet.digest]) == (None, "parent-awaited")


def test_disputed_criteria_hold_every_sheet() -> None:
    world = World()
    sheet = world.sheet("ev1")
    world.criteria_document(tolerance=2)
    seen = world.view()
    assert (seen.criteria_digest, seen.status[sheet.digest]) == (None, "criteria-unsettled")
    assert seen.cells["scoresheet", "dpt", "ev1"].state == "held"


def test_a_roster_that_names_its_criteria_decides() -> None:
    world = World()
    first = world.criteria
    newer = world.criteria_document(tolerance=2, seq=2, supersedes=(first.digest,))
    pin = world.next_roster(header={"criteria": first.digest})
    seen = world.view()
    assert (seen.criteria_digest, seen.status[newer.digest]) == (first.digest, "criteria-not-in-roster")
    world.next_roster(pin, header={"criteria": newer.digest})
    seen = world.view()
    assert (seen.criteria_digest, seen.status[first.digest]) == (newer.digest, "superseded")
    assert world.without(newer).cells["criteria",].state == "held"


# --- closing


def test_after_the_closing_roster_nothing_new_counts() -> None:
    world = World()
    done = world.panel_done()
    closing = world.next_roster(state="closed", accepted=tuple(sorted(set(world.made) - {world.named})))
    assert set(world.view().status.values()) == {"counted", "superseded"}
    world.roster = closing
    late = world.sheet("ev1", seq=2, supersedes=(done["ev1"].digest,))
    other = world.sheet("ev3", "oic")
    extract = world.extract()
    seen = world.view()
    assert (seen.status[late.digest], seen.status[other.digest]) == ("after-closing",) * 2
    assert seen.current("scoresheet", "dpt", "ev1") == done["ev1"].digest
    assert seen.status[extract.digest] == "counted", "a closing roster can't list its own extract"


# --- rosters in the view


def test_every_roster_has_its_status() -> None:
    world = World()
    second = world.next_roster()
    half = world.next_roster(second, signers=ROOTS[:1])
    rival = world.first_roster(title_en="Rival")
    orphan = World().next_roster(half, title_en="Orphan")
    stray = world.next_roster(rival)
    seen = world.view([*world.made.values(), orphan])
    codes = [seen.status[r.digest] for r in (world.roster, second, half, rival, orphan, stray)]
    assert codes == ["superseded", "counted", "under-signed", "other-roster", "other-roster", "other-roster"]
    assert world.without(second).status[half.digest] == "parent-awaited"


def test_a_hostile_roster_changes_nothing() -> None:
    world = World()
    world.panel_done()
    before = world.view()
    roots = tuple(RootPerson(person=name, key=key_of(name)) for name in ("x", "y", "z"))
    hostile = world.next_roster(signers=("x", "y"), roots=roots, persons=(person("ev1", ("w", "active")),))
    seen = world.view()
    assert seen.status[hostile.digest] == "under-signed"
    assert (seen.cells, seen.chain) == (before.cells, before.chain)


# --- size


def test_the_view_grows_with_the_set_and_no_faster() -> None:
    """Calls are counted, not seconds: a loop over pairs would make each document cost more in a larger set."""
    small, large = (_calls_per_document(agencies) for agencies in (5, 60))
    assert large < small * 1.5, (small, large)


def _calls_per_document(agencies: int) -> float:
    names = [f"a{n}" for n in range(agencies)]
    members = [f"e{n}" for n in range(10)]
    world = World()
    world.restart(
        agencies=tuple(agency(name) for name in names),
        panels=tuple(panel(name, members, chair="e0") for name in names),
        persons=tuple(person(name) for name in (*PEOPLE, *members)),
    )
    for name in names:
        for member in members:
            world.declaration(member, name)
        sheets = [world.sheet(member, name) for member in members]
        world.consensus(world.reveal(sheets, name, who="e0"), sheets, name, who="e0")
    assert set(world.view().status.values()) == {"counted"}
    return _calls(world) / len(world.made)


def _calls(world: World) -> int:
    """Return how many calls one view of a world takes."""
    facts = [fact_of(document) for document in world.made.values()]
    calls = 0

    def count(frame: object, happened: str, argument: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        view(facts, {world.roster.digest: world.roster}, world.named)
    finally:
        sys.setprofile(before)
    return calls
