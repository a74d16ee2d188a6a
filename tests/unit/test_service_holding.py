# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The holding area: told with file, owner and time, emptied of what does not belong, and open to it again."""

import json
from contextlib import ExitStack

import pytest
from trust_round import TrustRound

from pmqa_desktop.cli import run
from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.identity import key_fingerprint
from pmqa_desktop.services.registry.holding import HoldingService


@pytest.fixture
def round_(tmp_path):
    with ExitStack() as stack:
        yield TrustRound(tmp_path, stack)


@pytest.fixture
def office(round_):
    return round_.laptop("office-1")


@pytest.fixture
def early(round_, office):
    """A sheet by a new laptop that the registry's roster does not name yet; return its file, the change and the key."""
    new = round_.office.new_key("expert-1")
    asked = round_.office.enrolled(new)
    change = round_.change(edits.with_key(round_.body, "expert-1", asked.key, asked.recipient))
    laptop = round_.laptop("expert-1", "expert-1-new", new)
    round_.judge(laptop)
    file = round_.export(laptop, "scoresheet")
    report = round_.take(office, file)
    assert [one.outcome for one in report.files] == ["waiting"]
    return file, change, new


def test_what_waits_is_told_with_file_owner_key_and_time(round_, office, early):
    file, _, new = early
    service = HoldingService(office.session)
    found = service.waiting()
    assert sorted(one.kind for one in found) == ["declaration", "scoresheet"]
    assert {(one.person, one.agency, one.file) for one in found} == {("expert-1", "alpha", file.name)}
    assert {one.key_fingerprint for one in found} == {key_fingerprint(new.key)}
    assert all(one.since is not None and one.since < round_.clock() for one in found)
    assert (service.room().documents, service.room().size) == (2, sum(one.size for one in found))


def test_a_discarded_document_is_logged_and_can_come_in_again(round_, office, early):
    file, change, _ = early
    service, state = HoldingService(office.session), office.session.documents.state()
    one, other = service.waiting()

    assert service.discard([one.digest]) == 1
    assert [held.digest for held in service.waiting()] == [other.digest]
    logged = office.session.audit.entries()[-1]
    assert (logged.action, logged.fields["digest"], logged.fields["file"]) == ("discard-held", one.digest, file.name)
    assert office.session.documents.state() == state
    with pytest.raises(Expected) as caught:
        service.discard([other.digest, one.digest])
    assert caught.value.code == "not-held" and len(service.waiting()) == 1

    round_.take(office, file)
    assert len(service.waiting()) == 2
    assert service.discard([held.digest for held in service.waiting()]) == 2
    assert round_.take(office, change, file).good and service.waiting() == ()
    assert office.session.view().cells["scoresheet", "alpha", "expert-1"].state == "current"


def test_the_command_lists_and_discards(round_, office, early, capsys):
    path = str(office.session.store.path)
    office.session.close()

    def told(*arguments, code=0):
        capsys.readouterr()
        assert run(["holding", path, *arguments, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    found = told()
    assert [one["kind"] for one in found["waiting"]] and found["discarded"] == 0 and found["bytes"] > 0
    first = found["waiting"][0]
    left = told("--discard", first["fingerprint"][0])
    assert (left["discarded"], len(left["waiting"])) == (1, 1)
    assert told("--discard", first["fingerprint"][0], code=1)["error"]["code"] == "not-held"
    assert told("--discard-all")["waiting"] == []
    assert told("--discard-all")["discarded"] == 0
