# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Asking for files and folders of the computer; a screen takes these as functions, so that others can answer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pmqa_desktop.domain.media import KINDS
from pmqa_desktop.text import _

FILES = "*.pmqa"


def _ask_files(parent: QWidget | None) -> tuple[Path, ...]:
    kinds = _("PMQA files") + f" ({FILES});;" + _("All files") + " (*)"
    chosen, _kind = QFileDialog.getOpenFileNames(parent, _("Choose result files"), "", kinds)
    return tuple(Path(one) for one in chosen)


def _ask_papers(parent: QWidget | None) -> tuple[Path, ...]:
    kinds = _("PDF files") + " (*.pdf *.PDF)"
    chosen, _kind = QFileDialog.getOpenFileNames(parent, _("Choose the papers of the agency"), "", kinds)
    return tuple(Path(one) for one in chosen)


def _ask_folder(parent: QWidget | None, title: str) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def _ask_key(parent: QWidget | None) -> Path | None:
    kinds = _("Key files") + " (*.key);;" + _("All files") + " (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose your key file"), "", kinds)
    return Path(chosen) if chosen else None


def _ask_edition(parent: QWidget | None) -> Path | None:
    kinds = _("Criteria files") + " (*.toml);;" + _("All files") + " (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a criteria file"), "", kinds)
    return Path(chosen) if chosen else None


def _ask_draft(parent: QWidget | None) -> Path | None:
    kinds = _("Drafts and mirrors") + " (*.draft *.mirror);;" + _("All files") + " (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a draft or a mirror"), "", kinds)
    return Path(chosen) if chosen else None


def _ask_backup(parent: QWidget | None) -> Path | None:
    kinds = _("Backups") + " (*.backup);;" + _("All files") + " (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a backup"), "", kinds)
    return Path(chosen) if chosen else None


def _ask_attachment(parent: QWidget | None) -> Path | None:
    endings = " ".join(f"*{kind.ending}" for kind in KINDS) + " *.jpeg"
    kinds = _("Photos, PDF and office documents") + f" ({endings});;" + _("All files") + " (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a photo or file to attach"), "", kinds)
    return Path(chosen) if chosen else None


def _ask_save(parent: QWidget | None, title: str, name: str) -> Path | None:
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name)
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class Chooser:
    """Who answers which files, which folder, and under which name; nothing chosen is an empty answer."""

    files: Callable[[QWidget | None], tuple[Path, ...]] = _ask_files
    folder: Callable[[QWidget | None, str], Path | None] = _ask_folder
    save: Callable[[QWidget | None, str, str], Path | None] = _ask_save
    key: Callable[[QWidget | None], Path | None] = _ask_key
    edition: Callable[[QWidget | None], Path | None] = _ask_edition
    papers: Callable[[QWidget | None], tuple[Path, ...]] = _ask_papers
    draft: Callable[[QWidget | None], Path | None] = _ask_draft
    attachment: Callable[[QWidget | None], Path | None] = _ask_attachment
    backup: Callable[[QWidget | None], Path | None] = _ask_backup
