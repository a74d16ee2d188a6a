# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Every page of every report of the practice round: no page is blank, no text leaves the paper or its margins.

The pictures themselves are for the eye: `dev.py shots`, files named `paper-…`.
"""

import shutil

import pytest
from pdf_reading import page_texts
from PySide6.QtCore import QSize, Qt
from report_cases import CASES

from pmqa_desktop.reports.models import Options
from ui.paper_shots import PRINTS, Papers, Print, pages, write_papers

MILLIMETRE = 72 / 25.4
SIDE, EDGE = 15 * MILLIMETRE, 5 * MILLIMETRE
"""Text keeps this far from the sides and from the upper and lower edge: the least that office printers need."""


@pytest.fixture(scope="module")
def home(tmp_path_factory, practice_round):
    """Return a home folder that has the practice round."""
    folder = tmp_path_factory.mktemp("papers-home")
    shutil.copytree(practice_round, folder / "practice" / "round")
    return folder


@pytest.fixture(scope="module")
def papers(home):
    """Return the settled round."""
    made = Papers(home)
    yield made
    made.close()


def share_of_ink(paper):
    """Return how much of a page is not white, of 1, counted on a small copy."""
    small = paper.scaled(
        QSize(90, 90), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    dark = sum(small.pixelColor(x, y).lightness() < 200 for x in range(90) for y in range(90))
    return dark / 8100


def faults_of(data):
    """Return what is wrong with the pages of a PDF: text too near to an edge, nothing printed."""
    faults = []
    for number, (paper, text) in enumerate(pages(data, 50), start=1):
        width, height = (edge * 72 / 50 for edge in (paper.width(), paper.height()))
        if not (text.left() >= SIDE and text.right() <= width - SIDE):
            faults.append(f"page {number}: text from {text.left():.0f} to {text.right():.0f} of {width:.0f}")
        if not (text.top() >= EDGE and text.bottom() <= height - EDGE):
            faults.append(f"page {number}: text from {text.top():.0f} down to {text.bottom():.0f} of {height:.0f}")
        if share_of_ink(paper) < 0.0007:  # head and foot with a class of secrecy alone: 0.0005
            faults.append(f"page {number} is blank")
    return faults


@pytest.mark.parametrize("wanted", PRINTS, ids=lambda wanted: wanted.name)
def test_no_page_is_blank_and_all_text_is_inside_the_margins(qapp, papers, wanted):
    assert faults_of(papers.set(wanted)) == []


@pytest.mark.parametrize("told", [Options("th"), Options("en"), Options("th", "thai")], ids=str)
@pytest.mark.parametrize("case", CASES)
def test_reports_of_other_rounds_keep_to_the_margins_too(qapp, case, told):
    assert faults_of(CASES[case](told)) == []


def test_a_page_with_a_security_class_has_it_inside_the_edges_that_printers_need(qapp):
    found = [text for _paper, text in pages(CASES["feedback-official"](Options("th")), 50)]
    assert found
    assert all(text.top() < 40 and text.bottom() > 842 - 40 for text in found)


@pytest.mark.parametrize("seats", [6, 9, 12])
def test_a_large_panel_signs_on_the_sheet_that_names_the_fingerprint(seats):
    texts = page_texts(CASES[f"panel-{seats}"](Options("en")))
    assert "BDIF 2K7Q" in texts[-1]
    assert texts[-1].count("Signature") == sum(text.count("Signature") for text in texts) == 1 + seats + 1


def test_the_pictures_are_found_by_their_names(qapp, home, papers, tmp_path):
    second = tmp_path / "home"  # one program per registry: the first one is open
    shutil.copytree(home / "practice" / "round", second / "practice" / "round")
    written = write_papers(tmp_path / "pictures", second, "memo")
    assert [path.name for path in written] == ["paper-memo-th-01.png", "paper-memo-en-01.png"]
    assert all(path.stat().st_size > 10_000 for path in written)


def test_a_print_is_named_by_report_language_and_digits():
    assert Print("minutes", "th", "thai").name == "paper-minutes-th-digits"
    assert Print("fingerprint", "en", about="seat").name == "paper-fingerprint-seat-en"
    assert len({one.name for one in PRINTS}) == len(PRINTS)
