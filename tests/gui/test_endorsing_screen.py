# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A member's way through the window: the chair's consensus comes in, is read, and gets the member's signed word."""

import pytest
from committee import visible_text
from PySide6.QtWidgets import QLabel
from windows import click, in_store, named, on_screen, settle, there, workspace, write

from pmqa_desktop import messages
from pmqa_desktop.app import App

AGENCY = "moi-ops"
PASSPHRASE = "practice"


def _screen(shell):
    return shell.window.screen_now


@pytest.fixture
def member_list(open_window, prepared_home, practice_round, chosen_folder):
    """Return the window of a member at the own panels: the own sheet is there, and nothing of the others'."""
    shell = open_window()
    person = "expert-2"

    def work():
        pack, key = practice_round / "packs" / f"{person}.pmqa", practice_round / "keys" / f"{person}.key"
        opened = App(prepared_home).open_pack(pack, key, PASSPHRASE)
        opened.exchange.import_paths((practice_round / "sheets" / f"{person}-{AGENCY}.pmqa",))
        return shell.routes._read(opened)

    shell.routes._opened(in_store(shell, work))
    settle(shell)
    click(shell, "to-panels")
    return shell


@pytest.fixture
def member(member_list, practice_round):
    """Return the same window after the chair's consensus came, at the page where it is endorsed."""
    _screen(member_list).import_files((practice_round / "consensus" / f"{AGENCY}.pmqa",))
    settle(member_list)
    click(member_list, f"open-{AGENCY}")
    return member_list


def test_a_member_is_told_that_the_consensus_lacks_nothing_and_waits_for_the_own_word(member_list, practice_round):
    consensus = practice_round / "consensus" / f"{AGENCY}.pmqa"
    _screen(member_list).import_files((consensus,))
    settle(member_list)

    told = visible_text(member_list)
    assert messages.word("to-endorse", {}) in told
    assert messages.word("parent-awaited", {}) not in told
    assert there(member_list, f"open-{AGENCY}")


def test_a_member_reads_the_consensus_without_the_peers_sheets_and_agrees(member, chosen_folder, qtmodeltester):
    assert on_screen(member) == "endorsement"
    qtmodeltester.check(_screen(member).model)
    write(member, "sign-passphrase", PASSPHRASE)
    click(member, "change-folder")
    click(member, "sign")
    assert there(member, "sign-trouble")

    click(member, "agree")
    click(member, "sign")

    assert there(member, "safe-to-remove")
    assert in_store(member, lambda: workspace(member).panel.consensus(AGENCY).word) == "agrees"
    assert len(list(chosen_folder.glob("*.pmqa"))) == 1


def test_a_member_dissents_on_one_item_with_a_reason(member):
    write(member, "sign-passphrase", PASSPHRASE)
    click(member, "change-folder")
    click(member, "dissent")
    click(member, "sign")
    assert there(member, "sign-trouble")

    _screen(member).view.selectRow(4)
    write(member, "dissent-item", "หลักฐานยังไม่พอ")
    named(member, "sign-passphrase").setFocus()
    click(member, "sign")

    seen = in_store(member, lambda: workspace(member).panel.consensus(AGENCY))
    assert seen.word == "dissents"
    assert [(one.item, one.reason) for one in seen.dissents] == [(_screen(member).model.item_at(4), "หลักฐานยังไม่พอ")]


def test_a_member_sees_every_text_that_will_be_published_and_dissents_from_it_at_once(member):
    seen = in_store(member, lambda: workspace(member).panel.consensus(AGENCY))
    texts = [one for one in seen.body.comments if one.item]
    assert texts
    shown = "\n".join(label.text() for label in named(member, "endorse-texts").findChildren(QLabel))
    shown = shown.replace("\u200b", "")
    assert all(one.text.split("\n")[0][:20] in shown for one in texts)

    item = texts[-1].item
    click(member, f"dissent-on-{item}")
    assert named(member, "dissent").isChecked() and _screen(member)._shown_item == item
    assert named(member, "dissent-item").hasFocus()
