# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Believable reports for tests and for looking at: the criteria's own items, invented scores and texts."""

import random
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache

from pmqa_desktop.assets import resource
from pmqa_desktop.reports import models as m

_LEVELS = (("B", "ระดับพื้นฐาน", "Basic"), ("A", "ระดับก้าวหน้า", "Advance"), ("S", "ระดับพัฒนาจนเกิดผล", "Significance"))
STRENGTHS = (
    "ส่วนราชการมีแนวทางที่เป็นระบบในการกำหนดทิศทางและถ่ายทอดสู่บุคลากรทุกระดับ รวมทั้งเครือข่ายภายนอก "
    "โดยใช้ระบบศูนย์กลางข้อมูลกระทรวงมหาดไทยในการติดตามผลอย่างต่อเนื่อง",
    "ผู้บริหารสื่อสารวิสัยทัศน์ผ่านช่องทางที่หลากหลาย ทั้งการประชุมทางไกล (Video Conference) และสื่อสังคมออนไลน์ "
    "ทำให้การบริหารสถานการณ์การแพร่ระบาดของโรคติดเชื้อไวรัสโคโรนา 2019 (โควิด-19) ทันต่อเหตุการณ์",
)
OFIS = (
    "ยังไม่พบหลักฐานการเปรียบเทียบผลกับหน่วยงานคู่เทียบที่ชัดเจน โดยเฉพาะตัวชี้วัดด้านความพึงพอใจของผู้รับบริการและผู้มีส่วนได้ส่วนเสีย",
    "การนำผลการเรียนรู้จากข้อร้องเรียนของศูนย์ดำรงธรรมไปปรับปรุงกระบวนการยังไม่ครบทุกกลุ่มภารกิจ",
)
RECOMMENDATIONS = ("ควรกำหนดคู่เทียบและเป้าหมายเชิงท้าทายให้ครบทุกตัวชี้วัดสำคัญภายในปีงบประมาณถัดไป แล้วติดตามผลทุกไตรมาส",)
EXPERT = m.Words("กรรมการผู้ทรงคุณวุฒิ", "Expert member")
DISSENT = "เห็นว่าหลักฐานของหัวข้อ 6.4 ยังไม่พอสำหรับระดับพัฒนาจนเกิดผล"
SEATS = (
    m.SeatLine("chair", m.Words("ประธานคณะกรรมการตรวจประเมิน", "Chair of the assessment panel"), "agrees"),
    m.SeatLine("expert-1", EXPERT, "agrees"),
    m.SeatLine("expert-2", EXPERT, "dissents", reason=DISSENT),
    m.SeatLine("expert-3", EXPERT, "agrees"),
)
REPORT_NAME = "รายงานผลการดำเนินการพัฒนาองค์การ.pdf"
EVIDENCE = (m.EvidenceLine(REPORT_NAME, 12), m.EvidenceLine(REPORT_NAME, 15, "ภาพที่ 3 กระบวนการถ่ายทอดทิศทาง"))
LADDER = tuple(
    m.LevelLine(code, m.Words(th, en), line, Fraction(int(line), 500))
    for (code, th, en), line in zip(_LEVELS, ("300", "400", "470"), strict=True)
)
FINGERPRINT = ("BDIF 2K7Q M3XA TZ5C", "OHW4 NN2E 7DYP QF6U", "XK2S 5VGJ LA3R 6TEB", "CQ7M WZ4D P2HI JO5Y")


def round_head(*, rehearsal=True, confidentiality=""):
    edition = _edition()["edition"]
    return m.RoundHead(
        title=m.Words("รางวัลคุณภาพการบริหารจัดการภาครัฐ 4.0 ประจำปี พ.ศ. 2564", "PMQA 4.0 award, 2021"),
        year_be=2564,
        rehearsal=rehearsal,
        edition=m.Words(f"{edition['name']} · {edition['title_th']}", f"{edition['name']} · {edition['title_en']}"),
        notice=m.Words(edition["notice_th"], edition["notice_en"]),
        owner=m.Words(edition["owner_th"], edition["owner_en"]),
        max_score="500",
        confidentiality=confidentiality,
    )


