# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Drafts: nothing is overwritten, and undo, redo and history survive a restart."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pmqa_desktop.store.connection import open_store
from pmqa_desktop.store.drafts import DraftRepository

T0 = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.pmqadb"


@pytest.fixture
def drafts(path):
    with open_store(path, create=True) as store:
        yield DraftRepository(store, "laptop-1")


def test_the_newest_edit_is_the_value(drafts):
    assert drafts.saved_at("sheet", "dpt") is None
    drafts.set("sheet", "dpt", "1.1", "answer", "A", T0)
    assert drafts.set("sheet", "dpt", "1.1", "answer", "B", T0 + MINUTE) == T0 + MINUTE
    drafts.set("sheet", "dpt", "1.1", "strength", "ดีมาก", T0 + MINUTE)
    assert drafts.current("sheet", "dpt") == {("1.1", "answer"): "B", ("1.1", "strength"): "ดีมาก"}
    assert drafts.value("sheet", "dpt", "1.1", "answer") == "B"
    assert drafts.saved_at("sheet", "dpt") == T0 + MINUTE
    assert drafts.position("sheet", "dpt") == ("laptop-1", 3)


def test_none_takes_a_value_away_and_the_empty_text_is_a_value(drafts):
    drafts.set("sheet", "dpt", "1.1", "note", "", T0)
    assert drafts.current("sheet", "dpt") == {("1.1", "note"): ""}
    drafts.set("sheet", "dpt", "1.1", "note", None, T0)
    assert drafts.current("sheet", "dpt") == {}


def test_setting_what_is_there_leaves_no_trace(drafts):
    drafts.set("sheet", "dpt", "1.1", "note", None, T0)
    drafts.set("sheet", "dpt", "1.1", "note", "x", T0)
    drafts.set("sheet", "dpt", "1.1", "note", "x", T0)
    assert len(drafts.history("sheet", "dpt")) == 1


def test_areas_and_agencies_do_not_mix(drafts):
    drafts.set("sheet", "dpt", "1.1", "answer", "A", T0)
    drafts.set("sheet", "abc", "1.1", "answer", "B", T0)
    drafts.set("consensus", "dpt", "1.1", "answer", "C", T0)
    assert drafts.agencies("sheet") == ("abc", "dpt")
    drafts.undo("sheet", "dpt", T0)
    assert drafts.current("sheet", "abc") == {("1.1", "answer"): "B"}
    assert drafts.current("consensus", "dpt") == {("1.1", "answer"): "C"}


def test_undo_and_redo_survive_restarts(path):
    for value in ("A", "B"):
        with open_store(path, create=True) as store:
            DraftRepository(store, "laptop-1").set("sheet", "dpt", "1.1", "answer", value, T0)
    with open_store(path) as store:
        assert DraftRepository(store).undo("sheet", "dpt", T0) == {("1.1", "answer"): "A"}
    with open_store(path) as store:
        drafts = DraftRepository(store)
        assert drafts.can_redo("sheet", "dpt")
        assert drafts.undo("sheet", "dpt", T0) == {("1.1", "answer"): None}
        assert drafts.undo("sheet", "dpt", T0) is None
    with open_store(path) as store:
        drafts = DraftRepository(store)
        assert drafts.redo("sheet", "dpt", T0) == {("1.1", "answer"): "A"}
        assert drafts.redo("sheet", "dpt", T0) == {("1.1", "answer"): "B"}
        assert drafts.redo("sheet", "dpt", T0) is None


def test_a_new_edit_ends_redo_but_loses_nothing_of_the_history(drafts):
    for value in ("A", "B"):
        drafts.set("sheet", "dpt", "1.1", "answer", value, T0)
    drafts.undo("sheet", "dpt", T0)
    drafts.set("sheet", "dpt", "1.1", "answer", "C", T0)
    assert not drafts.can_redo("sheet", "dpt")
    assert [(one.old, one.new, one.act) for one in drafts.history("sheet", "dpt", "1.1")] == [
        (None, "A", "set"), ("A", "B", "set"), ("B", "A", "undo"), ("A", "C", "set"),
    ]  # fmt: skip


def test_what_was_done_together_is_undone_together(drafts):
    drafts.set("sheet", "dpt", "1.1", "answer", "A", T0)
    drafts.set_many("sheet", "dpt", {("1.1", "answer"): "B", ("1.2", "answer"): "C"}, T0)
    assert drafts.undo("sheet", "dpt", T0) == {("1.1", "answer"): "A", ("1.2", "answer"): None}
    assert drafts.current("sheet", "dpt") == {("1.1", "answer"): "A"}


