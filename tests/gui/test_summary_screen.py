# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The summary says in words what its pictures draw, and lets nobody sign too early."""

import shutil
from fractions import Fraction

import pytest
from committee import practise, visible_text
from windows import click, in_store, named, on_screen, settle, there, workspace

from pmqa_desktop.app import App
from pmqa_desktop.domain.scoring import display
from ui.screens.summary import SummaryScreen

AGENCY = "sample-dept"
PASSPHRASE = "practice"


@pytest.fixture(scope="session")
def agreed(tmp_path_factory, practice_round):
    """Return a chair's workspace folder in which one agency is revealed and its agreed items are confirmed."""
    home = tmp_path_factory.mktemp("summary-home")
    shutil.copytree(practice_round, home / "practice" / "round")
    workspace = App(home).practice_workspace("chair")
    workspace.exchange.import_paths([practice_round / "clear"])
    workspace.close()
    return home / "practice" / "chair"


@pytest.fixture
def summary(open_window, prepared_home, agreed, chosen_folder):
    """Return the window at the summary of an agency whose consensus is being settled on this laptop."""
    shutil.copytree(agreed, prepared_home / "practice" / "chair")
    shell = practise(open_window(), "chair", chosen_folder)
    in_store(shell, lambda: workspace(shell).panel.settle_agreed(AGENCY))
    shell.routes._committee().open_summary(AGENCY)
    settle(shell)
    return shell


def _outlook(shell):
    return in_store(shell, lambda: workspace(shell).panel.outlook(AGENCY))


def _criteria(shell):
    return in_store(shell, lambda: workspace(shell).round).criteria


def _finish(shell):
    def work():
        panel = workspace(shell).panel
        for row in panel.matrix(AGENCY).rows:
            if not row.is_settled:
                panel.settle(AGENCY, row.item, panel.item(AGENCY, row.item).proposal, "ตามหลักฐาน")

    in_store(shell, work)
    shell.routes._committee().open_summary(AGENCY)
    settle(shell)


def test_a_provisional_total_is_called_so_and_cannot_be_signed(summary):
    outlook = _outlook(summary)
    words = visible_text(summary)

    assert outlook.unsettled
    assert named(summary, "summary-total").text() == display(outlook.score.total, _criteria(summary))
    assert "คะแนนชั่วคราว" in words
    assert f"ยังลงนามมติไม่ได้: ขาด {len(outlook.unsettled)} ข้อ" in words
    assert not named(summary, "summary-sign").isEnabled()


def test_the_distance_to_the_next_line_is_rounded_up(summary):
    total, criteria = _outlook(summary).score.total, _criteria(summary)
    line = next(line.least for line in criteria.settings.award_lines if line.least > total)

    words = named(summary, "summary-distance").plain()
    shown = next(Fraction(part) for part in words.split() if part.replace(".", "").isdigit())

    assert shown >= line - total
    assert shown - (line - total) < Fraction(1, 100)
    assert named(summary, "award-meter").accessibleName().endswith(words)


def test_the_radar_reads_all_categories(summary):
    said = named(summary, "radar").accessibleName()

    for code, score in _outlook(summary).score.categories.items():
        assert f"หมวด {code} {display(score, _criteria(summary))}" in said


def test_the_agencys_own_scores_stand_beside_ours_with_the_difference(summary):
    seen = in_store(summary, lambda: workspace(summary).round)
    own = {category.code: Fraction(450) for category in seen.criteria.edition.categories}
    panel = workspace(summary).panel

    summary.window.open(lambda: SummaryScreen(panel, seen, summary.tasks, AGENCY, own_scores=own))
    settle(summary)
    words = visible_text(summary)

    assert "หน่วยงานประเมินตนเอง" in words
    assert "450.00" in words
    assert "\u2212" in words


def test_a_settled_agency_can_be_signed_and_then_prints_its_feedback(summary, chosen_folder):
    _finish(summary)
    assert named(summary, "summary-sign").isEnabled()
    assert there(summary, "summary-feedback")

    in_store(summary, lambda: workspace(summary).panel.sign(AGENCY, PASSPHRASE, reason="ซ้อมลงนามใหม่"))
    summary.routes._committee().open_summary(AGENCY)
    settle(summary)
    assert "ลงนามแล้ว ฉบับที่ 2" in visible_text(summary)
    click(summary, "summary-feedback")
    assert not there(summary, "report-save-all")
    reports = summary.window.screen_now
    for report in ("feedback", "panel", "minutes", "memo", "summary", "fingerprint"):
        reports.choices.list.choose(report)
        settle(summary)
        assert reports.preview.reader.pages, report
    reports.choices.list.choose("feedback")
    settle(summary)
    click(summary, "change-folder")
    click(summary, "report-save")

    assert (chosen_folder / f"feedback-{AGENCY}.pdf").read_bytes().startswith(b"%PDF")
    click(summary, "reports-back")
    assert on_screen(summary) == "summary-screen"
