# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with keys, laptops, chairs and rosters in a real round, each played through with real files."""

import shutil
from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE, Laptop
from officers import LIVE, MADE_AT, Office, clock
from stranger import second_opinion
from trust_round import AGENCY, TrustRound

from pmqa_desktop.app import App
from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import AssignedAgency
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.exchange.intake import import_files, name_round
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.packing.packs import build_pack
from pmqa_desktop.services.registry.service import RegistryService, open_registry
from pmqa_desktop.services.rounds import opening as rounds
from pmqa_desktop.services.rounds.keeping import acceptable, led_by, signed_with
from pmqa_desktop.services.rounds.rosters import propose, read_rosters, write_rosters


@pytest.fixture
def round_(tmp_path):
    with ExitStack() as stack:
        yield TrustRound(tmp_path, stack)


@pytest.fixture
def registry(round_):
    return round_.laptop("office-1")


def status(laptop: Laptop, digest: str) -> str:
    return laptop.session.view().status[digest]


def cell(laptop: Laptop, kind: str, *rest: str):
    return laptop.session.view().cells[kind, AGENCY, *rest]


def with_new_key(round_, person):
    """Enrol a second laptop's key; return the identity and a body that has it instead of the first."""
    new = round_.office.new_key(person)
    asked = round_.office.enrolled(new)
    body = edits.with_key(round_.body, person, asked.key, asked.recipient)
    return new, edits.with_key_state(body, round_.identities[person].key, "retired")


def panel_settles(round_, chair, reason=""):
    """Settle every item on the chair's laptop and sign the consensus; return its digest."""
    chair.panel.settle_agreed(AGENCY)
    for row in chair.panel.matrix(AGENCY).rows:
        if not row.is_settled:
            chair.panel.settle(AGENCY, row.item, chair.panel.item(AGENCY, row.item).proposal, "หารือแล้ว")
    return chair.panel.sign(AGENCY, PASSPHRASE, reason=reason).digest


def agrees_with_a_stranger(round_, registry):
    """Hold the registry's result against the stand-alone verifier, on a clear file of all documents."""
    file = round_.file_of([one.admitted() for one in registry.session.documents.envelopes()])
    code, told = second_opinion(file.parent, file, "--first", round_.first)
    (row,) = RegistryService(registry.session).results().ranking
    theirs = told["agencies"][AGENCY]
    assert (code, told["refused"], theirs["state"], row.state) == (0, {}, "complete", "complete")
    assert (theirs["consensus"], theirs["total"], theirs["official"]) == (row.consensus, str(row.total), row.official)
    ours = {digest for digest, code in registry.session.view().status.items() if code not in ("counted", "superseded")}
    assert set(told["not_counted"]) == ours


# --- keys and laptops ----------------------------------------------------------------------------------------


def test_a_lost_key_loses_nothing_and_the_next_revision_comes_from_the_new_one(round_, registry):
    old = round_.laptop("expert-1")
    sheet = round_.judge(old)
    round_.deliver(old, registry, "scoresheet")
    old.session.close()
    new, body = with_new_key(round_, "expert-1")
    round_.take(registry, round_.change(body, "เครื่องของผู้ตรวจเสีย"))
    assert status(registry, sheet) == "counted"

    fresh = round_.laptop("expert-1", "expert-1-new", new)
    round_.take(fresh, round_.lineage(registry, "expert-1"))
    revised = round_.judge(fresh, leave_out=("1.1.S1",), reason="ทบทวนหลักฐาน")
    round_.deliver(fresh, registry, "scoresheet")

    assert cell(registry, "scoresheet", "expert-1").digest == revised
    assert (cell(registry, "scoresheet", "expert-1").seq, status(registry, sheet)) == (2, "superseded")


