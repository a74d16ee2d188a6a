# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Files come in whole, in any order, and give one state and one result."""

import random
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_files import AGENCIES, EXPECTED, RoundFiles, live_round, other_round, small_round

from pmqa_desktop.domain.documents import Author, Declaration, DeclarationBody, Person, PersonKey
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.exchange import intake
from pmqa_desktop.services.registry.service import RegistryService, import_files, name_round, open_registry
from pmqa_desktop.store.documents import DocumentRepository
from pmqa_desktop.store.index import IndexRepository
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.keys import seeded_identity

NAMES = sorted(small_round().files)


def clock():
    return datetime(2026, 5, 3, tzinfo=UTC)


@pytest.fixture
def open_at(tmp_path):
    """Open registries that are closed at the end."""
    opened = []

    def make(name="registry.db"):
        opened.append(open_registry(tmp_path / name, clock=clock, app="test", create=True))
        return opened[-1]

    yield make
    for session in opened:
        session.close()


@pytest.fixture
def session(open_at):
    return open_at()


@pytest.fixture
def stick(tmp_path):
    """A folder with all files of the small round."""
    small_round().write(tmp_path / "stick")
    return tmp_path / "stick"


def put(stick, name, data):
    path = stick / name
    path.write_bytes(data)
    return path


def outcomes(report):
    return {one.file: one.outcome for one in report.files}


def only(report):
    (one,) = report.files
    return one.outcome, one.refusal.code if one.refusal else None


def test_all_files_at_once_make_the_board_full(session, stick):
    report = import_files(session, [stick])
    assert set(outcomes(report).values()) == {"new"}
    assert report.good
    board = RegistryService(session).board()
    assert (board.expected, board.received, board.missing, board.unexpected) == (EXPECTED, EXPECTED, (), ())
    assert board.complete
    results = RegistryService(session).results()
    assert results.complete
    assert [row.rank for row in results.ranking] == [1, 1]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_any_portions_and_any_repetition_give_one_state_and_one_result(data, tmp_path_factory):
    order = data.draw(st.permutations(NAMES))
    order = [*order, *data.draw(st.lists(st.sampled_from(NAMES), max_size=4))]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=4)))
    folder = tmp_path_factory.mktemp("order")
    small_round().write(folder)
    session = open_registry(folder / "registry.db", clock=clock, app="test", create=True)
    try:
        for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
            report = import_files(session, [folder / name for name in order[start:end]])
        assert (report.state, RegistryService(session).results().to_json()) == expected_outcome()
        assert session.documents.waiting() == ()
    finally:
        session.close()


def expected_outcome():
    if not _EXPECTED:
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as name:
            small_round().write(Path(name) / "all")
            session = open_registry(Path(name) / "registry.db", clock=clock, app="test", create=True)
            report = import_files(session, [Path(name) / "all"])
            _EXPECTED.append((report.state, RegistryService(session).results().to_json()))
            session.close()
    return _EXPECTED[0]


_EXPECTED: list = []


def test_files_singly_with_the_roster_last_wait_and_then_count(session, stick):
    roster = stick / "roster.pmqa"
    for path in sorted(stick.iterdir(), reverse=True):
        if path != roster:
            assert only(import_files(session, [path])) == ("waiting", None)
    assert session.documents.facts() == ()
    report = import_files(session, [roster])
    assert only(report) == ("new", None)
    assert (report.state, RegistryService(session).results().to_json()) == expected_outcome()


def test_what_is_known_is_told_as_known_and_changes_nothing(session, stick):
    before = import_files(session, [stick]).state
    again = import_files(session, [stick])
    assert set(outcomes(again).values()) == {"known"}
    assert again.state == before


def test_a_revision_is_newer_and_takes_its_place(session, stick):
    made = small_round()
    import_files(session, [stick])
    newer = put(stick, "newer.pmqa", made.bundle(made.sheets["expert-1", "alpha"], made.revised("expert-1", "alpha")))
    assert only(import_files(session, [newer])) == ("newer", None)
    cell = session.view().cell("scoresheet", "alpha", "expert-1")
    assert (cell.state, cell.seq) == ("current", 2)
    board = RegistryService(session).board()
    assert [one.agency for one in board.stale] == ["alpha"]
    assert not RegistryService(session).results().complete


