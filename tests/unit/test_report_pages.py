# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""How the reports fill their pages: one page where one is promised, nothing to sign alone, pages of evidence merged."""

from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import pytest
import report_samples as samples
from pdf_reading import page_texts, squeezed
from pypdf import PdfReader

from pmqa_desktop.reports import feedback, memo, minutes, panel_sheet, ranking, summary
from pmqa_desktop.reports import models as m
from pmqa_desktop.reports.charts import Spread
from pmqa_desktop.reports.models import Options

DISSENTS = (m.DissentLine(samples.SEATS[2].title, samples.DISSENT, "6.4"),)
LONG = "การพัฒนาระบบบริการประชาชนแบบเบ็ดเสร็จที่เชื่อมโยงข้อมูลข้ามหน่วยงานทั้งประเทศ " * 3


def with_highlights(*texts, **changes):
    head = samples.agency_head()
    return samples.public_summary(agency=replace(head, session=replace(head.session, highlights=texts), **changes))


@pytest.mark.parametrize("language", ["th", "en"])
def test_long_highlights_are_set_smaller_and_kept_whole(language):
    report = with_highlights(*(f"{LONG}{number}" for number in range(1, 6)))
    (text,) = page_texts(summary.render(report, Options(language)))
    assert all(squeezed(f"{LONG}{number}") in squeezed(text) for number in range(1, 6))


def test_more_than_a_page_can_hold_is_cut_and_told_by_number():
    report = with_highlights(*[LONG * 4] * 40, dimensions=(LONG * 9,) * 20, ministry=LONG * 9)
    (text,) = page_texts(summary.render(report, Options()))
    assert "รายการ" in text
    assert "รายงาน ณ วันที่" in text


def test_an_ordinary_summary_is_not_made_smaller():
    content = PdfReader(BytesIO(summary.render(samples.public_summary(), Options()))).pages[0]
    crowded = PdfReader(BytesIO(summary.render(with_highlights(*[LONG] * 5), Options()))).pages[0]
    assert height_of(content, "สำนักงาน") == height_of(content, "สำนักงาน")
    assert b" 0 0 .9" not in content.get_contents().get_data()
    assert b" 0 0 .8" in crowded.get_contents().get_data()


def height_of(page, word):
    found = []
    page.extract_text(visitor_text=lambda text, _cm, matrix, _font, size: found.append(size) if word in text else None)
    return found


def test_signatures_of_the_ranking_stay_with_the_table():
    rows = samples.ranking().rows
    for count in range(1, 12):
        report = samples.ranking(rows=(rows[0], *[rows[1]] * count))
        texts = page_texts(ranking.render(report, Options()))
        assert "401.20" in texts[-1] or "หมวด 3" in texts[-1], count


def test_an_award_is_named_once_with_all_who_reach_it():
    first, second, *_ = samples.ranking().rows
    report = samples.ranking(rows=(first, replace(second, awards=first.awards)))
    text = squeezed("".join(page_texts(ranking.render(report, Options()))))
    listed = text.split("รางวัลตามระดับและรายหมวด")[1]
    assert listed.count(squeezed(first.awards[0].th)) == 1
    assert squeezed(first.agency.th) in listed and squeezed(second.agency.th) in listed


def test_pages_of_evidence_are_one_sorted_list():
    evidence = tuple(m.EvidenceLine("", page) for page in (7, 3, 12, 3))
    item = replace(samples.categories()[0].items[0], evidence=evidence)
    category = replace(samples.categories()[0], items=(item,))
    text = squeezed("".join(page_texts(feedback.render(samples.feedback(categories=(category,)), Options()))))
    assert "หน้าในรายงานของหน่วยงานหน้า3,7,12" in text


def test_a_report_without_key_themes_has_no_heading_for_them():
    bare = samples.feedback(categories=(), themes=m.Themes())
    assert "ประเด็นสำคัญ" not in "".join(page_texts(feedback.render(bare, Options())))
    named = samples.feedback(categories=())
    text = "".join(page_texts(feedback.render(named, Options())))
    strengths, ofis = (text.index(one[:20]) for one in (named.themes.strengths[0], named.themes.ofis[0]))
    assert text.index("ประเด็นสำคัญในภาพรวม") < text.index("จุดแข็ง", text.index("ประเด็นสำคัญ")) < strengths < ofis


