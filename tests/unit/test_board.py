# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Expected against received: counts that add up, and every exception shown."""

import json

from trust_world import World

from pmqa_desktop.domain.board import Board, board


def cells_of(drawn: Board, at: str = "dpt") -> dict[str, str]:
    row = next(row for row in drawn.rows if row.agency == at)
    return {cell.person: cell.state for cell in row.seats} | {"consensus": row.consensus.state}


def proven(drawn: Board) -> Board:
    assert drawn.expected == drawn.received + len(drawn.missing)
    return drawn


def test_an_empty_round_awaits_everything() -> None:
    drawn = proven(board(World().view()))
    assert (drawn.expected, drawn.received, drawn.complete) == (8, 0, False)
    assert cells_of(drawn) == dict.fromkeys(("chair", "ev1", "ev2", "consensus"), "awaited")
    assert drawn.missing[0].to_json() == {
        "agency": "dpt", "kind": "scoresheet", "seat": "s-chair", "person": "chair", "state": "awaited", "code": None,
    }  # fmt: skip


def test_a_whole_round_is_complete() -> None:
    world = World()
    for at in ("dpt", "oic"):
        world.panel_done(at)
    drawn = proven(board(world.view()))
    assert (drawn.expected, drawn.received, drawn.missing, drawn.complete) == (8, 8, (), True)
    told = drawn.to_json()
    assert json.loads(json.dumps(told)) == told
    assert (told["expected"], told["received"], told["missing"], told["unexpected"], told["conflicts"]) == (
        8,
        8,
        [],
        [],
        [],
    )


def test_a_recusal_counts_as_received() -> None:
    world = World()
    world.declaration("ev1", state="recused")
    drawn = proven(board(world.view()))
    assert (drawn.received, cells_of(drawn)["ev1"]) == (1, "recused")


def test_held_and_disputed_sheets_are_missing_and_told() -> None:
    world = World()
    first = world.sheet("ev1")
    held = world.sheet("ev1", seq=2, supersedes=(first.digest,))
    world.sheet("ev2", score=1)
    world.sheet("ev2", score=2)
    drawn = proven(board(world.view(d for d in world.made.values() if d is not first)))
    assert drawn.received == 0
    assert (cells_of(drawn)["ev1"], cells_of(drawn)["ev2"]) == ("held", "conflict")
    assert [conflict.slot for conflict in drawn.conflicts] == [("scoresheet", "dpt", "ev2")]
    assert len(drawn.conflicts[0].candidates) == 2
    codes = {cell.person: (cell.state, cell.code, cell.seq) for cell in drawn.missing if cell.agency == "dpt"}
    assert codes["ev1"] == ("held", "parent-awaited", held.document.seq)


def test_a_stale_consensus_is_here_and_the_round_not_complete() -> None:
    world = World()
    for at in ("dpt", "oic"):
        done = world.panel_done(at)
    revised = world.sheet("ev1", "oic", seq=2, supersedes=(done["ev1"].digest,))
    drawn = proven(board(world.view()))
    assert (drawn.received, drawn.complete) == (8, False)
    assert [(cell.agency, cell.came, cell.gone) for cell in drawn.stale] == [
        ("oic", (revised.digest,), (done["ev1"].digest,))
    ]
    row = drawn.rows[1]
    assert [cell.late for cell in row.seats] == [False, True, False]
    assert row.revealed


def test_what_nobody_expects_is_listed() -> None:
    world = World()
    made = [world.sheet("ev3"), world.sheet("ev1", device="ev2"), world.sheet("ev1", "nowhere")]
    drawn = proven(board(world.view()))
    found = {one.digest: one.code for one in drawn.unexpected}
    codes = ["role-not-yours", "key-not-yours", "seat-not-yours"]
    assert found == {document.digest: code for document, code in zip(made, codes, strict=True)}
    assert drawn.received == 0


def test_superseded_and_stale_documents_are_not_unexpected() -> None:
    world = World()
    done = world.panel_done()
    world.sheet("ev1", seq=2, supersedes=(done["ev1"].digest,))
    assert board(world.view()).unexpected == ()


def test_endorsements_are_counted_apart() -> None:
    world = World()
    done = world.panel_done()
    world.endorsement("ev1", done["consensus"], done["ev1"])
    world.endorsement("ev2", done["consensus"], done["ev2"], agrees=False)
    drawn = proven(board(world.view()))
    counts = drawn.endorsements
    assert (counts.expected, counts.received, counts.dissents) == (3, 2, 1)
    assert [cell.endorsement for cell in drawn.rows[0].seats] == ["awaited", "agrees", "dissents"]
    assert [cell.endorsement for cell in drawn.rows[1].seats] == ["", "", ""]


def test_a_board_without_trust_expects_nothing() -> None:
    world = World(rehearsal=False)
    world.named = None
    drawn = board(world.view())
    assert (drawn.expected, drawn.problem, drawn.complete) == (0, "no-trusted-roster", False)


def test_a_forked_round_is_not_complete() -> None:
    world = World()
    for at in ("dpt", "oic"):
        world.panel_done(at)
    world.next_roster(title_en="One")
    world.next_roster(title_en="Two")
    drawn = proven(board(world.view()))
    assert (drawn.received, drawn.complete, drawn.problem) == (8, False, "roster-fork")
    assert [conflict.slot for conflict in drawn.conflicts] == [("roster",)]
