# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's laptop dies with its key and its registry: the recovery key and the files bring all of it back."""

import json
import shutil
from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE
from officers import MADE_AT
from stranger import second_opinion
from trust_round import AGENCY, CHEAP, TrustRound

from pmqa_desktop.cli import run
from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.merging import state_of
from pmqa_desktop.services.exchange.intake import import_files
from pmqa_desktop.services.registry.service import RegistryService
from pmqa_desktop.services.rounds.recovery import RecoveryService, make_recovery
from pmqa_desktop.services.rounds.rosters import read_rosters, review, write_rosters

SECRET = "words for the safe"


@pytest.fixture
def safe(tmp_path):
    folders = (tmp_path / "safe-1", tmp_path / "safe-2")
    for folder in folders:
        folder.mkdir()
    return make_recovery(folders, SECRET, rehearsal=False, cost=CHEAP)


@pytest.fixture
def round_(tmp_path, safe):
    with ExitStack() as stack:
        yield TrustRound(tmp_path / "round", stack, recovery=safe.recipient)


def evaluated(round_, registry):
    """Play the evaluation of one agency; return every sealed file that went to the secretariat."""
    files = []
    laptops = {name: round_.laptop(name) for name in ("chair", "expert-1", "expert-2")}
    for laptop in laptops.values():
        round_.judge(laptop)
        files.append(round_.export(laptop, "scoresheet"))
    chair = laptops["chair"]
    round_.take(chair, *files)
    chair.panel.reveal(AGENCY, PASSPHRASE)
    files.append(round_.export(chair, "reveal"))
    chair.panel.settle_agreed(AGENCY)
    for row in chair.panel.matrix(AGENCY).rows:
        if not row.is_settled:
            chair.panel.settle(AGENCY, row.item, chair.panel.item(AGENCY, row.item).proposal, "หารือแล้ว")
    chair.panel.sign(AGENCY, PASSPHRASE)
    files.append(round_.export(chair, "consensus"))
    round_.take(registry, *files)
    return files


def new_secretary(round_):
    """Enrol a new key of the secretariat: signed by two officers, under the roster before and the new one."""
    dead = round_.identities["office-1"].key
    new = round_.office.new_key("office-1")
    asked = round_.office.enrolled(new)
    body = edits.with_key(round_.body, "office-1", asked.key, asked.recipient)
    body = edits.with_root(edits.with_key_state(body, dead, "retired"), "office-1", new.key)
    digest, offered = round_.offer(body, "เครื่องของฝ่ายเลขานุการเสีย", by="office-2")
    signed = round_.sign(offered, digest, "office-3")
    documents = read_rosters([offered, signed])
    assert review(documents, digest).in_force
    round_.documents = {**round_.documents, **documents}
    return new, signed


def test_a_dead_laptop_and_key_of_the_secretariat_lose_nothing(round_, safe, tmp_path):
    registry = round_.laptop("office-1")
    files = evaluated(round_, registry)
    before = {one.digest: one.admitted() for one in registry.session.documents.envelopes()}
    (scored,) = RegistryService(registry.session).results().ranking
    registry.session.close()
    shutil.rmtree(round_.folder / "office-1")

    new, change = new_secretary(round_)
    fresh = round_.laptop("office-1", "office-1-new", new)
    refused = import_files(fresh.session, files)
    assert {one.refusal.code for one in refused.files if one.refusal} == {"not-for-this-key"}
    assert len(refused.files) == len(files) == sum(one.outcome == "refused" for one in refused.files)

    report = RecoveryService(fresh.session).take(files, safe.keys[1].path, SECRET)

    assert report.good
    joined = {**before, **{d: one for d, one in round_.documents.items() if one.kind == "roster"}}
    assert fresh.session.documents.state() == state_of(joined)
    (again,) = RegistryService(fresh.session).results().ranking
    assert (again.total, again.official, again.consensus) == (scored.total, scored.official, scored.consensus)
    assert [e.action for e in fresh.session.audit.entries()].count("use-recovery-key") == 1
    assert not list((round_.folder / "office-1-new").glob("recovery*")), "the recovery key was copied to the laptop"
    file = round_.file_of([one.admitted() for one in fresh.session.documents.envelopes()])
    code, told = second_opinion(file.parent, file, "--first", round_.first)
    assert (code, told["agencies"][AGENCY]["total"]) == (0, str(again.total))

    round_.identities["office-1"] = new
    later = round_.laptop("expert-1")
    round_.take(later, change)
    round_.judge(later, leave_out=("1.1.S1",), reason="ทบทวนหลักฐาน")
    assert round_.deliver(later, fresh, "scoresheet").good, "what is sealed from now on opens with the new key"


def test_the_recovery_key_alone_brings_the_registry_back_by_command(round_, safe, tmp_path, capsys, monkeypatch):
    registry = round_.laptop("office-1")
    files = evaluated(round_, registry)
    state = registry.session.documents.state()
    registry.session.close()
    roster = write_rosters(
        round_.documents, round_.new_folder(), round_.identities["office-2"], made_at=MADE_AT, app="test"
    )
    monkeypatch.setenv("PMQA_PASSPHRASE", SECRET)
    db = tmp_path / "elsewhere.db"

    given = [*map(str, files), str(roster.path)]
    key = str(safe.keys[0].path)
    assert run(["identity", "recovery", "drill", key, *given, "--roster", str(roster.path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["passed"]
    assert run(["merge", "--into", str(db), "--trust", round_.first, "--key", key, *given, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == state
    assert run(["verify", *given, "--key", key, "--roster", str(roster.path)]) == 0
    assert all(k.recipient != safe.recipient for p in round_.body.persons for k in p.keys)
