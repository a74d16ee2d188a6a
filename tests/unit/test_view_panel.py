# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What counts at the panel's table: recusal, reveal, consensus, results, endorsements, and who is the chair."""

from trust_world import World, panel, people, person

# --- recusal


def test_a_recused_persons_sheet_is_not_counted() -> None:
    world = World()
    sheet = world.sheet("ev1")
    told = world.declaration("ev1", state="recused")
    seen = world.view()
    assert (seen.status[sheet.digest], seen.status[told.digest]) == ("signer-recused", "counted")
    cell = seen.cells["scoresheet", "dpt", "ev1"]
    assert (cell.state, cell.digest) == ("recused", told.digest)
    assert seen.recused("dpt", "ev1")
    assert not seen.recused("oic", "ev1")
    world.declaration("ev1", seq=2, supersedes=(told.digest,))
    seen = world.view()
    assert (seen.status[sheet.digest], seen.recused("dpt", "ev1")) == ("counted", False)


def test_a_disputed_recusal_is_not_in_force() -> None:
    world = World()
    sheet = world.sheet("ev1")
    world.declaration("ev1", state="recused")
    world.declaration("ev1", state="no_conflict")
    seen = world.view()
    assert (seen.cells["declaration", "dpt", "ev1"].state, seen.status[sheet.digest]) == ("conflict", "counted")


def test_who_recused_leads_and_endorses_nothing() -> None:
    world = World()
    done = world.panel_done()
    word = world.endorsement("ev1", done["consensus"], done["ev1"])
    world.declaration("ev1", state="recused")
    world.declaration("chair", "oic", state="recused")
    reveal = world.reveal([world.sheet("chair", "oic")], "oic")
    seen = world.view()
    assert seen.status[word.digest] == "signer-recused"
    assert seen.status[reveal.digest] == "signer-recused"
    assert seen.cells["consensus", "dpt"].gone == (done["ev1"].digest,)


# --- reveal and consensus


def test_a_reveal_rests_on_the_chairs_own_scored_sheet() -> None:
    world = World()
    sheet = world.sheet("ev1")
    reveals = [
        world.reveal([sheet], "dpt"),
        world.reveal([world.sheet("chair", "oic", items=())], "oic"),
    ]
    seen = world.view()
    assert [seen.status[reveal.digest] for reveal in reveals] == ["own-sheet-missing"] * 2
    assert seen.cells["reveal", "dpt"].state == "held"


def test_a_reveal_lists_sheets_of_its_agency() -> None:
    world = World()
    mixed = world.reveal([world.sheet("chair"), world.sheet("ev1", "oic")])
    assert world.view().status[mixed.digest] == "parent-mismatch"


def test_a_consensus_waits_for_its_reveal_and_its_sheets() -> None:
    world = World()
    done = world.panel_done()
    for part in ("reveal", "ev1", "chair"):
        seen = world.without(done[part])
        assert seen.status[done["consensus"].digest] == "parent-awaited"
        assert seen.cells["consensus", "dpt"].state == "held"


def test_a_consensus_needs_a_reveal_that_counts() -> None:
    world = World()
    done = world.panel_done()
    world.reveal([done["chair"]])
    seen = world.view()
    assert seen.cells["reveal", "dpt"].state == "conflict"
    assert seen.status[done["consensus"].digest] == "reveal-not-counted"


def test_a_consensus_may_rest_on_an_older_reveal_of_its_agency_only() -> None:
    world = World()
    done = world.panel_done()
    sheets = [done[name] for name in ("chair", "ev1", "ev2")]
    world.reveal(sheets, seq=2, supersedes=(done["reveal"].digest,))
    assert world.view().status[done["consensus"].digest] == "counted"
    other = world.panel_done("oic")
    mixed = world.consensus(done["reveal"], [other["chair"]], "oic", seq=2, supersedes=(other["consensus"].digest,))
    assert world.view().status[mixed.digest] == "parent-mismatch"


def test_a_late_sheet_makes_the_consensus_stale_and_tells_which() -> None:
    world = World()
    sheets = {name: world.sheet(name) for name in ("chair", "ev1")}
    reveal = world.reveal(list(sheets.values()))
    consensus = world.consensus(reveal, list(sheets.values()), missing=("ev2",))
    assert world.view().status[consensus.digest] == "counted"
    late = world.sheet("ev2")
    revised = world.sheet("ev1", seq=2, supersedes=(sheets["ev1"].digest,), after=True)
    seen = world.view()
    cell = seen.cells["consensus", "dpt"]
    assert (cell.state, cell.digest, seen.status[consensus.digest]) == ("stale", consensus.digest, "stale")
    assert cell.came == tuple(sorted((late.digest, revised.digest)))
    assert cell.gone == (sheets["ev1"].digest,)
    assert [seen.cells["scoresheet", "dpt", who].late for who in ("chair", "ev1", "ev2")] == [False, True, True]
    cleared = world.consensus(reveal, [sheets["chair"], revised, late], seq=2, supersedes=(consensus.digest,))
    assert world.view().current("consensus", "dpt") == cleared.digest


def test_stale_blocks_official_results_and_no_drafts() -> None:
    world = World()
    done = world.panel_done()
    world.sheet("ev1", seq=2, supersedes=(done["ev1"].digest,))
    draft = world.result(done["consensus"])
    assert world.view().status[draft.digest] == "counted"
    official = world.result(
        done["consensus"], official=True, signers=("sec0", "sec1"), seq=2, supersedes=(draft.digest,)
    )
    seen = world.view()
    assert (seen.status[official.digest], seen.cells["result", "dpt"].state) == ("stale", "stale")


