# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One drawing for screen and paper: the widgets' shapes and the reports' are the same but for their size."""

from fractions import Fraction
from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from reportlab.pdfgen.canvas import Canvas

from pmqa_desktop.pictures.radar import Corner, Ring
from pmqa_desktop.pictures.scales import Step
from pmqa_desktop.pictures.seats import paper_mark, seat_shape
from pmqa_desktop.pictures.shapes import Area, At, Disc, Stroke, Words, box
from pmqa_desktop.reports import charts
from pmqa_desktop.reports.drawing import INKS, draw_picture
from pmqa_desktop.reports.typeset.pen import Pen
from ui import theme
from ui.widgets.award_meter import AwardMeter
from ui.widgets.drawing import paint
from ui.widgets.radar import Axis, Radar
from ui.widgets.scores import Post

SCORES = tuple(Fraction(score) for score in (441, 483, 475, 462, 491, 450, 400))


def around(figure, share):
    """Return the figure's corners as shares of its radius around its centre."""
    (found,) = [one for one in figure.picture() if isinstance(one, Area) and one.edge == share]
    return [((x - figure.centre.x) / figure.radius, (y - figure.centre.y) / figure.radius) for x, y in found.corners]


def test_the_radar_of_the_screen_is_that_of_the_paper(qtbot):
    theme.load_fonts()
    widget = Radar()
    qtbot.addWidget(widget)
    widget.resize(500, 420)
    widget.show_axes([Axis(f"หมวด {n}", 500, score, str(score)) for n, score in enumerate(SCORES, 1)], "เรดาร์")
    corners = [Corner(f"หมวด {n}", str(score), score / 500) for n, score in enumerate(SCORES, 1)]
    paper = charts.Radar(corners, [Ring("300", Fraction(3, 5)), Ring("400", Fraction(4, 5))])

    screen, printed = (around(figure, "primary") for figure in (widget.figure(), paper.figure(450)))

    for here, there in zip(screen, printed, strict=True):
        assert here == pytest.approx(there)


def test_the_ladder_of_the_screen_is_that_of_the_paper(qtbot):
    theme.load_fonts()
    widget = AwardMeter()
    qtbot.addWidget(widget)
    widget.resize(700, 70)
    lines = (300, 400, 470)
    widget.show_total(Fraction(457), [Post(Fraction(line), str(line)) for line in lines], 500, "คะแนน")
    paper = charts.Ladder([Step(Fraction(line, 500), (str(line),)) for line in lines], Fraction(457, 500))

    def parts(figure):
        return [type(one) for one in figure.picture() if not (isinstance(one, Stroke) and one.ink == "edge")]

    screen, printed = widget.figure(), paper.figure(450)
    assert parts(screen) == parts(printed)
    for share in (Fraction(line, 500) for line in (*lines, 457)):
        here, there = ((one.place(share) - one.place(one.start)) / (one.place(Fraction(1)) - one.place(one.start))
                       for one in (screen, printed))  # fmt: skip
        assert here == pytest.approx(there)


def test_a_seat_has_the_same_mark_on_screen_and_paper():
    for seat in range(8):
        drawn, printed = seat_shape(seat, At(5, 5), 3.0, "primary", "surface", 1.0), paper_mark(seat, At(5, 5), 3.0)
        assert type(drawn) is type(printed)
        assert getattr(drawn, "corners", ()) == getattr(printed, "corners", ())


EVERYTHING = (
    box(10, 10, 80, 30, "surface2", "edge", 2),
    Area((At(20, 60), At(60, 60), At(40, 90)), "lv1", veil=True),
    Area((At(70, 60), At(95, 60), At(82, 90)), edge="warn", width=2, dashed=True),
    Disc(At(30, 75), 8, "primary", "surface", 2),
    Stroke(At(5, 95), At(95, 95), "text", 3),
    Words("หมวด", At(50, 25), "name", "text", back="surface"),
)


def test_both_pens_draw_every_kind_of_shape(qtbot):
    theme.load_fonts()
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint(painter, EVERYTHING)
    painter.end()
    assert image.pixelColor(15, 15) == theme.colour("surface2")
    assert image.pixelColor(30, 75) == theme.colour("primary")
    assert image.pixelColor(50, 95) == theme.colour("text")
    assert image.pixelColor(52, 70).lightness() < 250

    canvas = Canvas(BytesIO(), pagesize=(100, 100))
    draw_picture(Pen(canvas), EVERYTHING, 0, 100)
    code = "\n".join(canvas._code)
    assert "10 90 m 90 90 l 90 60 l 10 60 l b" in code
    assert "[4 3] 0 d 70 40 m" in code
    assert "5 5 m 95 5 l S" in code
    assert "Tm" in code


def test_both_pens_know_every_ink(qtbot):
    for ink, colour in INKS.items():
        if ink:
            assert theme.colour(ink).isValid()
            assert colour.startswith("#")


def test_the_light_palette_is_the_same_on_screen_and_paper(qtbot):
    differing = {ink for ink, colour in INKS.items() if ink and theme.colour(ink).name().upper() != colour.upper()}
    assert differing <= {"lv1"}  # on paper a little deeper, for grey print
