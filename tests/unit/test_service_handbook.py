# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The help in both languages: every screen has its page, every key exists, every link leads somewhere."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.messages import MESSAGES
from pmqa_desktop.services import handbook
from pmqa_desktop.text import translator

ROOT = Path(__file__).parents[2]
BOTH = ("th", "en")
# keys that Qt's own parts answer to
PLAIN_KEYS = {
    "Shift+Right",
    "Shift+Down",
    "Enter",
    "Shift",
    "Esc",
    "Space",
    "Del",
    "Up",
    "Down",
    "PgUp",
    "PgDown",
    "Ctrl+J",
    "Ctrl+Plus",
    "Ctrl+Minus",
}
PLAIN_KEYS |= {f"{held}+{arrow}" for held in ("Alt+Shift", "Ctrl+Shift") for arrow in ("Up", "Down", "Left", "Right")}
PLAIN_KEYS |= {"Alt+Shift", "Tab", "Shift+Tab"}


def _named(key):
    return key.replace("Return", "Enter").replace("Ctrl+++", "Ctrl+Plus")


def bound_keys():
    """Return every key that the window binds: from the list of shortcuts and from the screens."""
    from ui import shortcuts

    listed = [one for name, one in vars(shortcuts).items() if name.isupper()]
    several = [keys for one in listed for keys in (one.values() if isinstance(one, dict) else [one])]
    keys = {key for one in several if isinstance(one, tuple) for key in one}
    keys |= {f"Ctrl+{n}" for n in range(1, 8)} | {f"Ctrl+Shift+{n}" for n in range(1, 6)}
    return {_named(key) for key in keys} - {"Ctrl++", "Ctrl+=", "Ctrl+-"}


def shown_words():
    """Return every message that the window shows."""
    with (ROOT / "i18n" / "pmqa.pot").open("rb") as file:
        return {one.id for one in read_po(file) if any(place.startswith("ui/") for place, _line in one.locations)}


def screens():
    """Return the object names of all screens, read from their sources."""
    names = set()
    for path in sorted((ROOT / "ui" / "screens").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and "Screen" in {getattr(base, "id", "") for base in node.bases}:
                names |= _super_names(node)
    return names


def _super_names(node):
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and ast.unparse(one.func) == "super().__init__"]
    return {one.args[0].value for one in calls if one.args and isinstance(one.args[0], ast.Constant)}


@pytest.mark.parametrize("screen", sorted(screens()))
def test_every_screen_has_its_page_in_both_languages(screen):
    assert screen in handbook.known_screens()
    for language in BOTH:
        assert handbook.page_of(screen) in handbook.pages(language)


def test_both_languages_have_the_same_pages_with_words_in_them():
    thai, english = (handbook.pages(language) for language in BOTH)

    assert list(thai) == list(english)
    for code in thai:
        assert len(thai[code].blocks) == len(english[code].blocks), code
        assert [one.kind for one in thai[code].blocks] == [one.kind for one in english[code].blocks], code
        assert re.search("[ก-ฮ]", thai[code].title) and not re.search("[ก-ฮ]", english[code].title)


@pytest.mark.parametrize("language", BOTH)
def test_no_page_is_outside_the_contents(language):
    files = {path.stem for path in (ROOT / "resources" / "help" / language).glob("*.txt")}

    assert files | {handbook.MESSAGES_PAGE} == set(handbook.pages(language))
    assert set(map(handbook.page_of, handbook.known_screens())) <= files


@pytest.mark.parametrize("language", BOTH)
def test_pages_name_only_keys_that_exist(language):
    known = bound_keys() | PLAIN_KEYS
    told = {
        (page.code, key)
        for page in handbook.pages(language).values()
        if page.code != handbook.MESSAGES_PAGE
        for key in handbook.KEY.findall(page.text)
    }

    assert {key for _code, key in told} - known == set()
    between = {f"Ctrl+{n}" for n in range(2, 7)} | {"Ctrl+Shift+2", "Ctrl+Shift+3"}  # "Ctrl+1 to Ctrl+7"
    assert bound_keys() - between - {key for code, key in told if code == "keys"} == set()


def test_every_name_on_a_page_is_that_of_a_button_tab_or_entry_in_both_languages():
    catalogue = shown_words()
    thai, english = (handbook.pages(language) for language in BOTH)
    say = translator("th")
    for code in sorted(set(english) - {handbook.MESSAGES_PAGE}):
        for here, there in zip(english[code].blocks, thai[code].blocks, strict=True):
            names = handbook.NAME.findall(here.text)
            assert [name for name in names if name not in catalogue] == [], code
            assert sorted(map(say, names)) == sorted(handbook.NAME.findall(there.text)), (code, here.text)


def test_no_key_is_bound_to_two_things():
    from ui import shortcuts

    listed = [one for name, one in vars(shortcuts).items() if name.isupper()]
    several = [keys for one in listed for keys in (one.values() if isinstance(one, dict) else [one])]
    keys = [key for one in several if isinstance(one, tuple) for key in one]

    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", BOTH)
def test_links_lead_to_pages_and_texts_are_clean(language):
    pages = handbook.pages(language)
    links = {code.strip() for page in pages.values() for one in page.blocks if one.kind == "see"
             for code in one.text.split(",")}  # fmt: skip

    assert links <= set(pages)
    assert [page.code for page in pages.values() if clean(page.text) != page.text] == []


@pytest.mark.parametrize("language", BOTH)
def test_every_message_of_the_program_is_listed(language):
    page = handbook.pages(language)[handbook.MESSAGES_PAGE]

    assert len(page.blocks) == len(MESSAGES)
    assert all("{" not in block.text for block in page.blocks)


def test_a_page_is_read_block_by_block():
    page = handbook.parse_page("x", "Title\n# Head\none\ntwo\n\nthree\n- item\n1. step\n! note\n> a, b\n")

    assert page.title == "Title"
    assert [(one.kind, one.text) for one in page.blocks] == [
        ("heading", "Head"), ("text", "one two"), ("text", "three"), ("item", "item"), ("step", "1. step"),
        ("note", "note"), ("see", "a, b"),
    ]  # fmt: skip


def test_the_search_reads_as_a_person_does():
    assert handbook.search("รหัสผ่าน", "th")["own-key"] > 1
    assert "signing" in handbook.search("FLASH drive", "en")
    assert handbook.search("ไม่มีคำนี้แน่นอน", "th") == {}
    assert set(handbook.search("", "th")) == set(handbook.pages("th"))