def test_an_earlier_value_can_be_restored_and_that_can_be_undone(drafts):
    for value in ("A", "B", "C"):
        drafts.set("sheet", "dpt", "1.1", "answer", value, T0)
    first = drafts.history("sheet", "dpt", "1.1")[0]
    drafts.restore("sheet", "dpt", first.number, T0)
    assert drafts.value("sheet", "dpt", "1.1", "answer") == "A"
    drafts.undo("sheet", "dpt", T0)
    assert drafts.value("sheet", "dpt", "1.1", "answer") == "C"
    with pytest.raises(LookupError):
        drafts.restore("sheet", "abc", first.number, T0)


def test_an_edit_is_never_changed(path):
    with open_store(path, create=True) as store:
        DraftRepository(store).set("sheet", "dpt", "1.1", "answer", "A", T0)
        with pytest.raises(sqlite3.IntegrityError, match="never change"), store.write() as conn:
            conn.execute("UPDATE edits SET value = 'Z'")


def test_a_moment_without_a_time_zone_is_refused(drafts):
    with pytest.raises(ValueError, match="time zone"):
        drafts.set("sheet", "dpt", "1.1", "answer", "A", datetime(2026, 11, 23))  # noqa: DTZ001


class DraftMachine(RuleBasedStateMachine):
    """Compare with the plainest model: a list of whole states and a position in it."""

    def __init__(self):
        super().__init__()
        self.store = open_store(":memory:", create=True)
        self.drafts = DraftRepository(self.store, "d")
        self.states = [{}]
        self.at = 0

    @rule(
        changes=st.dictionaries(
            st.tuples(st.sampled_from("ab"), st.just("f")), st.sampled_from([None, "x", "y"]), max_size=2
        )
    )
    def edit(self, changes):
        after = {k: v for k, v in {**self.states[self.at], **changes}.items() if v is not None}
        self.drafts.set_many("sheet", "dpt", changes, T0)
        if after != self.states[self.at]:
            self.states[self.at + 1 :] = [after]
            self.at += 1

    @rule()
    def undo(self):
        assert (self.drafts.undo("sheet", "dpt", T0) is None) == (self.at == 0)
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self):
        last = len(self.states) - 1
        assert (self.drafts.redo("sheet", "dpt", T0) is None) == (self.at == last)
        self.at = min(last, self.at + 1)

    @invariant()
    def current_is_the_model(self):
        assert self.drafts.current("sheet", "dpt") == self.states[self.at]

    def teardown(self):
        self.store.close()


TestDraftMachine = DraftMachine.TestCase
TestDraftMachine.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)


def test_what_was_replayed_in_a_transaction_that_failed_is_not_believed(drafts):
    drafts.set("sheet", "dpt", "1.1", "note", "ก", T0)

    def failing():
        with drafts._store.write():
            drafts.set("sheet", "dpt", "1.1", "note", "ข", T0)
            drafts.undo("sheet", "dpt", T0)
            assert drafts.can_redo("sheet", "dpt")
            raise LookupError("taken back")

    with pytest.raises(LookupError):
        failing()
    assert drafts.can_undo("sheet", "dpt") and not drafts.can_redo("sheet", "dpt")
    drafts.set("sheet", "dpt", "1.1", "note", "ค", T0)
    drafts.undo("sheet", "dpt", T0)
    assert drafts.value("sheet", "dpt", "1.1", "note") == "ก"
    drafts.undo("sheet", "dpt", T0)
    assert drafts.value("sheet", "dpt", "1.1", "note") is None and not drafts.can_undo("sheet", "dpt")


def test_edits_taken_in_are_undone_apart_from_own_ones_of_the_same_number(drafts):
    drafts.set("sheet", "dpt", "1.1", "note", "ที่นี่", T0)
    (own,) = drafts.rows(["sheet"], "dpt")
    first = own._replace(item="1.2", value="ที่นั่น", device="laptop-2")
    again = first._replace(number=2, counter=2, act="undo", value=None)
    drafts.take_in("dpt", [first, again, again._replace(number=3, counter=3, act="redo", value="ที่นั่น")], {})

    assert drafts.undo("sheet", "dpt", T0) == {("1.2", "note"): None}
    assert drafts.undo("sheet", "dpt", T0) == {("1.1", "note"): None}
    assert drafts.redo("sheet", "dpt", T0) == {("1.1", "note"): "ที่นี่"}
    assert [row.device for row in drafts.rows(["sheet"], "dpt")][:3] == ["laptop-1", "laptop-2", "laptop-2"]
