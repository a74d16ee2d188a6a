# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The papers that go with files: fingerprint page with its QR code, letter to a seat, readiness page, cover memo."""

import re
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO

import pytest
import report_samples as samples
import segno
from laptops import SECRETARY, SmallRound
from pdf_reading import page_texts, squeezed
from pypdf import PdfReader
from refusals import refused

from pmqa_desktop.reports import fingerprint_page, memo, readiness_page, seat_letter
from pmqa_desktop.reports import models as m
from pmqa_desktop.reports.models import Options
from pmqa_desktop.services.reporting import REPORTS, ReportingService, handover
from pmqa_desktop.sync.fingerprint import groups

_RECTANGLE = re.compile(rb"(\S+) (\S+) (\S+) (\S+) re(?= )")


def squares_of(data):
    """Read the dark squares of the one QR code in a file back from its page's operators: (row, column)."""
    content = PdfReader(BytesIO(data)).pages[0].get_contents().get_data()
    path = max(re.findall(rb"(?:\S+ \S+ \S+ \S+ re ?)+f", content), key=len)
    found = [tuple(map(float, one)) for one in _RECTANGLE.findall(path)]
    size = found[0][3]
    dark = set()
    for left, low, width, _height in found:
        column, row = round(left / size) - 4, round(-low / size) - 5
        dark |= {(row, column + step) for step in range(round(width / size))}
    return dark


def test_the_qr_code_holds_the_digest():
    wanted = segno.make(samples.DIGEST, error="m", micro=False).matrix
    dark = {(row, at) for row, squares in enumerate(wanted) for at, square in enumerate(squares) if square}
    assert squares_of(fingerprint_page.render(samples.fingerprint_page(), Options())) == dark


def test_another_digest_is_another_code():
    other = samples.fingerprint_page(digest=samples.DIGEST[:-1] + "0")
    first, second = (fingerprint_page.render(one, Options()) for one in (samples.fingerprint_page(), other))
    assert squares_of(first) != squares_of(second)


def test_a_fingerprint_page_tells_document_seat_groups_and_two_signers():
    text = squeezed("".join(page_texts(fingerprint_page.render(samples.fingerprint_page(), Options()))))
    for told in (*samples.FINGERPRINT, "ใบให้คะแนนที่ลงนามแล้ว", "expert-1", "30กรกฎาคม256414.05น."):
        assert squeezed(told) in text
    assert text.count("ลงชื่อ") == 2 + text.count("ลงชื่อด้านล่าง")
    bare = fingerprint_page.render(
        samples.fingerprint_page(agency=None, seat=None, revision=0, signed_on=None, subject="roster"), Options("en")
    )
    assert "First roster of the round" in "".join(page_texts(bare))


def test_a_letter_tells_agencies_due_day_steps_and_fingerprint():
    text = squeezed("".join(page_texts(seat_letter.render(samples.seat_letter(), Options()))))
    assert "ภายในวันจันทร์ที่2สิงหาคม" in text
    assert "กรมตัวอย่าง" in text
    assert all(squeezed(group) in text for group in samples.FINGERPRINT)
    places = [text.index(f"{step}.", text.index("ขั้นตอน")) for step in range(1, 7)]
    assert places == sorted(places)
    assert "ภายในวัน" not in "".join(page_texts(seat_letter.render(samples.seat_letter(due=None), Options())))


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (("ok", "ok", "left-out"), "This computer is ready."),
        (("ok", "warning", "ok"), "This computer is ready; 1 things want a look."),
        (("failed", "warning", "failed"), "This computer is not ready: 2 things are not in order."),
    ],
)
def test_the_readiness_page_says_whether_the_computer_is_ready(states, told):
    text = " ".join("".join(page_texts(readiness_page.render(samples.readiness_page(*states), Options("en")))).split())
    assert told in text


def test_the_memo_follows_the_offices_form():
    text = squeezed("".join(page_texts(memo.render(samples.cover_memo(), Options("th", "thai")))))
    order = [
        "บันทึกข้อความ",
        "ส่วนราชการ",
        "วันที่๓สิงหาคม",
        "เรื่องรายงานการประชุม",
        "เรียน",
        "ตามที่",
        "บัดนี้",
        "จึงเรียนมา",
        "สิ่งที่ส่งมาด้วย",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "๔๔๘.๓๕" in text


def test_long_fields_of_the_memo_run_on_over_more_lines():
    long_name = replace(samples.agency_head(), name=m.Words("สำนักงานส่งเสริมการพัฒนาระบบข้อมูลเพื่อการบริหาร" * 4))
    bare = replace(long_name, session=None)
    text = squeezed("".join(page_texts(memo.render(samples.cover_memo(agency=bare, made_on=None), Options()))))
    assert text.count(long_name.name.th) >= 3


def test_hostile_words_are_printed_and_open_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับในแฟ้ม", encoding="utf-8")
    nasty = f"<img src='{secret}'/> <b>\u202e\x00\U0001f600\ud800 {{0}} %s " + "ยาว" * 2000
    agency = replace(samples.agency_head(), name=m.Words(nasty), ministry=nasty, short=nasty)
    seat = replace(samples.SEATS[0], title=m.Words(nasty))
    made = (
        memo.render(samples.cover_memo(agency=agency, to=m.Words(nasty), number=nasty), Options()),
        seat_letter.render(samples.seat_letter(agencies=(agency,), seat=seat, number=nasty), Options()),
        fingerprint_page.render(samples.fingerprint_page(agency=agency, seat=seat), Options()),
    )
    for data in made:
        text = squeezed("".join(page_texts(data)))
        assert "<img" in text and "[U+202E][U+0000]" in text
        assert "ความลับในแฟ้ม" not in text


@pytest.fixture
def office(tmp_path):
    with ExitStack() as stack:
        world = SmallRound(tmp_path, stack)
        laptops = world.judged("alpha", {"expert-1": ("1.1.S1",)})
        chair = world.settled(laptops)
        office = world.laptop(SECRETARY)
        world.send(chair, office, "declaration", "scoresheet", "reveal", "consensus")
        yield office.session


def test_pages_are_filled_from_the_documents(office, tmp_path):
    consensus = office.current(("consensus", "alpha"))
    assert handover.fingerprint_page(office, "alpha").digest == consensus
    sheet = handover.fingerprint_page(office, "alpha", "expert-1")
    assert (sheet.subject, sheet.fingerprint) == ("scoresheet", groups(sheet.digest))
    first = handover.fingerprint_page(office)
    assert first.digest == office.view().chain[0]
    letter = handover.seat_letter(office, "expert-1")
    assert [one.agency for one in letter.agencies] == ["alpha", "beta"]
    assert letter.digest == first.digest
    assert handover.cover_memo(office, "alpha").made_on is not None
    assert {line.name for line in handover.readiness_page(office).lines} >= {"python", "store", "window"}
    reporting = ReportingService(office)
    for report in REPORTS:
        path = reporting.save(report, tmp_path / f"{report}.pdf", agency="alpha", seat="expert-1", language="en")
        assert path.read_bytes().startswith(b"%PDF-")


def test_what_is_not_there_is_told(office):
    assert refused("unknown-seat", handover.seat_letter, office, "nobody")["seat"] == "nobody"
    refused("unknown-agency", handover.seat_letter, office, "expert-1", "nowhere")
    refused("unknown-seat", handover.fingerprint_page, office, "alpha", "nobody")
    refused("no-sheet", handover.fingerprint_page, office, "beta", "expert-1")
    refused("no-consensus", handover.cover_memo, office, "beta")
