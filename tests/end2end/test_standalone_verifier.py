# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The program held against a verifier that shares nothing with it but the specification."""

import importlib.util
import json
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from merge_swarm import Seeded, Swarm
from round_files import live_round
from stranger import PROGRAM, second_opinion

from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.domain.criteria import freeze
from pmqa_desktop.domain.payload import encode_payload
from pmqa_desktop.domain.scoring import official, score_sheet
from pmqa_desktop.services.editions import shipped_edition
from pmqa_desktop.services.registry.service import RegistryService, import_files, open_registry
from pmqa_desktop.sync.envelope import envelope_line

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "data" / "bundles"


@pytest.fixture(scope="module")
def stranger():
    """The program as a module, for comparing many cases quickly."""
    found = importlib.util.spec_from_file_location("verify_bundle", PROGRAM)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_it_is_one_short_page_without_anything_of_the_program():
    text = PROGRAM.read_text(encoding="utf-8")

    assert len(text.splitlines()) < 250
    assert "import pmqa" not in text and "from pmqa" not in text


def test_it_finds_every_final_score_of_the_practice_round(practice, tmp_path):
    session = open_registry(tmp_path / "r.db", clock=lambda: datetime.now(UTC), app="test", create=True)
    import_files(session, [practice / "roster.pmqa", practice / "clear"])
    ours = RegistryService(session).results()
    session.close()

    code, told = second_opinion(tmp_path, practice / "roster.pmqa", practice / "clear")

    assert (code, told["refused"], told["not_counted"]) == (0, {}, {})
    assert (told["roster"], told["criteria"]) == (ours.roster, ours.criteria)
    for row in ours.agencies:
        theirs = told["agencies"][row.agency]
        assert (theirs["total"], theirs["official"], theirs["level"]) == (str(row.total), row.official, row.level)
        assert theirs["categories"] == {code: str(exact) for code, exact in row.categories}
        assert (theirs["state"], theirs["consensus"]) == (row.state, row.consensus)


def test_a_missing_or_changed_file_leaves_no_final_score(practice, tmp_path):
    copy = tmp_path / "clear"
    shutil.copytree(practice / "clear", copy)
    sheet = copy / "scoresheet-expert-2-moi-ops.pmqa"
    data = sheet.read_bytes()
    sheet.write_bytes(data.replace(b'"payload":"', b'"payload":"A', 1))
    code, told = second_opinion(tmp_path, practice / "roster.pmqa", copy)
    assert code == 1 and [Path(file).name for file in told["refused"]] == [sheet.name]
    assert told["agencies"]["moi-ops"]["state"] != "complete" == told["agencies"]["sample-dept"]["state"]

    sheet.unlink()
    code, told = second_opinion(tmp_path, practice / "roster.pmqa", copy)
    assert code == 1 and told["refused"] == {} and "total" not in told["agencies"]["moi-ops"]


def test_it_reads_every_clear_golden_file_and_refuses_the_sealed_one(tmp_path):
    code, told = second_opinion(tmp_path, GOLDEN)

    assert code == 1 and [Path(file).name for file in told["refused"]] == ["sealed.pmqa"]
    assert set(told["agencies"]) <= {"moi-ops"}


def test_a_real_round_has_to_be_named(tmp_path):
    live = live_round()
    live.write(tmp_path / "stick")

    assert "--first" in second_opinion(tmp_path, tmp_path / "stick")[1]["problem"]
    code, told = second_opinion(tmp_path, tmp_path / "stick", "--first", live.roster.digest)
    assert code == 0 and {one["state"] for one in told["agencies"].values()} == {"complete"}
    assert second_opinion(tmp_path, tmp_path / "stick", "--first", "sha256:" + "0" * 64)[0] == 1


# --- scoring -------------------------------------------------------------------------------------------------


def any_indicators(item, chance):
    for known in item.indicators:
        if chance.random() < 0.97:
            result = f"{chance.randint(0, 2000) / 10}"
            target = chance.choice(["", "", "80", "0"]) if known.rule == "success_percent_steps" else ""
            zero = {"score": chance.randint(0, 500), "reason": "ไม่มีเป้าหมาย"} if target == "0" else {}
            yield IndicatorAnswer(code=known.code, result=result, target=target, **zero)
    for own in range(chance.choice([0, 0, 1, 2])):
        way = chance.choice(["higher_is_better", "lower_is_better", None])
        yield IndicatorAnswer(
            code=f"X{own}", result=f"{chance.randint(0, 3000) / 10}", target=f"{chance.randint(1, 200)}", direction=way
        )


