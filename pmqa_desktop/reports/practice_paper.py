# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The invented report of an agency that the practice round is judged by: a cover, a record, a page per item."""

from collections.abc import Mapping

from pmqa_desktop.domain.criteria import Edition, Item
from pmqa_desktop.domain.documents import Agency
from pmqa_desktop.reports.typeset.blocks import Block, PageBreak, Space
from pmqa_desktop.reports.typeset.pages import MILLIMETRE, About, Sheet, fill_pages, write_pdf
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Style
from pmqa_desktop.reports.typeset.pen import Pen

_SHEET = Sheet(210 * MILLIMETRE, 297 * MILLIMETRE, *(mm * MILLIMETRE for mm in (30, 20, 25, 20)))
_BODY = Style(12, 19, "justify", first_indent=36, space_after=6)
_HEAD = Style(17, 27, weight="Bold", space_after=6, keep_with_next=True)
_SUB = Style(13, 21, weight="SemiBold", space_after=4, keep_with_next=True)
_COVER = Style(26, 42, "center", weight="Bold", space_after=12)
_COVER_SUB = Style(16, 27, "center", space_after=8)
_MARK = Style(10, 16, "center", colour="#854700")


def practice_paper(edition: Edition, agency: Agency, year_be: int, words: Mapping[str, str]) -> tuple[bytes, int]:
    """Return the PDF and its number of pages: cover, record, then one page per item in the edition's order.

    The text is made of the edition's words and the case's `words`; it claims nothing about a real agency, and
    every page says so.
    """
    blocks: list[Block] = [*_cover(edition, agency, year_be, words), PageBreak(), *_record(agency, words)]
    for item in edition.items:
        blocks += [PageBreak(), *_item(edition, item, words)]
    pages = fill_pages(blocks, _SHEET.text_width, _SHEET.text_height)
    about = About(f"{words['title']} {agency.short_th}", agency.name_th, words["notice"], "th-TH")

    def furniture(pen: Pen, number: int, of: int) -> None:
        mark = Paragraph(words["notice"], _MARK)
        mark.draw(pen, _SHEET.left, _SHEET.height - 12 * MILLIMETRE, _SHEET.text_width)
        foot = Paragraph(words["page"].format(number=number, of=of), _MARK.but(colour="#435061"))
        foot.draw(pen, _SHEET.left, 14 * MILLIMETRE, _SHEET.text_width)

    return write_pdf(pages, _SHEET, about, furniture, lambda canvas: None), len(pages)


def _cover(edition: Edition, agency: Agency, year_be: int, words: Mapping[str, str]) -> list[Block]:
    return [
        Space(150),
        Paragraph(words["title"], _COVER),
        Paragraph(words["year"].format(edition=edition.head.name, year=year_be), _COVER_SUB),
        Space(60),
        Paragraph(agency.name_th, _COVER),
        Paragraph(agency.ministry_th or " ", _COVER_SUB),
    ]


def _record(agency: Agency, words: Mapping[str, str]) -> list[Block]:
    found: list[Block] = [Paragraph(words["highlights"], _HEAD)]
    highlights = agency.session.highlights_th if agency.session else ()
    found += [Paragraph(f"{n}. {text}", _BODY) for n, text in enumerate(highlights, 1)]
    if agency.award_history:
        found.append(Paragraph(words["awards"], _HEAD))
        found += [
            Paragraph(words["award"].format(year=won.year_be, title=won.title_th), _BODY)
            for won in agency.award_history
        ]
    return found


def _item(edition: Edition, item: Item, words: Mapping[str, str]) -> list[Block]:
    category = edition.category(item.category)
    found: list[Block] = [
        Paragraph(words["category"].format(code=category.code, title=category.title_th), _SUB),
        Paragraph(f"{item.code} {item.title_th}", _HEAD),
        Paragraph(item.purpose_th, _BODY),
    ]
    for level in item.levels:
        found.append(Paragraph(level.title_th, _SUB))
        found += [Paragraph(words["point"].format(point=point.text_th), _BODY) for point in level.points]
    for indicator in item.indicators:
        found.append(Paragraph(f"{indicator.code} {indicator.name_th}", _SUB))
        found.append(Paragraph(words["indicator"].format(unit=indicator.unit_th), _BODY))
    return found