def test_after_a_change_of_laptop_the_old_one_signs_nothing_that_counts(round_, registry):
    old = round_.laptop("expert-1")
    sheet = round_.judge(old)
    round_.deliver(old, registry, "scoresheet")
    _, body = with_new_key(round_, "expert-1")
    change = round_.change(body, "เปลี่ยนเครื่อง")
    for laptop in (registry, old):
        round_.take(laptop, change)

    again = round_.judge(old, leave_out=("1.1.S1",), reason="ยังใช้เครื่องเดิม")
    round_.deliver(old, registry, "scoresheet")

    assert status(registry, again) == "key-retired"
    assert cell(registry, "scoresheet", "expert-1").digest == sheet and status(registry, sheet) == "counted"


def test_a_stolen_laptop_speaks_no_more_and_what_had_arrived_is_kept(round_, registry):
    stolen = round_.laptop("expert-1")
    sheet = round_.judge(stolen)
    round_.deliver(stolen, registry, "scoresheet")
    key = round_.identities["expert-1"].key
    kept = signed_with(registry.session, key)
    assert sheet in kept and len(kept) == 2
    change = round_.change(edits.with_key_state(round_.body, key, "compromised", kept), "เครื่องถูกขโมย")

    forged = round_.judge(stolen, leave_out=("1.1.B1",), reason="ของปลอม")
    report = round_.take(registry, round_.export(stolen, "scoresheet"), change)

    assert {one.outcome for one in report.files} <= {"newer", "new", "partly-known"}
    assert status(registry, forged) == "key-compromised"
    assert cell(registry, "scoresheet", "expert-1").digest == sheet
    assert [one.digest for one in RegistryService(registry.session).board().unexpected] == [forged]


def test_a_stolen_key_without_anything_kept_leaves_the_seat_open(round_, registry):
    stolen = round_.laptop("expert-1")
    sheet = round_.judge(stolen)
    round_.deliver(stolen, registry, "scoresheet")
    body = edits.with_key_state(round_.body, round_.identities["expert-1"].key, "compromised")

    round_.take(registry, round_.change(body))

    assert status(registry, sheet) == "key-compromised"
    assert "expert-1" in {one.person for one in RegistryService(registry.session).board().missing}


def test_a_restored_old_backup_shows_as_two_versions_and_its_owner_settles_them(round_, registry, tmp_path):
    laptop = round_.laptop("expert-2")
    round_.judge(laptop)
    laptop.session.close()
    backup = tmp_path / "backup.db"
    shutil.copyfile(tmp_path / "expert-2" / "workspace.db", backup)
    laptop = round_.laptop("expert-2")
    one = round_.judge(laptop, leave_out=("1.1.S1",), reason="ครั้งที่สอง")
    round_.deliver(laptop, registry, "scoresheet")
    laptop.session.close()

    shutil.copyfile(backup, tmp_path / "expert-2" / "workspace.db")
    restored = round_.laptop("expert-2")
    two = round_.judge(restored, leave_out=("1.1.A1",), reason="ลืมว่าส่งแล้ว")
    report = round_.deliver(restored, registry, "scoresheet")
    assert report.files[0].outcome == "conflict"
    seen = cell(registry, "scoresheet", "expert-2")
    assert (seen.state, seen.digest, seen.candidates) == ("conflict", "", tuple(sorted((one, two))))

    (conflict,) = RegistryService(registry.session).board().conflicts
    returned = ExchangeService(registry.session).return_versions(conflict, round_.new_folder()).path
    round_.take(restored, returned)
    healed = round_.judge(restored, reason="รวมสองฉบับ")
    round_.deliver(restored, registry, "scoresheet")

    assert (cell(registry, "scoresheet", "expert-2").digest, cell(registry, "scoresheet", "expert-2").seq) == (
        healed,
        3,
    )


# --- chairs --------------------------------------------------------------------------------------------------


