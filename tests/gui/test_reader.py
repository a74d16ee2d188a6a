# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The reader by itself: whole, damaged, locked, huge and slow papers, made here as real PDFs."""

import io

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import QElapsedTimer, QPoint, QPointF, QSize, Qt
from PySide6.QtTest import QTest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pmqa_desktop.assets import resource
from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.domain.passages import Passage
from ui.screens.scoring.finder import Finder
from ui.screens.scoring.page_view import PageView
from ui.screens.scoring.painter import MOST_PIXELS, within_limit
from ui.screens.scoring.reader import MOST_HITS, Reader

A4 = (595.0, 842.0)


def paper(draw, size=A4, **more):
    """Return the bytes of a PDF that `draw` fills."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size, **more)
    draw(canvas)
    canvas.save()
    return made.getvalue()


def lines(*pages):
    """Return a drawer of pages of a few lines each."""

    def draw(canvas):
        if "thai" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("thai", str(resource("fonts/PMQASarabun-Regular.ttf"))))
        for page in pages:
            canvas.setFont("thai", 16)
            for number, line in enumerate(page):
                canvas.drawString(60, 780 - 30 * number, line)
            canvas.showPage()

    return draw


def listed(data, name="report.pdf"):
    return Paper(digest="sha256:" + "1" * 64, bytes=len(data), name=name, pages=0)


@pytest.fixture
def reader(qtbot):
    made = Reader()
    yield made
    qtbot.waitUntil(made.painter.free, timeout=60_000)
    made.close()
    made.painter.close()


@pytest.fixture
def view(qtbot, reader):
    made = PageView(reader, lambda _page: ())
    made.resize(500, 400)
    qtbot.addWidget(made)
    made.show()
    return made


def opened(reader, data, page=1):
    reader.open(listed(data), data, page)
    return reader


def test_words_dragged_over_with_the_mouse_become_a_passage(reader, view, qtbot):
    opened(reader, paper(lines(["ระบบน้ำดื่มสะอาด", "ที่ทำการอำเภอ"])))
    (line,) = reader.passage_areas(1, Passage("ระบบน้ำดื่มสะอาด"))
    begin = view.sheet.place(line).topLeft() + QPointF(1, 6)
    end = view.sheet.place(line).bottomRight() - QPointF(0.5, 6)

    QTest.mousePress(view.sheet, Qt.MouseButton.LeftButton, pos=begin.toPoint())
    QTest.mouseMove(view.sheet, QPoint(int(end.x()), int(end.y())))
    QTest.mouseRelease(view.sheet, Qt.MouseButton.LeftButton, pos=end.toPoint())

    assert reader.mark is not None
    assert reader.mark.passage == Passage("ระบบน้ำดื่มสะอาด")


def test_words_are_marked_by_keys_letter_by_letter_and_taken_back(reader, view):
    opened(reader, paper(lines(["one two three", "four"])))
    view.setFocus()

    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert reader.mark.passage == Passage("o", 1, 3)
    both = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view, Qt.Key.Key_Right, both)
    QTest.keyClick(view, Qt.Key.Key_Right, both)
    assert reader.mark.passage == Passage("one two")
    QTest.keyClick(view, Qt.Key.Key_Left, both)
    assert reader.mark.passage.words == "one"
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert reader.mark.passage.words == "one two three"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert reader.mark is None


def test_a_mark_never_parts_a_letter_from_its_vowel_and_tone(reader, view):
    opened(reader, paper(lines(["น้ำที่"])))
    view.setFocus()
    shown = []
    for _turn in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        shown.append(reader.mark.passage.words)
    assert shown == ["น้", "น้ำ", "น้ำที่"]


def test_all_places_are_listed_with_their_words_and_stepped_through(reader, qtbot):
    opened(reader, paper(lines(["แผนงาน ก", "อื่น"], ["ไม่มี"], ["หัว แผน", "งาน ท้าย แผนงาน"])), page=2)

    reader.find("แผนงาน")
    qtbot.waitUntil(lambda: not reader.looking, timeout=10_000)

    assert [hit.page for hit in reader.hits] == [1, 3, 3]
    assert (reader.hits[2].before.endswith("ท้าย"), reader.hits[2].words) == (True, "แผนงาน")
    assert (reader.page, reader.hit) == (3, 1)
    assert len(reader.found[1]) == 2, "the words stand on two lines, each one rectangle"
    reader.step_hit(1)
    reader.step_hit(1)
    assert (reader.page, reader.hit) == (1, 0)
    reader.mark_hit()
    assert reader.mark.passage == Passage("แผนงาน")


def test_a_search_lists_so_many_places_and_no_more(reader, qtbot):
    opened(reader, paper(lines(*[["ก ก ก ก ก ก"]] * 100)))
    reader.find("ก")
    qtbot.waitUntil(lambda: not reader.looking, timeout=20_000)
    assert len(reader.hits) == MOST_HITS


@pytest.mark.qt_log_ignore("bookmark with invalid location")
def test_the_outline_is_the_papers_own(reader):
    def draw(canvas):
        for number, (title, level) in enumerate((("หมวด 1", 0), ("ข้อ 1.1", 1), ("หมวด 2", 0))):
            canvas.bookmarkPage(str(number))
            canvas.addOutlineEntry(title, str(number), level)
            canvas.drawString(50, 700, "page")
            canvas.showPage()

    opened(reader, paper(draw))
    assert [(one.level, one.title, one.page) for one in reader.outline()] == [
        (0, "หมวด 1", 1),
        (1, "ข้อ 1.1", 2),
        (0, "หมวด 2", 3),
    ]


def _without_pages():
    made = io.BytesIO()
    PdfWriter().write(made)
    return made.getvalue()


def _encrypted():
    return paper(lines(["secret"]), encrypt=StandardEncryption("password", strength=128))


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7\nrubbish", "damaged"),
        (paper(lines(["one"]))[:200], "damaged"),
        (b"MZ" + bytes(5000), "damaged"),
        (_without_pages(), "damaged"),
        (_encrypted(), "locked"),
    ],
)
def test_a_paper_that_cannot_be_shown_says_why(reader, qtbot, data, trouble):
    with qtbot.waitSignal(reader.failed):
        opened(reader, data)
    assert reader.trouble == trouble
    assert reader.pages == 0
    good = paper(lines(["one"]))
    assert opened(reader, good).pages == 1, "the next paper opens"


def test_damage_anywhere_ends_in_a_page_or_a_word(reader, qtbot):
    whole = paper(lines(["one two", "three"], ["four"]))
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        data = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        opened(reader, data)
        assert bool(reader.pages) != bool(reader.trouble)
        reader.text(1)
        reader.outline()


@pytest.mark.parametrize("size", [(10_000.0, 10_000.0), (14_400.0, 3.0), (3.0, 14_400.0)])
def test_a_huge_page_is_drawn_within_the_limit(reader, view, qtbot, size):
    opened(reader, paper(lambda canvas: canvas.showPage(), size=size))
    with qtbot.waitSignal(reader.painter.painted, timeout=20_000) as drawn:
        reader.show_zoom(300)
    picture = drawn.args[2]
    assert 0 < picture.width() * picture.height() <= MOST_PIXELS


def test_the_limit_keeps_the_shape():
    assert within_limit(QSize(100, 200)) == QSize(100, 200)
    wide = within_limit(QSize(40_000, 10_000))
    assert wide.width() * wide.height() <= MOST_PIXELS
    assert abs(wide.width() / wide.height() - 4) < 0.01
    thin = within_limit(QSize(1, 2_000_000_000))
    assert thin.width() * thin.height() <= MOST_PIXELS


def test_a_paper_of_two_thousand_pages_opens_at_its_last(reader):
    data = paper(lambda canvas: [canvas.showPage() for _page in range(2000)])
    opened(reader, data, 5000)
    assert (reader.pages, reader.page) == (2000, 2000)


def test_a_page_that_takes_long_never_holds_up_the_window(reader, view, qtbot):
    def draw(canvas):
        canvas.setFillAlpha(0.5)
        canvas.setStrokeAlpha(0.5)
        for number in range(12_000):
            canvas.line(number % 595, 0, (number * 7) % 595, 842)
        canvas.showPage()
        canvas.drawString(60, 700, "second")
        canvas.showPage()

    data = paper(draw)
    opened(reader, data)
    reader.show_zoom(300)
    watch = QElapsedTimer()
    watch.start()
    reader.text(2)
    reader.turn(2)
    view.grab()
    reader.open(listed(data), data, 2)
    assert watch.elapsed() < 4000, "asked while the page is drawn: the question waits, the window does not"
    qtbot.waitUntil(lambda: reader.pages == 2, timeout=120_000)
    assert reader.page == 2
    assert "second" in reader.text(2).text


def test_the_key_for_the_next_place_looks_for_words_that_were_only_typed(reader, qtbot):
    opened(reader, paper(lines(["หนึ่ง"], ["สอง"], ["สอง"])))
    finder = Finder(reader)
    qtbot.addWidget(finder)
    with qtbot.waitActive(finder):
        finder.show()
        finder.activateWindow()

    finder.field.setText("สอง")
    pages = []
    for _place in range(3):
        QTest.keyClick(finder.field, Qt.Key.Key_F3)
        qtbot.waitUntil(lambda: bool(reader.hits) and not reader.looking, timeout=10_000)
        pages.append(reader.page)

    assert pages == [2, 3, 2]
