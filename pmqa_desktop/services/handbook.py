# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The help of the program: pages in Thai and English, by group, by screen, and searched as a reader would.

A page is plain text in `resources/help/<language>/<page>.txt`. Its first line is the title. Lines begin with `# ` for
a heading, `- ` for a list item, `1. ` for a step, `! ` for what must not be missed, `> ` for pages to see also
(codes with commas). Other lines are text; a blank line ends a paragraph. `[Ctrl+Z]` is a key, `“Enrol”` the name of a
button, a tab or a menu's entry as it stands on the screen.
"""

import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pmqa_desktop.assets import resource
from pmqa_desktop.messages import MESSAGES
from pmqa_desktop.services.evaluation.finding import places
from pmqa_desktop.text import Language, translator

BlockKind = Literal["heading", "text", "item", "step", "note", "see"]
FIRST_PAGE = "start"
MESSAGES_PAGE = "messages"
"""The page that is made from the program's own messages and has no file."""
KEY = re.compile(r"\[([^\[\]\n]+)\]")
NAME = re.compile(r"“([^“”\n]+)”")
_STEP = re.compile(r"\d+\. ")
_MARKS: tuple[tuple[str, BlockKind], ...] = (("# ", "heading"), ("- ", "item"), ("! ", "note"), ("> ", "see"))


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a page."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the help."""

    code: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Return all words of the page, for searching."""
        return "\n".join([self.title, *(block.text for block in self.blocks if block.kind != "see")])


@dataclass(frozen=True, slots=True)
class Group:
    """Pages for one kind of reader."""

    title: str
    pages: tuple[Page, ...]


def parse_page(code: str, text: str) -> Page:
    """Read a page as it is written in its file."""
    title, _end, rest = text.strip().partition("\n")
    return Page(code, title.strip(), tuple(_blocks(rest)))


def _blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        marked = next((Block(kind, line[len(mark) :]) for mark, kind in _MARKS if line.startswith(mark)), None)
        step = _STEP.match(line)
        if step:
            marked = Block("step", line)
        if (marked or not line.strip()) and lines:
            yield Block("text", " ".join(lines))
            lines = []
        if marked:
            yield marked
        elif line.strip():
            lines.append(line.strip())


@cache
def contents(language: Language) -> tuple[Group, ...]:
    """Return all pages in the order of the contents."""
    listed = tomllib.loads(resource("help/contents.toml").read_text(encoding="utf-8"))
    return tuple(
        Group(group[language], tuple(_page(code, language) for code in group["pages"])) for group in listed["groups"]
    )


def _page(code: str, language: Language) -> Page:
    if code == MESSAGES_PAGE:
        return _messages_page(language)
    return parse_page(code, resource(f"help/{language}/{code}.txt").read_text(encoding="utf-8"))


def _messages_page(language: Language) -> Page:
    """Return every message of the program with its code; what differs from case to case is left open."""
    say = translator(language)
    title = "ข้อความทั้งหมดของโปรแกรม" if language == "th" else "All messages of the program"
    blocks = (Block("item", f"{_opened(say(text))} ({code})") for code, text in sorted(MESSAGES.items()))
    return Page(MESSAGES_PAGE, title, tuple(blocks))


def _opened(text: str) -> str:
    parts = string.Formatter().parse(text)
    return "".join(plain + ("…" if name is not None else "") for plain, name, _spec, _conversion in parts).strip()


def pages(language: Language) -> dict[str, Page]:
    """Return all pages by code."""
    return {page.code: page for group in contents(language) for page in group.pages}


@cache
def _screens() -> dict[str, str]:
    listed = tomllib.loads(resource("help/contents.toml").read_text(encoding="utf-8"))
    return dict(listed["screens"])


def page_of(screen: str) -> str:
    """Return the code of the page that belongs to a screen, by its object name."""
    return _screens().get(screen, FIRST_PAGE)


def known_screens() -> frozenset[str]:
    """Return the screens that have a page of their own."""
    return frozenset(_screens())


def search(words: str, language: Language) -> dict[str, int]:
    """Return the pages that hold `words` and how often; all pages, with 0, for no words."""
    if not words.strip():
        return dict.fromkeys(pages(language), 0)
    counts = {code: len(places(page.text, words)) for code, page in pages(language).items()}
    return {code: count for code, count in counts.items() if count}


def save(folder: Path, language: Language) -> Path:
    """Write the whole help as a PDF file into `folder` and return it; an earlier one there is replaced.

    Raises:
        Expected: `cannot-write`.
    """
    # only whoever prints needs the library that sets the pages
    from pmqa_desktop.reports import guide  # noqa: PLC0415 - as above
    from pmqa_desktop.services.reporting import write_whole  # noqa: PLC0415 - as above

    titles = {page.code: page.title for page in pages(language).values()}

    def shown(block: Block) -> tuple[BlockKind, str]:
        if block.kind != "see":
            return block.kind, block.text
        return block.kind, " · ".join(titles.get(code.strip(), code.strip()) for code in block.text.split(","))

    def page_of_guide(page: Page) -> guide.GuidePage:
        return guide.GuidePage(page.title, tuple(map(shown, page.blocks)))

    groups = contents(language)
    parts = [
        guide.GuidePart(group.title, tuple(page_of_guide(page) for page in group.pages if page.code != MESSAGES_PAGE))
        for group in groups
    ]
    last = pages(language)[MESSAGES_PAGE]
    parts.append(guide.GuidePart(last.title, (page_of_guide(last),)))
    return write_whole(folder / f"PMQA-help-{language}.pdf", guide.render(parts, language))