def test_an_acting_chair_takes_over_and_goes_on_from_the_kept_consensus(round_, registry):
    laptops = round_.all_judged(registry)
    chair = laptops["chair"]
    chair.panel.reveal(AGENCY, PASSPHRASE)
    settled = panel_settles(round_, chair)
    file = round_.export(chair, "consensus")
    for laptop in (registry, laptops["expert-1"]):
        round_.take(laptop, file)
    kept = led_by(registry.session, AGENCY, "chair")
    assert len(kept) == 2

    change = round_.change(edits.with_acting_chair(round_.body, AGENCY, "expert-1", kept), "ประธานป่วย")
    acting = laptops["expert-1"]
    for laptop in (registry, acting, laptops["expert-2"]):
        round_.take(laptop, change)
    assert cell(registry, "consensus").digest == settled and cell(registry, "consensus").state == "current"
    round_.judge(laptops["expert-2"], leave_out=("1.1.S1",), reason="ทบทวน")
    late = round_.export(laptops["expert-2"], "scoresheet")
    round_.take(registry, late)
    assert cell(registry, "consensus").state == "stale"

    round_.take(acting, late, round_.lineage(registry, "chair"), round_.lineage(registry, "expert-2"))
    again = panel_settles(round_, acting, "ใบให้คะแนนที่ส่งใหม่")
    round_.deliver(acting, registry, "consensus")

    seen = cell(registry, "consensus")
    assert (seen.state, seen.digest, seen.seq) == ("current", again, 2)
    agrees_with_a_stranger(round_, registry)


def test_without_being_kept_a_former_chairs_consensus_does_not_count(round_, registry):
    laptops = round_.all_judged(registry)
    laptops["chair"].panel.reveal(AGENCY, PASSPHRASE)
    settled = panel_settles(round_, laptops["chair"])
    round_.deliver(laptops["chair"], registry, "consensus")

    round_.take(registry, round_.change(edits.with_chair(round_.body, AGENCY, "expert-1"), "ประธานลาออก"))

    assert status(registry, settled) == "chair-replaced"
    assert ("consensus", AGENCY) not in registry.session.view().cells


# --- rosters -------------------------------------------------------------------------------------------------


def pack_of(round_, path, person="expert-1"):
    """The pack of a seat under everything the round has now."""
    rosters = sorted((one for one in round_.documents.values() if one.kind == "roster"), key=lambda o: o.document.seq)
    own = rounds.assignment(round_.desk, rosters[-1], round_.frozen, person, person, (AssignedAgency(AGENCY),))
    data = build_pack(
        (*rosters, round_.frozen, own), (), round_.identities["office-1"], (round_.identities[person].recipient,),
        round_id=LIVE, rehearsal=False, made_at=MADE_AT, app="test",
    )  # fmt: skip
    path.write_bytes(data)
    return path


def test_a_laptop_is_set_up_by_a_confirmed_fingerprint_and_never_by_an_older_roster(round_, tmp_path):
    round_.laptop("expert-1").session.close()
    key = tmp_path / "expert-1" / "own.key"
    early = pack_of(round_, tmp_path / "early.pmqa")
    round_.change(edits.with_acting_chair(round_.body, AGENCY, "expert-2"), "ป่วย")
    late = pack_of(round_, tmp_path / "late.pmqa")
    app = App(tmp_path / "home")
    told = app.first_roster_fingerprint(late, key, PASSPHRASE)
    assert (told.digest, told.problem, told.rehearsal) == (round_.first, None, False)

    for confirmed, code in ((None, "first-roster-unconfirmed"), ("0000 1111", "fingerprint-differs")):
        with pytest.raises(Expected) as caught:
            app.open_pack(late, key, PASSPHRASE, confirmed=confirmed)
        assert caught.value.code == code and not (tmp_path / "home" / "workspaces").exists()
    opened = app.open_pack(late, key, PASSPHRASE, confirmed=" ".join(told.fingerprint[0].split()[:3]))
    assert opened.session.view().cells["roster",].seq == 2
    opened.close()

    with pytest.raises(Expected) as older:
        app.open_pack(early, key, PASSPHRASE)
    assert older.value.code == "roster-older"
    app.open_pack(late, key, PASSPHRASE).close()