def agency_head():
    session = m.SessionRecord(
        date=datetime(2021, 8, 3, 9, 0, tzinfo=timezone(timedelta(hours=7))),
        mode="online",
        platform="Zoom",
        venue="ห้องประชุมราชสีห์ อาคารศาลาว่าการกระทรวงมหาดไทย",
        represented_by="รองปลัดกระทรวงมหาดไทย ด้านบริหาร",
        on_behalf_of="ปลัดกระทรวงมหาดไทย",
        highlights=(
            "การขับเคลื่อนการพัฒนาพื้นที่อย่างยั่งยืนตามหลักปรัชญาเศรษฐกิจพอเพียง",
            "การบริหารสถานการณ์การแพร่ระบาดของโรคติดเชื้อไวรัสโคโรนา 2019 (โควิด-19)",
            "การสนับสนุนการบริหารราชการจังหวัดและการพัฒนาเชิงพื้นที่",
            "การแก้ไขปัญหาความเดือดร้อนของศูนย์ดำรงธรรม",
            "ระบบศูนย์กลางข้อมูลกระทรวงมหาดไทย",
        ),
    )
    history = (
        m.AwardWonLine(2559, m.Words("ด้านการนำองค์การและความรับผิดชอบต่อสังคม"), "1"),
        m.AwardWonLine(2561, m.Words("ด้านการวางแผนเชิงยุทธศาสตร์และการสื่อสารเพื่อนำไปสู่การปฏิบัติ"), "2"),
        m.AwardWonLine(2563, m.Words("ด้านการวิเคราะห์ผลการดำเนินงานขององค์การและการจัดการความรู้"), "4"),
    )
    return m.AgencyHead(
        agency="moi-ops",
        name=m.Words("สำนักงานปลัดกระทรวงมหาดไทย", "Office of the Permanent Secretary for Interior"),
        short="สป.มท.",
        ministry="กระทรวงมหาดไทย",
        history=history,
        dimensions=("เปิดกว้างและทำงานเชื่อมโยงกับทุกภาคส่วน ทุกระดับ", "ยึดประชาชนเป็นศูนย์กลาง", "เป็นองค์กรที่มีขีดสมรรถนะสูงและทันสมัย"),
        mechanisms=("Collaboration", "Digitalization", "Innovation"),
        session=session,
    )  # fmt: skip


@cache
def _edition():
    return tomllib.loads(resource("criteria/pmqa40.toml").read_text(encoding="utf-8"))


def outcome(total="448.35", state="draft"):
    return m.Outcome(
        total=total,
        fraction=Fraction(total) / 500,
        level=LADDER[1].name,
        level_code="A",
        distance="21.65",
        next_level=LADDER[2].name,
        next_line="470",
        ladder=LADDER,
        state=state,
    )


def _level(name, words, points, above):
    """All points met below the level reached; one level above it still counts."""
    met = above < 0
    lines = tuple(m.PointLine(point["id"], m.Words(point["text_th"], point["text_en"]), met) for point in points)
    return m.ItemLevelLine(name, words, len(lines) * met, len(lines), met, above <= 0, lines)


def _item(raw, chance):
    score = Fraction(chance.randrange(300, 501))
    reached = sum(score >= line for line in (300, 400, 500))
    common = {"code": raw["code"], "title": m.Words(raw["title_th"], raw["title_en"]), "state": "scored"}
    texts = {
        "strengths": STRENGTHS[: chance.randrange(1, 3)],
        "ofis": OFIS[: chance.randrange(0, 3)],
        "recommendations": RECOMMENDATIONS[: chance.randrange(0, 2)],
        "evidence": EVIDENCE,
    }
    level = m.Words(*_LEVELS[reached - 1][1:]) if reached else m.Words("")
    code = _LEVELS[reached - 1][0] if reached else ""
    if raw.get("indicators"):
        indicators = tuple(
            m.IndicatorLine(
                each["code"],
                m.Words(each["name_th"], each["name_en"]),
                unit=m.Words("ร้อยละ", "percent"),
                target="90",
                result="87.5",
                success="97.22",
                score=f"{score}.00",
                years=("2562=81.5", "2563=85.0"),
            )
            for each in raw["indicators"]
        )
        return m.ItemResult(score=f"{score}.00", indicators=indicators, **common, **texts)
    levels = tuple(
        _level(name, m.Words(th, en), one["points"], index - reached)
        for index, ((name, th, en), one) in enumerate(zip(_LEVELS, raw["levels"].values(), strict=True))
    )
    return m.ItemResult(score=f"{score}.00", level=level, level_code=code, levels=levels, **common, **texts)


