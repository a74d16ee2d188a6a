# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Reports that the practice round does not show: official, classified, of large panels, with agencies unranked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import report_samples as samples

from pmqa_desktop.reports import feedback, fingerprint_page, minutes, panel_sheet, ranking, summary
from pmqa_desktop.reports import models as m
from pmqa_desktop.reports.models import Options
from pmqa_desktop.services.registry.outcome import STATE_WORDS
from pmqa_desktop.services.reporting.heads import both

APPROVAL = m.ApprovalLine("คณะอนุกรรมการพัฒนาระบบราชการเกี่ยวกับการส่งเสริมการพัฒนาคุณภาพ", "3/2564", date(2021, 9, 30))
TITLES = ("กรรมการผู้ทรงคุณวุฒิ", "Expert member")


def official_round(confidentiality: str = "ลับ") -> m.RoundHead:
    """Return the head of a round that counts."""
    return samples.round_head(rehearsal=False, confidentiality=confidentiality)


def official() -> m.Outcome:
    """Return an approved result with its award."""
    award = m.Words("รางวัลคุณภาพการบริหารจัดการภาครัฐ 4.0 ระดับก้าวหน้า", "PMQA 4.0 award, Advance level")
    return replace(samples.outcome(state="official"), approval=APPROVAL, awards=(award,))


def seats(count: int) -> tuple[m.SeatLine, ...]:
    """Return a panel of a chair and members; the last but one dissents, the last is recused."""
    members = [
        m.SeatLine(f"expert-{number}", m.Words(f"{TITLES[0]} {number}", f"{TITLES[1]} {number}"), "agrees")
        for number in range(1, count)
    ]
    members[-2] = replace(members[-2], state="dissents", reason=samples.DISSENT)
    away = m.SeatLine(
        "expert-x", m.Words(f"{TITLES[0]} {count}", f"{TITLES[1]} {count}"), "recused", reason="เคยเป็นที่ปรึกษาของหน่วยงาน"
    )
    return (samples.SEATS[0], *members, away)


def large_panel(count: int) -> m.PanelSheet:
    """Return the sheet of a panel of `count` scoring seats."""
    shift = (0, -50, 0, 50, 0, -100, 0, 0, 50, 0, -50, 0)
    rows = []
    for row in samples.matrix_rows():
        settled = Fraction(row.settled)
        values = [max(Fraction(0), min(Fraction(500), settled + shift[at % 12])) for at in range(count)]
        told = tuple(f"{float(value):.2f}" for value in values)
        rows.append(replace(row, scores=told, fractions=tuple(value / 500 for value in values)))
    return samples.panel_sheet(seats=seats(count), rows=tuple(rows), have=count, need=count // 2 + 1)


def unranked() -> m.Ranking:
    """Return a ranking in which every reason for having no rank occurs."""
    waiting = tuple(
        m.RankingLine("", m.Words(f"กรมตัวอย่างที่ {number}", f"Sample Department {number}"), "", note=both(words))
        for number, (state, words) in enumerate(STATE_WORDS.items(), start=1)
        if state != "complete"
    )
    return samples.ranking(rows=(*samples.ranking().rows[:3], *waiting), expected=40, received=31)


def long_ranking() -> m.Ranking:
    """Return an approved ranking over several pages."""
    rows = tuple(
        replace(
            samples.ranking().rows[0],
            rank=str(number),
            agency=m.Words(f"สำนักงานตัวอย่างเพื่อการพัฒนาคุณภาพแห่งที่ {number}", f"Sample Office {number}"),
            total=f"{480 - number * 3}.00",
            fraction=Fraction(480 - number * 3, 500),
        )
        for number in range(1, 41)
    )
    return samples.ranking(round=official_round(""), rows=rows, expected=200, received=200, approval=APPROVAL)


_Made = Callable[[Options], bytes]
CASES: Mapping[str, _Made] = {
    "feedback-official": lambda told: feedback.render(
        samples.feedback(round=official_round(), outcome=official(), categories=samples.categories()[:3]), told
    ),
    "summary-official": lambda told: summary.render(
        samples.public_summary(round=official_round(""), outcome=official(), show_total=True), told
    ),
    "ranking-official": lambda told: ranking.render(long_ranking(), told),
    "ranking-unranked": lambda told: ranking.render(unranked(), told),
    "minutes-official": lambda told: minutes.render(
        samples.minutes(round=official_round("ลับมาก"), seats=seats(7), meeting="3/2564"), told
    ),
    "panel-6": lambda told: panel_sheet.render(large_panel(6), told),
    "panel-9": lambda told: panel_sheet.render(large_panel(9), told),
    "panel-12": lambda told: panel_sheet.render(large_panel(12), told),
    "fingerprint-roster": lambda told: fingerprint_page.render(
        samples.fingerprint_page(round=official_round(), subject="roster", agency=None, seat=None, revision=1), told
    ),
    "fingerprint-sheet": lambda told: fingerprint_page.render(samples.fingerprint_page(), told),
}
