# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Words in Thai and English by gettext: message ids are English, formatting comes after translating."""

import gettext
from collections.abc import Callable
from functools import cache
from typing import Literal

from pmqa_desktop.assets import catalogue_folder

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = ("th", "en")
_DOMAIN = "pmqa"


def N_(message: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Mark a message for translation where it is defined; translate it where it is shown."""
    return message


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, catalogue_folder(), languages=[language], fallback=True)


def translator(language: str) -> Callable[[str], str]:
    """Return the function that words messages in `language`; an unknown message comes back as it is."""
    catalogue = _catalogue(language)
    return lambda message: catalogue.gettext(message) if message else ""


class _Current:
    """The language of the window or command; the one piece of state of this module."""

    def __init__(self) -> None:
        self.language: Language = "th"
        self.translate = translator("th")


_current = _Current()


def use_language(language: Language) -> None:
    """Word everything that `_` is asked for from now on in `language`."""
    _current.language = language
    _current.translate = translator(language)


def current_language() -> Language:
    """Return the language of the window or command."""
    return _current.language


def _(message: str) -> str:
    """Return `message` in the current language."""
    return _current.translate(message)


def pick(th: str, en: str, language: str | None = None) -> str:
    """Choose between a Thai and an English text of the data; the Thai one where English is empty."""
    return en if (language or _current.language) == "en" and en else th
