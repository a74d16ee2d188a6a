# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The recovery key: made onto two media, tried, named in a roster, and nothing of it left where it should not be."""

import json
from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE
from trust_round import CHEAP, TrustRound

from pmqa_desktop.cli import run
from pmqa_desktop.domain import roster_edits
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.identity import make_identity
from pmqa_desktop.services.rounds.recovery import RecoveryService, drill, make_recovery, recipient_named
from pmqa_desktop.sync.keys import read_key_file

SECRET = "words for the safe"


@pytest.fixture
def media(tmp_path):
    folders = (tmp_path / "safe-1", tmp_path / "safe-2")
    for folder in folders:
        folder.mkdir()
    return folders


@pytest.fixture
def key(media):
    return make_recovery(media, SECRET, rehearsal=False, cost=CHEAP)


@pytest.fixture
def round_(tmp_path, key):
    with ExitStack() as stack:
        yield TrustRound(tmp_path / "round", stack, recovery=key.recipient)


def test_both_media_hold_the_same_key_that_opens_and_signs_for_nobody(key, media):
    assert [own.path.parent for own in key.keys] == [folder.resolve() for folder in media]
    one, two = (own.path.read_bytes() for own in key.keys)
    assert one == two and key.same_drive
    opened = read_key_file(one, SECRET)
    assert (opened.person, opened.recipient, opened.rehearsal) == ("recovery", key.recipient, False)


def test_a_real_round_wants_two_media_and_practice_one(media):
    for folders in ((media[0],), (media[0], media[0])):
        with pytest.raises(Expected) as caught:
            make_recovery(folders, SECRET, rehearsal=False, cost=CHEAP)
        assert caught.value.code == "recovery-two-places"
    assert len(make_recovery(media[:1], "x", rehearsal=True, cost=CHEAP).keys) == 1
    with pytest.raises(Expected) as short:
        make_recovery(media, "x", rehearsal=False, cost=CHEAP)
    assert short.value.code == "passphrase-short"


def test_when_one_medium_fails_the_other_keeps_no_copy(media):
    media[1].rmdir()
    with pytest.raises(Expected) as caught:
        make_recovery(media, SECRET, rehearsal=False, cost=CHEAP)
    assert caught.value.code == "drive-gone"
    assert list(media[0].iterdir()) == []


def test_a_roster_is_given_the_line_or_the_card_and_nothing_else(key, tmp_path):
    path = key.keys[1].path
    for told in (key.recipient, str(path), str(path.with_suffix(".card"))):
        assert recipient_named(told) == key.recipient
    with pytest.raises(Expected) as caught:
        recipient_named(str(tmp_path / "other.card"))
    assert caught.value.code == "recovery-card-invalid"


def test_a_drill_opens_what_was_sealed_and_asks_the_roster(round_, key):
    laptop = round_.laptop("expert-1")
    round_.judge(laptop)
    sealed = round_.export(laptop, "scoresheet")
    clear = round_.file_of(tuple(round_.documents.values()))

    for own in key.keys:
        found = drill(own.path, SECRET, [sealed, clear], [clear])
        assert (found.passed, found.named, found.opened) == (True, True, 1)
        assert [(one.sealed, one.documents, one.refusal) for one in found.files] == [(True, 2, None), (False, 2, None)]
    with pytest.raises(Expected) as nothing:
        drill(key.keys[0].path, SECRET, [clear])
    assert nothing.value.code == "nothing-sealed"


def test_a_drill_tells_a_key_that_would_not_help(round_, key, tmp_path, media):
    other = make_recovery(media, SECRET, rehearsal=False, cost=CHEAP)
    laptop = round_.laptop("expert-1")
    round_.judge(laptop)
    sealed = round_.export(laptop, "scoresheet")
    before = round_.file_of(tuple(round_.documents.values()))

    found = drill(other.keys[0].path, SECRET, [sealed], [before])
    assert (found.passed, found.named) == (False, False)
    assert found.files[0].refusal is not None and found.files[0].refusal.code == "not-for-this-key"

    after = round_.change(roster_edits.with_recovery(round_.body, other.recipient), "กุญแจสำรองใหม่")
    assert drill(other.keys[0].path, SECRET, [sealed], [after]).named
    old = drill(key.keys[0].path, SECRET, [sealed], [after])
    assert (old.passed, old.opened, old.named) == (False, 1, False)

    own = make_identity(tmp_path / "keys", "expert-1", SECRET, rehearsal=False, cost=CHEAP)
    practice = make_recovery(media, SECRET, rehearsal=True, cost=CHEAP)
    for path, code in ((own.path, "not-a-recovery-key"), (practice.keys[0].path, "rehearsal-key")):
        with pytest.raises(Expected) as caught:
            drill(path, SECRET, [sealed], [before])
        assert caught.value.code == code


def test_only_the_secretariat_uses_it_and_only_one_that_a_roster_names(round_, key, media):
    other = make_recovery(media, SECRET, rehearsal=False, cost=CHEAP)
    expert, office = round_.laptop("expert-2"), round_.laptop("office-1")
    for laptop, used, code in (
        (expert, key, "secretariat-only"),
        (office, other, "recovery-not-named"),
    ):
        with pytest.raises(Expected) as caught:
            RecoveryService(laptop.session).take([], used.keys[0].path, SECRET)
        assert caught.value.code == code
    with pytest.raises(Expected) as wrong:
        RecoveryService(office.session).take([], key.keys[0].path, PASSPHRASE)
    assert wrong.value.code == "wrong-passphrase" and wrong.value.fields["wait"] == 0


def test_the_commands_make_and_try_a_key(tmp_path, capsys, monkeypatch, media, round_):
    monkeypatch.setenv("PMQA_PASSPHRASE", "practice words")
    assert run(["identity", "recovery", "new", "--to", str(media[0]), "--rehearsal", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["recipient"].startswith("age1") and made["copies"] == [made["path"]]
    assert run(["identity", "recovery", "new", "--to", str(media[0]), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "recovery-two-places"

    laptop = round_.laptop("expert-1")
    round_.judge(laptop)
    sealed = round_.export(laptop, "scoresheet")
    assert run(["identity", "recovery", "drill", made["path"], str(sealed), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["files"][0]["refusal"]["code"] == "not-for-this-key"
    assert "ใช้ไม่ได้" in told.err or "NOT" in told.err


def test_the_secretariat_tries_the_key_on_its_registry_and_nothing_comes_in(round_, key):
    expert, office = round_.laptop("expert-1"), round_.laptop("office-2")
    round_.judge(expert)
    sealed = round_.export(expert, "scoresheet")
    before = office.session.documents.state()
    seen = []
    service = RecoveryService(office.session)
    found = service.drill((sealed,), key.keys[1].path, SECRET, Progress(lambda *step: seen.append(step)))
    assert (found.named, found.opened, found.passed) == (True, 1, True)
    assert seen == [(0, 1, sealed.name)] and office.session.documents.state() == before
    assert office.session.audit.entries()[-1].action == "try-recovery-key"
    with pytest.raises(Expected) as caught:
        RecoveryService(expert.session).drill((sealed,), key.keys[0].path, SECRET)
    assert caught.value.code == "secretariat-only"
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        service.drill((sealed,), key.keys[0].path, SECRET, stopped)