def test_a_result_of_an_older_consensus_is_stale() -> None:
    world = World()
    done = world.panel_done()
    result = world.result(done["consensus"])
    ranking = world.ranking(result)
    sheets = [done[name] for name in ("chair", "ev1", "ev2")]
    world.consensus(done["reveal"], sheets, seq=2, score=5, supersedes=(done["consensus"].digest,))
    seen = world.view()
    assert (seen.status[result.digest], seen.status[ranking.digest]) == ("stale", "stale")


def test_an_official_result_needs_the_threshold_of_different_persons() -> None:
    world = World()
    done = world.panel_done()
    alone = world.result(done["consensus"], official=True)
    assert world.view().status[alone.digest] == "under-signed"
    with_member = world.result(done["consensus"], official=True, signers=("sec0", "ev1"), app="other")
    assert world.view().status[with_member.digest] == "under-signed"
    both = world.result(done["consensus"], official=True, signers=("sec0", "sec1"), app="third")
    assert world.view().current("result", "dpt") == both.digest
    extract = world.extract(signers=("sec0",))
    assert world.view().status[extract.digest] == "under-signed"


def test_a_compromised_key_countersigns_nothing() -> None:
    world = World()
    done = world.panel_done()
    both = world.result(done["consensus"], official=True, signers=("sec0", "sec1"))
    world.next_roster(persons=people(person("sec1", ("sec1", "compromised"))))
    assert world.view().status[both.digest] == "under-signed"


# --- endorsements


def test_an_endorsement_confirms_the_own_sheet() -> None:
    world = World()
    done = world.panel_done()
    foreign = world.endorsement("ev1", done["consensus"], done["ev2"])
    assert world.view().status[foreign.digest] == "own-sheet-mismatch"
    elsewhere = world.endorsement("ev2", done["consensus"], world.sheet("ev2", seq=2, supersedes=(done["ev2"].digest,)))
    assert world.view().status[elsewhere.digest] == "own-sheet-mismatch"
    held = World()
    done = held.panel_done()
    word = held.endorsement("ev1", done["consensus"], done["ev1"])
    assert held.without(done["consensus"]).status[word.digest] == "parent-awaited"


def test_an_endorsement_of_an_older_consensus_is_superseded() -> None:
    world = World()
    done = world.panel_done()
    word = world.endorsement("ev1", done["consensus"], done["ev1"])
    sheets = [done[name] for name in ("chair", "ev1", "ev2")]
    world.consensus(done["reveal"], sheets, seq=2, score=5, supersedes=(done["consensus"].digest,))
    assert world.view().status[word.digest] == "superseded"


# --- the chair


def test_an_earlier_chairs_documents_count_only_when_kept() -> None:
    world = World()
    done = world.panel_done()
    panels = (panel("dpt", chair="ev1"), panel("oic"))
    replaced = world.next_roster(panels=panels)
    seen = world.view()
    assert (seen.status[done["reveal"].digest], seen.status[done["consensus"].digest]) == ("chair-replaced",) * 2
    assert seen.cell("consensus", "dpt") is None
    world.next_roster(replaced, kept=tuple(sorted((done["reveal"].digest, done["consensus"].digest))))
    assert world.view().current("consensus", "dpt") == done["consensus"].digest


def test_the_new_chair_continues_the_lineage() -> None:
    world = World()
    done = world.panel_done()
    world.roster = world.next_roster(panels=(panel("dpt", chair="ev1"), panel("oic")))
    sheets = [done[name] for name in ("chair", "ev1", "ev2")]
    reveal = world.reveal(sheets, who="ev1", seq=2, supersedes=(done["reveal"].digest,))
    consensus = world.consensus(reveal, sheets, who="ev1", seq=2, supersedes=(done["consensus"].digest,))
    seen = world.view()
    assert (seen.current("consensus", "dpt"), seen.cells["consensus", "dpt"].seq) == (consensus.digest, 2)


def test_the_acting_chair_leads_where_one_is_named() -> None:
    world = World()
    world.roster = world.next_roster(panels=(panel("dpt", acting_chair="ev1"), panel("oic")))
    sheets = [world.sheet(name) for name in ("ev1", "ev2")]
    world.declaration("chair", state="recused")
    acting = world.reveal(sheets, who="ev1")
    absent = world.reveal([world.sheet("chair")])
    seen = world.view()
    assert (seen.status[acting.digest], seen.status[absent.digest]) == ("counted", "chair-replaced")


def test_a_chair_who_left_keeps_what_the_roster_keeps() -> None:
    world = World()
    done = world.panel_done()
    kept = tuple(sorted((done["reveal"].digest, done["consensus"].digest, done["chair"].digest)))
    panels = (panel("dpt", ("ev1", "ev2"), chair="ev1"), panel("oic", ("ev1", "ev2"), chair="ev1"))
    world.next_roster(panels=panels, persons=people(but=("chair",)), kept=kept)
    seen = world.view()
    assert seen.status[done["chair"].digest] == "role-not-yours"
    assert seen.status[done["reveal"].digest] == "counted"
    cell = seen.cells["consensus", "dpt"]
    assert (cell.state, cell.gone) == ("stale", (done["chair"].digest,)), "the new chair clears it by one act"