def test_equal_scores_are_heaped_and_every_seat_has_its_mark():
    half, all_ = Fraction(1, 2), Fraction(1)
    picture = Spread((half, None, all_, half), all_, over=True)
    assert picture.figure(100).heaps() == {half: [0, 3], all_: [2]}
    assert picture.height(100) == Spread((half, half), None, over=False).height(100)
    assert picture.height(100) > Spread((half, all_), None, over=False).height(100)


def test_titles_of_items_have_the_whole_width_of_the_panel_sheet():
    rows = samples.matrix_rows()[:8]
    page = page_texts(panel_sheet.render(samples.panel_sheet(rows=rows, categories=()), Options()))
    lines = "\n".join(page).splitlines()
    assert all(any(squeezed(row.title.th) in squeezed(line) for line in lines) for row in rows)


def one_item(item):
    return samples.feedback(categories=(replace(samples.categories()[0], items=(item,)),))


def result_item(**changes):
    line = m.IndicatorLine("RM1", m.Words("ร้อยละความสำเร็จ", "Success"), m.Words("ร้อยละ", "percent"), "85", "90.0")
    return m.ItemResult("7.1", m.Words("ด้านพันธกิจ", "Mission results"), "scored", "430.00", **changes,
                        indicators=(replace(line, score="430.00"),))  # fmt: skip


def test_an_item_of_results_has_no_dash_where_others_have_their_level():
    text = squeezed("".join(page_texts(feedback.render(one_item(result_item()), Options()))))
    assert "7.1ด้านพันธกิจ430.00" in text
    assert "–" not in text.split("7.1ด้านพันธกิจ")[1].split("ฉบับเกณฑ์")[0].replace("–85", "")  # earlier results: none


def test_success_is_told_only_where_the_rule_asks_for_it():
    plain = "".join(page_texts(feedback.render(one_item(result_item()), Options())))
    assert "ความสำเร็จ" not in plain.replace("ร้อยละความสำเร็จ", "")
    lines = tuple(replace(line, success="105.88") for line in result_item().indicators)
    told = "".join(page_texts(feedback.render(one_item(replace(result_item(), indicators=lines)), Options())))
    assert "105.88" in told


def test_units_of_indicators_are_english_in_an_english_report():
    text = "".join(page_texts(feedback.render(one_item(result_item()), Options("en"))))
    assert "percent" in text
    assert "ร้อยละ" not in text


def test_evidence_stays_with_the_words_that_it_belongs_to():
    for length in range(1, 24):
        texts = tuple(f"จุดแข็งข้อ {number}" for number in range(length))
        evidence = (m.EvidenceLine("", 7),)
        item = replace(samples.categories()[0].items[0], ofis=(), recommendations=(), visit_issues=(),
                       strengths=texts, evidence=evidence)  # fmt: skip
        pages = page_texts(feedback.render(one_item(item), Options()))
        assert all("จุดแข็งข้อ" in page for page in pages if "หน้าในรายงานของหน่วยงาน" in page), length


@pytest.mark.parametrize("dissents", [(), DISSENTS])
def test_nobody_signs_minutes_on_a_page_of_signatures_alone(dissents):
    alone = 0
    for count in range(18, 34):
        advice = tuple(("1.1", f"ข้อเสนอแนะที่ {number}") for number in range(count))
        pages = page_texts(minutes.render(samples.minutes(recommendations=advice, dissents=dissents), Options()))
        signed = next(page for page in pages if "ผู้จดรายงานการประชุม" in page)
        alone += "มติที่ประชุม" not in signed and not any(one.reason[:12] in signed for one in dissents)
    assert alone == 0


def test_a_signature_has_brackets_for_the_name_in_print():
    text = "".join(page_texts(memo.render(samples.cover_memo(), Options())))
    assert squeezed(text).count("()") == 1


@pytest.mark.parametrize("digits", ["arabic", "thai"])
@pytest.mark.parametrize("seats", [1, 5, 9])
def test_a_seats_score_in_the_matrix_is_never_broken_into_two_lines(seats, digits):
    row = replace(samples.matrix_rows()[0], scores=("488.88",) * seats, fractions=(Fraction(488, 500),) * seats)
    report = samples.panel_sheet(seats=(samples.SEATS[0],) * seats, rows=(row,))
    text = "".join(page_texts(panel_sheet.render(report, Options("th", digits))))
    assert text.count("488.88" if digits == "arabic" else "๔๘๘.๘๘") == seats
