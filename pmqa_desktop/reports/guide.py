# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The help on paper: a title, contents with page numbers, then every page of the help by group."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pmqa_desktop.reports.furniture import PAGE
from pmqa_desktop.reports.models import Options
from pmqa_desktop.reports.styles import (
    A4,
    BULLET,
    CELL,
    CELL_RIGHT,
    CELL_STRONG,
    COVER_TITLE,
    HEADING,
    LABEL,
    LINE,
    NOTE,
    PLAIN,
    PRIMARY,
    STRONG,
    SUBHEADING,
    TEXT_2,
    WARN,
)
from pmqa_desktop.reports.typeset.blocks import Block, PageBreak
from pmqa_desktop.reports.typeset.labels import label
from pmqa_desktop.reports.typeset.pages import MILLIMETRE, About, Page, fill_pages, write_pdf
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run
from pmqa_desktop.reports.typeset.pen import Pen, Point
from pmqa_desktop.reports.typeset.tables import Cell, Row, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Help of PMQA Desktop")
GuideKind = Literal["heading", "text", "item", "step", "note", "see"]
_KEY = re.compile(r"\[([^\[\]\n]+)\]")
_STEP = re.compile(r"(\d+\.) +")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page of the help: its title, and its paragraphs with what each of them is."""

    title: str
    blocks: tuple[tuple[GuideKind, str], ...]


@dataclass(frozen=True, slots=True)
class GuidePart:
    """Pages for one kind of reader."""

    title: str
    pages: tuple[GuidePage, ...]


def render(parts: Sequence[GuidePart], language: str) -> bytes:
    """Return the help as a PDF file in one language; the same help gives the same bytes."""
    writer = Writer(Options(language))
    heads = {id(page): Paragraph(page.title, SUBHEADING, bookmark=1) for part in parts for page in part.pages}
    body = fill_pages(_body(writer, parts, heads), A4.text_width, A4.text_height)
    found = {id(block): number for number, page in enumerate(body, 1) for _offset, block in page.blocks}
    starts = {page: found[id(head)] for page, head in heads.items()}
    # the numbers depend on how long the contents are, whose length does not depend on the numbers
    before = len(_front(writer, parts, starts, 0))
    pages = [*_front(writer, parts, starts, before), *body]
    name = writer.say(NAME)
    about = About(title=name, author="PMQA Desktop", subject=name, language="th-TH" if writer.thai else "en")

    def furniture(pen: Pen, page: int, of: int) -> None:
        foot, right = A4.bottom - 8 * MILLIMETRE, A4.width - A4.right
        pen.line(Point(A4.left, foot + 14), Point(right, foot + 14), LINE, 0.5)
        label(pen, name, NOTE, Point(A4.left, foot))
        label(pen, writer.say(PAGE, page=page, pages=of), NOTE, Point(right, foot), "end")

    return write_pdf(pages, A4, about, furniture, lambda _canvas: None)


def _front(writer: Writer, parts: Sequence[GuidePart], starts: dict[int, int], before: int) -> list[Page]:
    """Return title and contents; `before` pages stand in front of the body."""
    blocks: list[Block] = [
        Paragraph(writer.say(NAME), COVER_TITLE, bookmark=0),
        Paragraph(writer.say(N_("Contents")), HEADING),
    ]
    for part in parts:
        alone = [page.title for page in part.pages] == [part.title]
        head = Row((Cell((Paragraph(part.title, CELL_STRONG),)), Cell((Paragraph(" ", CELL_RIGHT),))))
        rows = [] if alone else [head]
        for page in part.pages:
            number = Paragraph(writer.number(starts[id(page)] + before), CELL_RIGHT)
            rows.append(Row((Cell((Paragraph(page.title, CELL),)), Cell((number,)))))
        blocks.append(Table((0.88, 0.12), tuple(rows), heads=0))
    return fill_pages(blocks, A4.text_width, A4.text_height)


def _body(writer: Writer, parts: Sequence[GuidePart], heads: dict[int, Paragraph]) -> list[Block]:
    blocks: list[Block] = []
    for part in parts:
        blocks += [PageBreak(), Paragraph(part.title, HEADING, bookmark=0)]
        for page in part.pages:
            blocks.append(heads[id(page)])
            blocks += [_block(writer, kind, text) for kind, text in page.blocks]
    return blocks


def _block(writer: Writer, kind: GuideKind, text: str) -> Paragraph:
    match kind:
        case "heading":
            return Paragraph(text, LABEL)
        case "item":
            return Paragraph(_runs(text), BULLET.but(align="left"), label="•")
        case "step":
            number = _STEP.match(text)
            rest = text[number.end() :] if number else text
            return Paragraph(_runs(rest), BULLET.but(align="left"), label=number[1] if number else "•")
        case "note":
            return Paragraph(_runs(text), STRONG.but(colour=WARN))
        case "see":
            return Paragraph(writer.say(N_("See also: ")) + text, PLAIN.but(colour=TEXT_2))
    return Paragraph(_runs(text), PLAIN.but(space_after=4.0))


def _runs(text: str) -> list[Run]:
    """Return a text with the names of its keys set apart."""
    runs, at = [], 0
    for key in _KEY.finditer(text):
        runs += [Run(text[at : key.start()]), Run(key[1].replace(" ", "\u00a0"), weight="SemiBold", colour=PRIMARY)]
        at = key.end()
    return [run for run in (*runs, Run(text[at:])) if run.text]
