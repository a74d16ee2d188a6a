# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a person likes on this laptop: language, text size, theme, digits. Never anything of a round."""

import logging
from pathlib import Path
from typing import Literal

import msgspec

from pmqa_desktop.paths import private_folder, replace_file
from pmqa_desktop.text import Language

logger = logging.getLogger(__name__)

Theme = Literal["light", "dark"]
Digits = Literal["arabic", "thai"]
TEXT_SCALES: tuple[int, ...] = (100, 110, 125, 150, 175, 200)
_NAME = "settings.json"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The choices, each with its value on a new laptop; `text_scale` is a percentage of `TEXT_SCALES`.

    `digits` is for documents on paper; `recent` lists workspace files, newest first. `report` is the report chosen
    last, `report_language` its language (empty: the window's), `report_folder` where it went (empty: not chosen yet).
    """

    language: Language = "th"
    text_scale: int = 100
    theme: Theme = "light"
    digits: Digits = "arabic"
    recent: tuple[str, ...] = ()
    report: str = ""
    report_language: Language | Literal[""] = ""
    report_folder: str = ""


def read_settings(home: Path) -> Settings:
    """Return the settings kept below `home`; a missing, foreign or damaged value gives way to its default."""
    try:
        kept = msgspec.json.decode((home / _NAME).read_bytes())
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        logger.info("the settings cannot be read: defaults are used")
        return Settings()
    return _tolerant(kept)


def _tolerant(kept: object) -> Settings:
    """Take each value that is valid by itself, so that one bad value does not cost the others."""
    good: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        if not isinstance(kept, dict) or field.name not in kept:
            continue
        try:
            good[field.name] = msgspec.convert(kept[field.name], field.type)
        except msgspec.ValidationError:
            logger.info("the setting %s is not valid: its default is used", field.name)
    if good.get("text_scale", 100) not in TEXT_SCALES:
        del good["text_scale"]
    return msgspec.convert(good, Settings)


def write_settings(home: Path, settings: Settings) -> None:
    """Keep the settings below `home`: the old file or the new one, never half of either."""
    replace_file(private_folder(home) / _NAME, msgspec.json.format(msgspec.json.encode(settings)) + b"\n")