def test_a_revision_without_its_parent_is_held_until_it_comes(session, stick):
    made = small_round()
    import_files(session, [stick / "roster.pmqa", stick / "sheet-chair-alpha.pmqa"])
    later = put(stick, "later.pmqa", made.bundle(made.revised("expert-1", "alpha")))
    assert only(import_files(session, [later])) == ("held", None)
    assert RegistryService(session).board().received == 1
    import_files(session, [stick / "sheet-expert-1-alpha.pmqa"])
    assert only(import_files(session, [later])) == ("known", None)
    assert RegistryService(session).board().received == 2


def test_two_first_versions_are_a_conflict_whichever_came_first(session, stick):
    made = small_round()
    import_files(session, [stick])
    rival = put(stick, "rival.pmqa", made.bundle(made.sheet("expert-1", "alpha", "อีกฉบับ")))
    assert only(import_files(session, [rival])) == ("conflict", None)
    assert only(import_files(session, [stick / "sheet-expert-1-alpha.pmqa"])) == ("conflict", None)
    assert len(RegistryService(session).board().conflicts) == 1


def test_a_file_with_some_known_documents_is_partly_known(session, stick):
    made = small_round()
    import_files(session, [stick / "roster.pmqa", stick / "sheet-chair-alpha.pmqa"])
    both = made.bundle(made.sheets["chair", "alpha"], made.sheets["expert-1", "alpha"])
    assert only(import_files(session, [put(stick, "both.pmqa", both)])) == ("partly-known", None)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"hello",
        lambda data: data[:-20],
        lambda data: data[: len(data) // 2],
        lambda data: data + b"x",
        lambda data: data.replace(b"A", b"B", 1),
        lambda data: b"\n".join(data.split(b"\n")[:-2]) + b"\n",
    ],
)
def test_a_broken_file_is_refused_whole_and_leaves_the_registry_as_it_was(session, stick, spoil):
    import_files(session, [stick / "roster.pmqa"])
    before = session.documents.state()
    broken = put(stick, "broken.pmqa", spoil(small_round().files["sheet-chair-alpha.pmqa"]))
    outcome, code = only(import_files(session, [broken]))
    assert outcome == "refused"
    assert code
    assert session.documents.state() == before
    assert session.documents.waiting() == ()


def test_one_broken_file_does_not_stop_the_others(session, stick):
    put(stick, "broken.pmqa", b"hello")
    report = import_files(session, [stick])
    assert outcomes(report)["broken.pmqa"] == "refused"
    assert report.state == expected_outcome()[0]
    assert not report.good