@cache
def categories(seed=7):
    chance = random.Random(seed)
    tree = _edition()
    found = []
    for raw in tree["categories"]:
        items = tuple(_item(item, chance) for item in tree["items"] if item["category"] == raw["code"])
        score = Fraction(sum(Fraction(item.score) for item in items), len(items))
        found.append(
            m.CategoryResult(
                raw["code"],
                m.Words(raw["title_th"], raw["title_en"]),
                f"{float(score):.2f}",
                score / 500,
                items,
                max_score="500",
            )
        )
    return tuple(found)


def feedback(**changes):
    report = m.FeedbackReport(
        round=round_head(),
        agency=agency_head(),
        seats=SEATS,
        outcome=outcome(),
        categories=categories(),
        themes=m.Themes(
            strengths=("การใช้ข้อมูลร่วมกันข้ามกรมเป็นจุดแข็งที่ปรากฏในหลายหมวด",),
            ofis=("การเปรียบเทียบผลกับหน่วยงานอื่นยังไม่สม่ำเสมอ",),
        ),
        made_on=date(2021, 9, 10),
    )
    return replace(report, **changes)


@cache
def matrix_rows():
    chance = random.Random(3)
    rows = []
    for category in categories():
        for item in category.items:
            base = Fraction(item.score)
            values = [max(Fraction(0), min(Fraction(500), base + chance.choice((-100, -50, 0, 0, 50)))) for _ in SEATS]
            spread = max(values) - min(values)
            rows.append(
                m.MatrixLine(
                    item.code, item.title, tuple(f"{value}.00" for value in values), item.score, item.level,
                    item.level_code, f"{spread}.00", spread >= 100,
                    "หลักฐานหน้า 15 แสดงการขยายผลครบทุกกลุ่มภารกิจ คณะจึงเห็นพ้องกัน" if spread >= 100 else "",
                    tuple(value / 500 for value in values), base / 500,
                )
            )  # fmt: skip
    return tuple(rows)


def panel_sheet(**changes):
    report = m.PanelSheet(
        round=round_head(),
        agency=agency_head(),
        seats=SEATS,
        rows=matrix_rows(),
        categories=categories(),
        outcome=outcome(),
        dissents=(m.DissentLine(SEATS[2].title, SEATS[2].reason, "6.4"),),
        fingerprint=FINGERPRINT,
        have=4,
        need=3,
        tolerance="100",
        signed_on=datetime(2021, 8, 3, 16, 12, tzinfo=timezone(timedelta(hours=7))),
    )
    return replace(report, **changes)


def _recommended():
    for category in categories():
        for item in category.items:
            for text in item.recommendations:
                yield item.code, text


def minutes(**changes):
    report = m.Minutes(
        round=round_head(),
        agency=agency_head(),
        seats=SEATS,
        outcome=outcome(),
        categories=categories(),
        recommendations=tuple(_recommended())[:9],
        dissents=(m.DissentLine(SEATS[2].title, SEATS[2].reason, "6.4"),),
        fingerprint=FINGERPRINT,
        meeting="1/2564",
        made_on=date(2021, 8, 3),
    )
    return replace(report, **changes)