def test_a_second_office_opens_its_own_registry_after_confirming_the_fingerprint(round_, tmp_path):
    round_.laptop("office-2").session.close()
    key = tmp_path / "office-2" / "own.key"
    file = round_.file_of(tuple(round_.documents.values()))
    app = App(tmp_path / "home")
    with pytest.raises(Expected) as caught:
        app.open_registry(file, key, tmp_path / "registry", person="office-2")
    assert caught.value.code == "first-roster-unconfirmed" and not (tmp_path / "registry").exists()

    opened = app.open_registry(file, key, tmp_path / "registry", confirmed=round_.first, person="office-2")

    opened.unlock(PASSPHRASE)
    assert opened.me.secretariat and opened.rosters.current().in_force
    opened.close()
    other = TrustRound(tmp_path / "other", ExitStack())
    with pytest.raises(Expected) as foreign:
        app.open_registry(other.file_of(tuple(other.documents.values())), key, tmp_path / "registry")
    assert foreign.value.code == "other-round"


def test_an_older_roster_is_stored_and_takes_nothing_back(round_, registry):
    first = round_.file_of((round_.roster,))
    round_.take(registry, round_.change(edits.with_acting_chair(round_.body, AGENCY, "expert-2"), "ป่วย"))
    newest = registry.session.view().roster_digest

    assert round_.take(registry, first).files[0].outcome == "known"
    assert registry.session.view().roster_digest == newest


def test_two_first_rosters_of_a_rehearsal_stop_everything_until_one_is_named(tmp_path):
    files, digests = [], []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        office = Office(folder, rehearsal=True, threshold=1, round_id="practice-2569")
        if name == "two":
            office.identities["office-1"] = office.new_key("office-1")
        documents = office.start()
        files.append(write_rosters(documents, folder, office.identities["office-1"], made_at=MADE_AT, app="test").path)
        digests.append(next(d for d, one in documents.items() if one.kind == "roster"))
    session = open_registry(tmp_path / "r.db", clock=clock, app="test", create=True)

    import_files(session, files)
    assert (session.view().problem, session.view().roster) == ("rival-rosters", None)
    assert session.view().fork == tuple(sorted(digests))
    name_round(session, digests[1], read_rosters([files[1]]).values())

    assert session.view().problem is None and session.view().chain == (digests[1],)
    session.close()


def test_a_fork_stops_the_chain_and_shows_both_sides(round_, registry):
    sheet = round_.judge(expert := round_.laptop("expert-1"))
    round_.deliver(expert, registry, "scoresheet")
    parent = round_.documents[round_.first]
    sides = []
    for by, second, chair in (("office-1", "office-2", "expert-1"), ("office-3", "office-2", "expert-2")):
        child = propose(round_.office.desk(by), parent, edits.with_chair(round_.body, AGENCY, chair), "สองฝ่าย")
        signed = round_.office.signed({**round_.documents, child.digest: child}, child.digest, second)
        sides.append(signed[child.digest])
    round_.take(registry, round_.file_of((parent, sides[0])))
    assert registry.session.view().roster_digest == sides[0].digest

    round_.take(registry, round_.file_of((parent, sides[1])))

    seen = registry.session.view()
    assert (seen.problem, seen.roster_digest) == ("roster-fork", round_.first)
    assert seen.fork == tuple(sorted(side.digest for side in sides))
    assert status(registry, sheet) == "counted" and {status(registry, s.digest) for s in sides} == {"roster-fork"}


def test_after_the_closing_roster_nothing_new_counts_and_nothing_old_is_lost(round_, registry):
    laptops = round_.all_judged(registry)
    laptops["chair"].panel.reveal(AGENCY, PASSPHRASE)
    panel_settles(round_, laptops["chair"])
    round_.deliver(laptops["chair"], registry, "consensus")
    before = RegistryService(registry.session).results()
    assert before.complete

    accepted = acceptable(registry.session)
    round_.take(registry, round_.change(edits.closed(round_.body, accepted), "ปิดรอบ"))
    late = round_.judge(laptops["expert-2"], leave_out=("1.1.S1",), reason="สายไป")
    round_.deliver(laptops["expert-2"], registry, "scoresheet")

    after = RegistryService(registry.session).results()
    assert after.complete and [r.total for r in after.ranking] == [r.total for r in before.ranking]
    assert status(registry, late) == "after-closing"
    assert {status(registry, digest) for digest in accepted} == {"counted"}
    agrees_with_a_stranger(round_, registry)