def test_missing_files_pipes_and_folders_without_files_are_told(session, stick, tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe.pmqa")
    (tmp_path / "empty").mkdir()
    report = import_files(session, [stick / "nothing.pmqa", tmp_path / "pipe.pmqa", tmp_path / "empty"])
    assert [(one.outcome, one.refusal.code) for one in report.files] == [
        ("refused", "file-missing"),
        ("refused", "file-not-regular"),
    ]


def test_live_documents_need_a_named_roster(session, tmp_path):
    live = live_round()
    paths = live.write(tmp_path / "live")
    report = import_files(session, paths)
    assert {one.refusal.code for one in report.files} == {"no-trusted-roster"}
    name_round(session, live.roster.digest, [live.roster])
    assert import_files(session, paths).good
    assert RegistryService(session).board().complete


@pytest.mark.parametrize("seed", range(3))
def test_a_round_named_by_a_digest_alone_learns_its_round_from_the_roster(session, tmp_path, seed):
    live, strange = live_round(), other_round()
    paths = [*live.write(tmp_path / "live"), *strange.write(tmp_path / "strange")]
    random.Random(seed).shuffle(paths)
    name_round(session, live.roster.digest)
    for path in paths:
        import_files(session, [path])
    assert {fact.round for fact in session.documents.facts()} == {live.round}
    assert RegistryService(session).board().complete
    assert session.documents.waiting() == ()


def test_a_named_registry_refuses_other_rounds_and_the_other_sort(session, tmp_path):
    name_round(session, small_round().roster.digest, [small_round().roster])
    strange = other_round().write(tmp_path / "strange", "roster.pmqa")
    live = live_round().write(tmp_path / "live", "sheet-chair-alpha.pmqa")
    codes = [one.refusal.code for one in import_files(session, [*strange, *live]).files]
    assert codes == ["other-round", "other-round"]


def test_an_unnamed_registry_keeps_two_rival_rosters_and_counts_nothing(session, stick, tmp_path):
    import_files(session, [stick, *other_round().write(tmp_path / "strange")])
    assert session.view().problem == "rival-rosters"
    assert RegistryService(session).board().expected == 0


def test_only_a_first_roster_names_a_round(session):
    made = small_round()
    with pytest.raises(Expected) as caught:
        name_round(session, made.frozen.digest, [made.frozen])
    assert caught.value.code == "roster-not-first"
    name_round(session, made.roster.digest, [made.roster])
    with pytest.raises(Expected) as caught:
        name_round(session, other_round().roster.digest)
    assert caught.value.code == "other-round"


def test_a_full_holding_area_leaves_the_file_where_it_was(session, stick):
    session.documents = DocumentRepository(session.store, holding_documents=2)
    report = import_files(session, sorted(stick.glob("sheet-*")))
    told = [(one.outcome, one.refusal.code if one.refusal else None) for one in report.files]
    assert told[0] == ("waiting", None)
    assert told[-1] == ("refused", "holding-area-full")
    assert len(session.documents.waiting()) <= 2
    again = import_files(session, [stick])
    assert again.state == expected_outcome()[0]
    assert session.documents.waiting() == ()


def test_cancelling_keeps_what_was_complete(session, stick):
    seen = []

    def stop(done, of, what):
        seen.append(what)
        if len(seen) == 3:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        import_files(session, [stick], progress)
    assert len({fact.digest for fact in session.documents.facts()}) > 0
    assert import_files(session, [stick]).state == expected_outcome()[0]


def test_more_files_than_fit_in_one_transaction(session, stick, monkeypatch):
    monkeypatch.setattr(intake, "FILES_PER_TRANSACTION", 3)
    assert import_files(session, [stick]).state == expected_outcome()[0]


def test_sealed_files_need_the_key_they_were_sealed_to(session, stick):
    made = small_round()
    secretary = made.identities["secretary"]
    sheet = made.sheets["chair", "alpha"]
    sealed = put(stick, "sealed.pmqa", made.bundle(sheet, sealed_to=(secretary.recipient,)))
    import_files(session, [stick / "roster.pmqa"])
    assert only(import_files(session, [sealed])) == ("refused", "sealed-key-needed")
    session._identity = seeded_identity("stranger", b"s" * 32)
    assert only(import_files(session, [sealed])) == ("refused", "not-for-this-key")
    session._identity = made.identities["secretary"]
    assert only(import_files(session, [sealed])) == ("new", None)
    session._identity = None


def test_a_sealed_roster_read_last_still_lets_the_others_in(session, stick):
    made = small_round()
    secretary = made.identities["secretary"]
    session.documents = DocumentRepository(session.store, holding_documents=1)
    session._identity = secretary
    (stick / "roster.pmqa").unlink()
    put(stick, "zz.pmqa", made.bundle(made.roster, made.frozen, sealed_to=(secretary.recipient,)))
    report = import_files(session, [stick])
    session._identity = None
    assert report.state == expected_outcome()[0]
    assert report.good


def test_a_document_of_a_stranger_waits_and_never_counts(session, stick):
    made = small_round()
    import_files(session, [stick])
    stranger = seeded_identity("chair", b"x" * 32)
    made_up = made.identities | {"chair": stranger}
    before, made.identities = made.identities, made_up
    try:
        forged = made.sheet("chair", "alpha", "ปลอม")
    finally:
        made.identities = before
    assert only(import_files(session, [put(stick, "forged.pmqa", made.bundle(forged))])) == ("waiting", None)
    assert RegistryService(session).board().complete


def test_what_a_refused_file_taught_is_forgotten_with_it(session, stick):
    made = small_round()
    session.documents = DocumentRepository(session.store, holding_documents=0)
    enrolled = seeded_identity("stranger", b"y" * 32)
    header = made.header("chair", "alpha") | {"author": Author(person="stranger", key=enrolled.key)}
    unknown = sign_document(Declaration(**header, body=DeclarationBody(state="no_conflict")), enrolled)
    mixed = put(stick, "mixed.pmqa", made.bundle(made.roster, unknown))
    report = import_files(session, [mixed, stick / "sheet-chair-alpha.pmqa"])
    assert [one.refusal.code for one in report.files] == ["holding-area-full", "holding-area-full"]
    assert session.documents.facts() == ()


def test_files_that_announce_a_roster_go_first(session, stick):
    made = small_round()
    sealed = made.bundle(made.roster, sealed_to=(made.identities["secretary"].recipient,))
    assert intake.announces_roster(stick / "roster.pmqa")
    for other in (stick / "sheet-chair-alpha.pmqa", put(stick, "sealed.pmqa", sealed), put(stick, "x", b"{"), stick):
        assert not intake.announces_roster(other)
    told = []
    import_files(
        session, [stick / "sheet-chair-alpha.pmqa", stick / "roster.pmqa"], Progress(lambda *w: told.append(w))
    )
    assert told == [(0, 2, "roster.pmqa"), (1, 2, "sheet-chair-alpha.pmqa")]


def test_the_same_round_as_practice_and_for_real_never_mix(session, tmp_path):
    name_round(session, small_round().roster.digest, [small_round().roster])
    real = RoundFiles(rehearsal=False).write(tmp_path / "real", "sheet-chair-alpha.pmqa")
    assert only(import_files(session, real)) == ("refused", "other-rehearsal")


def test_a_waiting_roster_lets_in_those_whom_it_names(session, stick):
    made = small_round()
    first = made.roster.document
    newcomer = seeded_identity("newcomer", b"n" * 32)
    person = Person(person="newcomer", office_th="ใหม่", office_en="New", keys=(PersonKey(key=newcomer.key),))
    body = msgspec.structs.replace(first.body, persons=(*first.body.persons, person))
    second = sign_document(
        msgspec.structs.replace(first, seq=2, supersedes=(made.roster.digest,), reason="เพิ่มผู้ตรวจ", body=body),
        made.identities["secretary"],
    )
    header = made.header("chair", "alpha") | {"author": Author(person="newcomer", key=newcomer.key)}
    word = sign_document(Declaration(**header, body=DeclarationBody(state="no_conflict")), newcomer)
    assert only(import_files(session, [put(stick, "word.pmqa", made.bundle(word))])) == ("waiting", None)
    assert only(import_files(session, [put(stick, "second.pmqa", made.bundle(second))])) == ("waiting", None)
    import_files(session, [stick / "roster.pmqa"])
    assert session.documents.waiting() == ()
    assert {word.digest, second.digest} <= {fact.digest for fact in session.documents.facts()}
    assert session.view().roster_digest == second.digest


def test_an_import_is_preceded_by_a_checked_copy_and_noted(session, stick, tmp_path):
    import_files(session, [stick / "roster.pmqa"])
    assert not (tmp_path / "registry.db.before-import").exists()
    state = session.documents.state()
    import_files(session, [stick])
    copy = open_registry(tmp_path / "registry.db.before-import", clock=clock, app="test")
    assert copy.documents.state() == state
    copy.close()
    assert [entry.action for entry in session.audit.entries()] == ["import", "import"]


@settings(max_examples=10, deadline=None)
@given(st.sets(st.sampled_from(NAMES)), st.booleans())
def test_derived_tables_equal_the_pure_view_over_the_documents(names, rebuild_between):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        paths = small_round().write(Path(folder) / "stick")
        session = open_registry(Path(folder) / "registry.db", clock=clock, app="test", create=True)
        service = RegistryService(session)
        import_files(session, [path for path in paths if path.name in names])
        if rebuild_between:
            service.rebuild_index()
            import_files(session, [path for path in paths if "alpha" in path.name])
        service.ensure_index()
        kept = IndexRepository(session.store).read()
        seen = session.view()
        assert kept.statuses == frozenset(seen.status.items())
        assert {(state, digest, seq) for _slot, state, digest, seq in kept.cells} == {
            (cell.state, cell.digest, cell.seq) for cell in seen.cells.values()
        }
        assert len(kept.cells) == len(seen.cells)
        assert service.audit().derived == "equal"
        session.close()


def test_the_registry_of_two_machines_merged_either_way_is_one(open_at, stick):
    one, two = open_at("one.db"), open_at("two.db")
    alpha = [path for path in stick.iterdir() if "beta" not in path.name]
    beta = [path for path in stick.iterdir() if "alpha" not in path.name]
    import_files(one, alpha)
    import_files(two, beta)
    import_files(one, beta)
    assert import_files(two, alpha).state == one.documents.state() == expected_outcome()[0]
    assert {row.agency for row in RegistryService(one).results().ranking} == set(AGENCIES)