def ranking(**changes):
    level = {"level": LADDER[1].name, "level_code": "A"}
    award = m.Words("หมวด 3 ด้านการมุ่งเน้นผู้รับบริการและผู้มีส่วนได้ส่วนเสีย", "Category 3")
    tied = {"total": "401.20", "fraction": Fraction(4012, 5000), **level}
    rows = (
        m.RankingLine(
            "1",
            agency_head().name,
            "448.35",
            awards=(award,),
            state="official",
            fraction=Fraction(44835, 50000),
            ministry="กระทรวงมหาดไทย",
            **level,
        ),
        m.RankingLine("2", m.Words("สำนักงานตัวอย่างเพื่อการซ้อม ก", "Sample Office A"), state="official", **tied),
        m.RankingLine("2", m.Words("สำนักงานตัวอย่างเพื่อการซ้อม ข", "Sample Office B"), state="draft", **tied),
        m.RankingLine(
            "", m.Words("กรมตัวอย่างเพื่อการซ้อม ค", "Sample Department C"), "", note=m.Words("ยังขาดมติของคณะกรรมการ")
        ),
    )
    tie_rule = m.Words("คะแนนเท่ากันได้ลำดับเดียวกัน เรียงตามชื่อหน่วยงาน", "Equal totals share a rank, then by name")
    report = m.Ranking(
        round=round_head(),
        rows=rows,
        ladder=LADDER,
        tie_rule=tie_rule,
        expected=4,
        received=3,
        made_on=date(2021, 9, 10),
    )
    return replace(report, **changes)


def public_summary(**changes):
    report = m.PublicSummary(
        round=round_head(), agency=agency_head(), seats=SEATS, outcome=outcome(), made_on=date(2021, 9, 10)
    )
    return replace(report, **changes)


def scoresheet(**changes):
    report = m.ScoresheetRecord(
        round=round_head(),
        agency=agency_head(),
        seat=SEATS[1],
        outcome=outcome(),
        categories=categories(),
        fingerprint=FINGERPRINT,
        signed_on=datetime(2021, 7, 30, 14, 5, tzinfo=timezone(timedelta(hours=7))),
    )
    return replace(report, **changes)


def short_scoresheet(**changes):
    return scoresheet(**{"categories": categories()[:2], **changes})


DIGEST = "sha256:" + "0123456789abcdef" * 4
SECRETARIAT = m.Words("ฝ่ายเลขานุการ", "Secretariat")


def fingerprint_page(**changes):
    report = m.FingerprintPage(
        round=round_head(),
        subject="scoresheet",
        digest=DIGEST,
        fingerprint=FINGERPRINT,
        agency=agency_head(),
        seat=SEATS[1],
        revision=2,
        signed_on=datetime(2021, 7, 30, 14, 5, tzinfo=timezone(timedelta(hours=7))),
    )
    return replace(report, **changes)


def seat_letter(**changes):
    report = m.SeatLetter(
        round=round_head(),
        seat=SEATS[1],
        agencies=(agency_head(), replace(agency_head(), session=None, name=m.Words("กรมตัวอย่าง", "Sample Department"))),
        digest=DIGEST,
        fingerprint=FINGERPRINT,
        signer=SECRETARIAT,
        due=date(2021, 8, 2),
    )
    return replace(report, **changes)


def readiness_page(*states, **changes):
    messages = ("Keys, signatures and sealing work", "What is typed is kept on disk", "The window was not tried.")
    lines = tuple(
        m.ReadinessLine(message, state, message)
        for message, state in zip(messages, states or ("ok", "ok", "left-out"), strict=True)
    )
    report = m.ReadinessPage(
        round=round_head(), lines=lines, program="PMQA Desktop 0.1", made_on=datetime(2021, 7, 1, 3, 0, tzinfo=UTC)
    )
    return replace(report, **changes)


def cover_memo(**changes):
    report = m.CoverMemo(
        round=round_head(),
        agency=agency_head(),
        outcome=outcome(),
        office=SECRETARIAT,
        to=m.Words("ประธานผู้อนุมัติผล", "Chair of the approving body"),
        signer=SECRETARIAT,
        made_on=date(2021, 8, 3),
    )
    return replace(report, **changes)
