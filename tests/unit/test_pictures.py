# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The program's pictures as shapes: places follow from the scores, words never touch, nothing leaves the picture."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.pictures.radar import Corner, Radar, Ring
from pmqa_desktop.pictures.scales import Ladder, Step, stair
from pmqa_desktop.pictures.seats import Heaps, Mark, SeatLine, paper_mark
from pmqa_desktop.pictures.shapes import Area, At, Disc, Stroke, Words

shares = st.fractions(0, 1, max_denominator=500)
LINES = (Step(Fraction(3, 5), ("300", "พื้นฐาน")), Step(Fraction(4, 5), ("400", "ก้าวหน้า")),
         Step(Fraction(47, 50), ("470", "พัฒนาจนเกิดผล")))  # fmt: skip


def measure(text, _role):
    return 6.0 * len(text)


def radar(values, radius=100.0):
    corners = [Corner(f"หมวด {n}", str(value), value) for n, value in enumerate(values, 1)]
    rings = [Ring("300", Fraction(3, 5)), Ring("400", Fraction(4, 5)), Ring("500", Fraction(1), strong=False)]
    return Radar(corners, rings, At(200, 180), radius, 10.0)


def of_kind(picture, kind, **fields):
    return [one for one in picture if isinstance(one, kind)
            and all(getattr(one, name) == value for name, value in fields.items())]  # fmt: skip


@given(st.lists(shares, min_size=3, max_size=9))
def test_every_corner_of_the_radar_lies_as_far_out_as_its_score(values):
    found = radar(values)
    (figure,) = of_kind(found.picture(), Area, edge="primary")
    for number, (corner, value) in enumerate(zip(figure.corners, values, strict=True)):
        assert math.dist(corner, found.centre) == pytest.approx(float(value) * 100)
        if value:
            angle = math.atan2(corner.x - 200, 180 - corner.y) % math.tau
            assert angle == pytest.approx(math.tau * number / len(values), abs=1e-6)


def test_a_radar_with_a_missing_score_shows_points_and_no_figure():
    picture = radar([Fraction(1, 2), None, Fraction(1, 2), Fraction(1)]).picture()
    assert not of_kind(picture, Area, edge="primary")
    assert len(of_kind(picture, Disc)) == 3


def test_a_radar_needs_three_corners():
    assert radar([Fraction(1), Fraction(1)]).picture() == ()


def test_the_agencys_own_assessment_is_dashed():
    corners = [Corner("ก", "1", Fraction(1, 2), own=Fraction(1, 3)) for _number in range(5)]
    (own,) = of_kind(Radar(corners, (), At(0, 0), 50, 10).picture(), Area, edge="warn")
    assert own.dashed


def test_the_words_of_a_ring_give_way_to_those_of_a_levels_line():
    rings = [Ring("470", Fraction(47, 50)), Ring("500", Fraction(1), strong=False)]
    small = Radar(radar([Fraction(1)] * 7).corners, rings, At(0, 0), 100, 10).picture()
    assert [one.text for one in of_kind(small, Words, role="ring")] == ["470"]
    large = Radar(radar([Fraction(1)] * 7).corners, rings, At(0, 0), 400, 10).picture()
    assert [one.text for one in of_kind(large, Words, role="ring")] == ["470", "500"]


@given(shares)
def test_the_ladder_begins_at_the_first_line_or_at_nothing(share):
    found = Ladder(LINES, share, 400, 10, measure)
    assert found.start == (Fraction(3, 5) if share >= Fraction(3, 5) else 0)
    filled = [one for ink in ("lv1", "lv2", "lv3") for one in of_kind(found.picture(), Area, fill=ink)]
    reached = max((corner.x for one in filled for corner in one.corners), default=found.place(found.start))
    assert reached == pytest.approx(found.place(share))


@given(st.none() | shares, st.integers(150, 900))
def test_the_words_below_the_ladder_never_touch_and_stay_inside(share, width):
    picture = Ladder(LINES, share, width, 10, lambda text, _role: 3.0 * len(text)).picture()
    posts = of_kind(picture, Words, role="post")
    names = of_kind(picture, Words, role="note")
    ends = [max(3.0 * len(post.text), 3.0 * len(name.text)) / 2 for post, name in zip(posts, names, strict=True)]
    for (one, half), (two, other) in pairwise(zip(posts, ends, strict=True)):
        assert one.at.x + half <= two.at.x - other
    assert all(one.at.x - half >= 0 for one, half in zip(posts, ends, strict=True))


def test_what_is_missing_to_the_next_line_is_hatched_and_nothing_above_the_last():
    below = Ladder(LINES, Fraction(9, 10), 400, 10, measure)
    strokes = of_kind(below.picture(), Stroke, ink="edge")
    assert strokes
    assert all(below.place(Fraction(9, 10)) <= one.start.x <= below.place(Fraction(47, 50)) for one in strokes)
    assert not of_kind(Ladder(LINES, Fraction(97, 100), 400, 10, measure).picture(), Stroke, ink="edge")


@given(st.integers(0, 6), st.integers(1, 6))
def test_a_stair_has_as_many_filled_steps_as_levels(reached, of):
    steps = stair(reached, of, 30, 12, gap=1, pen=1)
    assert [one.fill for one in steps] == ["primary"] * min(reached, of) + ["surface"] * max(of - reached, 0)
    heights = [max(c.y for c in one.corners) - min(c.y for c in one.corners) for one in steps]
    assert heights == sorted(heights)


def test_every_seat_has_a_mark_of_its_own_up_to_sixteen():
    marks = {repr(paper_mark(seat, At(0, 0), 2.0)) for seat in range(16)}
    assert len(marks) == 16
    assert paper_mark(16, At(0, 0), 2.0) == paper_mark(0, At(0, 0), 2.0)


@given(st.lists(shares, max_size=9))
def test_seats_on_the_line_stay_in_the_picture_and_apart(values):
    marks = [Mark(number, f"ผทว. {number}", value) for number, value in enumerate(values)]
    line = SeatLine(marks, (("0", Fraction(0)), ("500", Fraction(1))), 600, 18, measure)
    places = line._places()
    assert all(later - earlier >= 18 * 0.9 - 1e-9 for earlier, later in pairwise(sorted(places)))
    assert all(0 <= place <= 600 for place in places)
    if len(set(values)) == len(values):
        order = sorted(range(len(values)), key=values.__getitem__)
        assert [places[number] for number in order] == sorted(places)


@given(st.lists(st.none() | shares, max_size=9), st.none() | shares, st.booleans())
def test_heaps_stay_in_their_picture(values, settled, over):
    found = Heaps(tuple(values), settled, over, Fraction(2, 5), 120, 10)
    places = [corner for one in found.picture() if isinstance(one, Area) for corner in one.corners]
    places += [end for one in found.picture() if isinstance(one, Stroke) for end in (one.start, one.end)]
    assert all(0 <= place.x <= 120 and -1 <= place.y <= found.height for place in places)
