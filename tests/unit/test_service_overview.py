# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where an evaluator stands, on real files."""

from contextlib import ExitStack
from datetime import UTC, date, datetime

import msgspec
import pytest
from laptops import PASSPHRASE, SmallRound

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.documents import Due
from pmqa_desktop.services.evaluation.overview import LONGEST_TICK, OverviewService


class DueRound(SmallRound):
    """A small round with due dates."""

    def _body(self):
        due = (Due("scoresheet", "2026-05-10"), Due("declaration", "2026-05-01"), Due("visit", "soon"))
        return msgspec.structs.replace(super()._body(), due=due)


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield DueRound(tmp_path, stack)


@pytest.fixture
def laptop(world):
    laptop = world.laptop("expert-1")
    laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    return laptop


@pytest.fixture
def overview(laptop):
    return OverviewService(laptop.session, laptop.scoring)


def test_progress_and_distance_follow_the_sheet(laptop, overview):
    alpha, beta = overview.agencies()
    assert (alpha.left, alpha.provisional, alpha.line, alpha.to_line) == (30, None, "", None)

    points = laptop.session.round().criteria.edition.item("1.1").levels[0].points
    laptop.scoring.save_answer("alpha", "1.1", Answer(ticks=tuple(p.id for p in points)))
    laptop.scoring.save_answer("alpha", "2.1", Answer())
    laptop.scoring.save_answer("alpha", "7.1", Answer())  # begun: no result yet

    alpha, beta = overview.agencies()
    assert [(c.category, c.scored) for c in alpha.categories if c.scored] == [("1", 1), ("2", 1)]
    assert sum(c.of for c in alpha.categories) == alpha.work.of == 30
    assert (alpha.left, alpha.provisional, alpha.line, alpha.to_line) == (28, 150, "basic", 150)
    assert alpha.open_notices > 0 == beta.open_notices


def test_due_dates_count_days_in_thailand(world, overview):
    world.clock.now = datetime(2026, 5, 8, 16, 59, tzinfo=UTC)
    assert [(d.what, d.date, d.days_left) for d in overview.due()] == [
        ("declaration", date(2026, 5, 1), -7),
        ("scoresheet", date(2026, 5, 10), 2),
    ]
    world.clock.now = datetime(2026, 5, 8, 17, 0, tzinfo=UTC)
    assert [d.days_left for d in overview.due()] == [-8, 1]


def test_time_spent_adds_up_across_restarts_and_is_never_signed(world, laptop, overview):
    overview.tick("alpha", 60)
    overview.tick("alpha", 10_000)
    assert overview.tick("alpha", -5) == 60 + LONGEST_TICK
    laptop.session.close()

    again = world.laptop("expert-1")
    spent = OverviewService(again.session, again.scoring)
    assert (spent.seconds("alpha"), spent.seconds("beta")) == (60 + LONGEST_TICK, 0)
    assert spent.agencies()[0].seconds == 60 + LONGEST_TICK
    again.scoring.fill("alpha", world.full_sheet())
    again.scoring.keep_notices("alpha", "ตั้งใจ")
    signed = again.scoring.sign("alpha", PASSPHRASE)
    assert b"time" not in again.session.documents.get(signed.digest).payload


def test_points_that_lift_the_item_and_the_agency(laptop, overview):
    laptop.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.A1", "1.1.B1")))

    steps = overview.item_lifts("alpha", "1.1")
    assert (steps[0].level, steps[0].gain) == ("basic", 300)
    assert overview.item_lifts("alpha", "1.2") == ()
    lift = overview.lift("alpha")
    assert lift is not None and dict(lift.points) == {"1.1": ("1.1.B2", "1.1.B3")}
    assert overview.lift("beta") is None
