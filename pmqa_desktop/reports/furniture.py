# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands on every page beside the text: head, foot, page numbers, security class, the mark of a rehearsal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.pdfgen.canvas import Canvas

from pmqa_desktop.reports.attachments import Attachment, attach
from pmqa_desktop.reports.models import RoundHead
from pmqa_desktop.reports.styles import A4, LINE, NOTE, PRIMARY, WARN, WARN_SOFT
from pmqa_desktop.reports.typeset.blocks import Block
from pmqa_desktop.reports.typeset.labels import fitted, label, label_width, outline
from pmqa_desktop.reports.typeset.pages import MILLIMETRE, About, Sheet, fill_pages, write_pdf
from pmqa_desktop.reports.typeset.paragraphs import Style
from pmqa_desktop.reports.typeset.pen import Pen, Point
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

REHEARSAL = N_("Rehearsal · invented scores")
PAGE = N_("Page {page} of {pages}")
INTERNAL = N_("Internal")

_CLASS = Style(15.0, 22.0, weight="Bold", colour="#A11B1B")
_STRIP = Style(10.0, 15.0, weight="SemiBold", colour=WARN)
_WATERMARK_SIZE = 50.0
_WATERMARK = "#F4EDE3"


@dataclass(frozen=True, slots=True)
class Frame:
    """What frames the text of one report.

    `name` is the report's name, `about` what it is about (an agency or the round); `internal` prints ภายใน at the
    head; the first page of a report with a `cover` has no head and foot.
    """

    writer: Writer
    round: RoundHead
    name: str
    about: str
    internal: bool = False
    cover: bool = False
    sheet: Sheet = A4


def print_report(frame: Frame, blocks: Sequence[Block], attachments: Sequence[Attachment] = ()) -> bytes:
    """Lay the blocks out and return the PDF file; the same input gives the same bytes."""
    writer, sheet = frame.writer, frame.sheet
    pages = fill_pages(blocks, sheet.text_width, sheet.text_height)
    about = About(
        title=f"{frame.name} · {frame.about}",
        author=writer.tell(frame.round.owner),
        subject=writer.tell(frame.round.title),
        language="th-TH" if writer.thai else "en",
    )

    def finish(canvas: Canvas) -> None:
        if attachments:
            attach(canvas, attachments)

    return write_pdf(pages, sheet, about, _furniture(frame), finish)


def _furniture(frame: Frame) -> Callable[[Pen, int, int], None]:
    mark = outline(frame.writer.say(REHEARSAL), _WATERMARK_SIZE) if frame.round.rehearsal else None

    def draw(pen: Pen, page: int, pages: int) -> None:
        if mark is not None:
            pen.stamp("watermark", partial(_watermark, pen, frame.sheet, *mark))
            _strip(pen, frame)
        if frame.round.confidentiality:
            _security_class(pen, frame)
        if page == 1 and frame.cover:
            _cover_bands(pen, frame.sheet)
        else:
            _head_and_foot(pen, frame, page, pages)

    return draw


def _watermark(pen: Pen, sheet: Sheet, path: str, width: float) -> None:
    centre = Point(sheet.width / 2, sheet.height / 2)
    with pen.turned(centre, 54 if sheet.height > sheet.width else 32), pen.moved(-width / 2, -_WATERMARK_SIZE / 3):
        pen.shape(path, _WATERMARK)


def _strip(pen: Pen, frame: Frame) -> None:
    text = frame.writer.say(REHEARSAL)
    sheet = frame.sheet
    width = label_width(text, _STRIP) + 18
    left, low = sheet.width - sheet.right - width, sheet.height - 14 * MILLIMETRE
    pen.box(left, low, width, 17, fill=WARN_SOFT, edge=WARN, pen=0.6)
    label(pen, text, _STRIP, Point(left + width / 2, low + 5.2), "middle")


def _security_class(pen: Pen, frame: Frame) -> None:
    text = frame.writer.security_class(frame.round)
    for y in (frame.sheet.height - 10.5 * MILLIMETRE, 6.5 * MILLIMETRE):
        label(pen, text, _CLASS, Point(frame.sheet.width / 2, y), "middle")


def _cover_bands(pen: Pen, sheet: Sheet) -> None:
    pen.box(0, 0, 7 * MILLIMETRE, sheet.height, fill=PRIMARY)


def _head_and_foot(pen: Pen, frame: Frame, page: int, pages: int) -> None:
    sheet, writer = frame.sheet, frame.writer
    head = f"{frame.name} · {frame.about}"
    if frame.internal:
        head = f"{writer.say(INTERNAL)} · {head}"
    width = sheet.text_width
    label(pen, fitted(head, NOTE, width), NOTE, Point(sheet.left, sheet.height - 17.5 * MILLIMETRE))
    foot = sheet.bottom - 8 * MILLIMETRE
    right = sheet.width - sheet.right
    pen.line(Point(sheet.left, foot + 14), Point(right, foot + 14), LINE, 0.5)
    counted = writer.say(PAGE, page=page, pages=pages)
    title = fitted(writer.tell(frame.round.title), NOTE, width - label_width(counted, NOTE) - 12)
    label(pen, title, NOTE, Point(sheet.left, foot))
    label(pen, counted, NOTE, Point(right, foot), "end")