def any_sheet(criteria, chance):
    """Answers to nearly everything, of every kind the edition knows."""
    answers = {}
    for item in criteria.edition.items:
        if chance.random() < 0.01:
            continue
        if chance.random() < 0.03 and criteria.settings.not_applicable_allowed:
            answers[item.code] = Answer(state="not_applicable", reason="ไม่มีภารกิจ")
        elif item.kind == "checklist":
            keen = chance.choice([1.0, 1.0, 0.95, 0.7])
            answers[item.code] = Answer(ticks=tuple(sorted(p.id for p in item.points if chance.random() < keen)))
        elif item.kind == "band":
            percents = [percent for band in criteria.edition.bands_of(item.scheme) for percent in band.percents]
            answers[item.code] = Answer(percent=chance.choice(percents))
        else:
            answers[item.code] = Answer(indicators=tuple(any_indicators(item, chance)))
    return answers


def any_settings(name, chance):
    common = {"not_applicable_allowed": True, "official_rounding": chance.choice(["truncate", "half_up", "half_even"])}
    common |= {"official_decimals": chance.randint(0, 3)}
    if name == "pmqa2562":
        return common
    switches = ("truncate_inside_category7", "partial_credit", "gated_levels")
    more = {key: chance.random() < 0.5 for key in switches}
    return common | more | {"category_weights": [chance.randint(0, 3) for _ in range(6)] + [1]}


@pytest.mark.parametrize("name", ["pmqa40", "pmqa2562"])
def test_both_score_every_sheet_alike(stranger, name):
    chance, totals = random.Random(name), 0
    for _ in range(60):
        criteria = freeze(shipped_edition(name), any_settings(name, chance))
        answers = any_sheet(criteria, chance)
        ours = score_sheet(criteria, answers)
        # Over the wire, as the documents carry them: keys in another order, defaults left out.
        body = json.loads(json.dumps(criteria.body().edition, sort_keys=True))
        plain = {code: json.loads(encode_payload(answer)) for code, answer in answers.items()}
        theirs = stranger.score(body, criteria.body().settings, plain)
        assert theirs["total"] == ours.total
        assert theirs["categories"] == dict(ours.categories)
        assert theirs["items"] == {code: score.exact for code, score in ours.items.items()}
        if ours.total is not None:
            totals += 1
            assert theirs["official"] == official(ours.total, criteria)
            assert theirs["level"] == ours.level
    assert totals > 20


# --- what counts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(160, 176))
def test_both_let_the_same_documents_count(stranger, seed):
    swarm = Swarm(Seeded(seed))
    for _ in range(60):
        swarm.pick(swarm.acts())()
    replica = swarm.replicas[0]
    for other in swarm.replicas[1:]:
        replica.merge(other)
    ours = replica.view(swarm.first.digest)
    documents = {one.digest: one for one in map(stranger.Document, map(envelope_line, replica.documents.values()))}
    rosters = [one for one in documents.values() if one.kind == "roster"]
    if ours.problem:
        with pytest.raises(ValueError, match="nothing is final"):
            stranger.chain_of(rosters, swarm.first.digest)
        return
    chain = stranger.chain_of(rosters, swarm.first.digest)
    theirs = stranger.Round(documents, chain)

    assert tuple(one.digest for one in chain) == ours.chain
    for slot, cell in ours.cells.items():
        if slot[0] in ("reveal", "consensus"):
            expected = cell.digest if cell.state in ("current", "stale") and cell.code in ("", "stale") else None
            found = theirs.current.get(slot)
            assert (found.digest if found else None) == (expected or None), (slot, cell)
        if slot[0] == "scoresheet":
            found = theirs.current.get(slot)
            assert (found.digest if found else None) == (cell.digest if cell.state == "current" else None), (slot, cell)
    assert (theirs.criteria.digest if theirs.criteria else None) == ours.criteria_digest
